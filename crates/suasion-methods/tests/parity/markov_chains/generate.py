"""Reference values for convergence of Markov chains.

Run:  pip install numpy scipy arviz   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Rank-normalised split R-hat, bulk and tail effective sample size and the Monte Carlo error of the
mean (Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021), from arviz, for 4 chains of 500 draws of
three parameters: independent; autoregressive 0.9; and one whose last chain is shifted and whose
third chain stands still for 100 draws.
"""
import platform
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)
    import arviz

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


def make_data(chains=4, draws=500):
    random = np.random.default_rng(20240506)
    shocks = random.normal(size=(3, chains, draws))
    slow = np.zeros((chains, draws))
    slow[:, 0] = shocks[1, :, 0]
    for t in range(1, draws):
        slow[:, t] = 0.9 * slow[:, t - 1] + np.sqrt(1 - 0.9**2) * shocks[1, :, t]
    shifted = shocks[2]
    shifted[3] += 1.2
    shifted[2, 200:300] = shifted[2, 200]
    parameters = {"independent": shocks[0], "autoregressive": slow, "shifted": shifted}
    return {name: values.round(6) for name, values in parameters.items()}


data = make_data()
expected = {}
for name, values in data.items():
    for method, label in (
        ("rank", "r_hat"),
        ("z_scale", "r_hat_bulk"),
        ("folded", "r_hat_folded"),
        ("split", "r_hat_split_without_ranks"),
    ):
        expected[f"{name}_{label}"] = arviz.rhat(values, method=method)
    for method in ("bulk", "tail", "mean"):
        expected[f"{name}_effective_size_{method}"] = arviz.ess(values, method=method)
    for share in (0.05, 0.5, 0.95):
        expected[f"{name}_effective_size_quantile_{round(100 * share):02}"] = arviz.ess(
            values, method="quantile", prob=share
        )
    expected[f"{name}_monte_carlo_error_of_mean"] = arviz.mcse(values, method="mean")
save("inputs.csv", data)
save("expected.csv", {name: float(value) for name, value in expected.items()})
save_versions("numpy", "scipy", "arviz")
