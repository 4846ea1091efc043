"""Reference values for trend tests, the Theil-Sen line and correlations.

Run:  pip install numpy scipy pymannkendall   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Mann-Kendall test, its variance corrected by Hamed & Rao (1998) and by Yue & Wang (2004), from
pymannkendall; Theil-Sen slope with Sen's (1968) interval, Kendall's tau-b, Spearman and Pearson
correlations with two-sided p-values, from scipy.
"""
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pymannkendall
import scipy.stats

HERE = Path(__file__).parent


def save(file, entries):
    """One named vector per line; arrays row-major, with a line that gives their shape."""
    with open(HERE / file, "w", encoding="utf-8", newline="\n") as out:
        for name, value in entries.items():
            array = np.asarray(value)
            if array.ndim > 1:
                out.write(",".join([name + "_shape", *map(str, array.shape)]) + "\n")
            numbers = (("NaN" if x != x else repr(x)) for x in array.ravel().tolist())
            out.write(",".join([name, *numbers]) + "\n")


def save_versions(*packages):
    lines = [f"python {platform.python_version()}", *(f"{p} {version(p)}" for p in packages)]
    (HERE / "versions.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def autoregressive(random, n, coefficient):
    values = np.zeros(n + 50)
    for t in range(1, n + 50):
        values[t] = coefficient * values[t - 1] + random.normal()
    return values[50:]


def make_data():
    random = np.random.default_rng(20240503)
    pair_y = random.normal(size=20).round(6)
    tied_x = random.integers(0, 8, size=40)
    return {
        "series_no_ties": (random.normal(size=60) + 0.012 * np.arange(60)).round(6),
        "series_ties": random.poisson(4 + 0.04 * np.arange(60)),
        "series_autoregressive": autoregressive(random, 80, 0.7).round(6),
        "series_trend_autoregressive": (
            autoregressive(random, 100, 0.5) + 0.02 * np.arange(100)
        ).round(6),
        "pair_no_ties_x": (0.6 * pair_y + random.normal(size=20)).round(6),
        "pair_no_ties_y": pair_y,
        "pair_ties_x": tied_x,
        "pair_ties_y": (0.5 * tied_x + random.normal(scale=2, size=40)).round(),
    }


def mann_kendall(name, test, entries):
    entries[f"{name}_score"] = test.s
    entries[f"{name}_variance"] = test.var_s
    entries[f"{name}_z"] = test.z
    entries[f"{name}_p_value"] = test.p
    entries[f"{name}_p_value_from_upper_tail"] = 2 * scipy.stats.norm.sf(abs(test.z))
    entries[f"{name}_tau"] = test.Tau
    entries[f"{name}_slope"] = test.slope
    entries[f"{name}_intercept"] = test.intercept


def theil_sen(name, y, x, entries):
    for method in ("separate", "joint"):
        line = scipy.stats.theilslopes(y, x, alpha=0.95, method=method)
        entries[f"{name}_theil_sen_{method}"] = np.array(line)


data = make_data()
expected = {}
for series in [name for name in data if name.startswith("series_")]:
    values = data[series]
    variants = {
        "original": pymannkendall.original_test(values),
        "hamed_rao_all_lags": pymannkendall.hamed_rao_modification_test(values),
        "hamed_rao_lags_3": pymannkendall.hamed_rao_modification_test(values, lag=3),
        "yue_wang_all_lags": pymannkendall.yue_wang_modification_test(values),
        "yue_wang_lags_1": pymannkendall.yue_wang_modification_test(values, lag=1),
    }
    for variant, test in variants.items():
        mann_kendall(f"{series}_{variant}", test, expected)
    theil_sen(series, values, np.arange(len(values)), expected)
for pair in ("pair_no_ties", "pair_ties"):
    x, y = data[f"{pair}_x"], data[f"{pair}_y"]
    theil_sen(pair, y, x, expected)
    results = {
        "kendall_tau_b_asymptotic": scipy.stats.kendalltau(x, y, method="asymptotic"),
        "spearman": scipy.stats.spearmanr(x, y),
        "pearson": scipy.stats.pearsonr(x, y),
    }
    if pair == "pair_no_ties":
        results["kendall_tau_b_exact"] = scipy.stats.kendalltau(x, y, method="exact")
    for name, result in results.items():
        expected[f"{pair}_{name}"] = result.statistic
        expected[f"{pair}_{name}_p_value"] = result.pvalue
save("inputs.csv", data)
save("expected.csv", expected)
save_versions("numpy", "scipy", "pymannkendall")
