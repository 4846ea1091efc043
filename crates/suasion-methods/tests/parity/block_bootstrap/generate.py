"""Reference values for automatic block lengths and for BCa bootstrap intervals.

Run:  pip install numpy scipy arch   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Block lengths: Politis & White (2004), corrected by Patton, Politis & White (2009), from arch.
Intervals: bias-corrected and accelerated (Efron 1987) from the replicates and leave-one-out
values in inputs.csv, by the formulas below, which scipy.stats.bootstrap confirms.
"""
import platform
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import scipy.stats
from arch.bootstrap import optimal_block_length

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


def make_series(n=200):
    random = np.random.default_rng(20240508)
    series = {}
    for name, coefficient in (("00", 0.0), ("03", 0.3), ("06", 0.6), ("09", 0.9)):
        values = np.zeros(n + 100)
        for t in range(1, n + 100):
            values[t] = coefficient * values[t - 1] + random.normal()
        series[f"autoregressive_{name}"] = values[100:].round(6)
    shocks = random.normal(size=n + 2)
    series["moving_average"] = (shocks[2:] + 0.8 * shocks[1:-1] + 0.4 * shocks[:-2]).round(6)
    return series


def make_replicates(statistic, sample):
    """Observed value, leave-one-out values and 499 replicates (many medians tie)."""
    random = np.random.default_rng(20240509)
    replicates = statistic(random.choice(sample, size=(499, len(sample))), axis=1)
    leave_one_out = np.array([statistic(np.delete(sample, i)) for i in range(len(sample))])
    return statistic(sample), leave_one_out, replicates.round(6)


def bca(observed, leave_one_out, replicates, level):
    below, equal = np.mean(replicates < observed), np.mean(replicates == observed)
    bias = scipy.stats.norm.ppf(below + equal / 2)
    distance = leave_one_out.mean() - leave_one_out
    acceleration = (distance**3).sum() / (6 * (distance**2).sum() ** 1.5)
    tails = scipy.stats.norm.ppf([(1 - level) / 2, 1 - (1 - level) / 2])
    levels = scipy.stats.norm.cdf(bias + (bias + tails) / (1 - acceleration * (bias + tails)))
    return bias, acceleration, levels, np.quantile(replicates, levels)


inputs = make_series()
expected = {}
for name, values in inputs.items():
    lengths = optimal_block_length(values).iloc[0]
    expected[f"{name}_stationary_block_length"] = lengths["stationary"]
    expected[f"{name}_circular_block_length"] = lengths["circular"]

sample = np.random.default_rng(20240510).gamma(1.5, 2.0, size=25).round(2)
inputs["sample"] = sample
for name, statistic in (("mean", np.mean), ("median", np.median)):
    observed, leave_one_out, replicates = make_replicates(statistic, sample)
    inputs[f"{name}_observed"] = observed
    inputs[f"{name}_leave_one_out"] = leave_one_out
    inputs[f"{name}_replicates"] = replicates
    expected[f"{name}_share_below"] = np.mean(replicates < observed)
    expected[f"{name}_share_equal"] = np.mean(replicates == observed)
    for level in (0.90, 0.95):
        bias, acceleration, levels, interval = bca(observed, leave_one_out, replicates, level)
        confirmed = scipy.stats.bootstrap(
            (sample,), statistic, n_resamples=0, confidence_level=level, method="BCa",
            bootstrap_result=SimpleNamespace(bootstrap_distribution=replicates),
        ).confidence_interval
        assert np.allclose(interval, confirmed, rtol=1e-12)
        label = f"{name}_{round(100 * level)}"
        expected[f"{name}_bias_correction"] = bias
        expected[f"{name}_acceleration"] = acceleration
        expected[f"{label}_adjusted_levels"] = levels
        expected[f"{label}_interval"] = interval
        tail = (1 - level) / 2
        expected[f"{label}_percentile_interval"] = np.quantile(replicates, [tail, 1 - tail])
save("inputs.csv", inputs)
save("expected.csv", expected)
save_versions("numpy", "scipy", "arch")
