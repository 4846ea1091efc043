"""Reference values for distribution functions, far tails included.

Run:  pip install numpy scipy   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Distribution function, upper tail, log density (log probability of counts) and quantiles from
scipy.stats; upper quantiles of F from scipy.special.betaincinv. Each distribution has one grid of
points and several sets of parameters; a row of a result belongs to a set of parameters, a column
to a point of the grid.
"""
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import scipy.stats as stats
from scipy.special import betaincinv

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


MIDDLE = [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999]
POSITIVE = [1e-8, 0.01, 0.3, 1.0, 2.0, 5.0, 12.0, 40.0, 150.0, 600.0]
HALF_LINE = [0.0, 1e-8, 1e-3, 0.1, 0.5, 1.0, 1.96, 3.0, 6.0, 10.0, 20.0, 30.0, 37.0, 38.0]

# Per distribution: how to build it, names and sets of its parameters, grid, probabilities of
# lower quantiles and of upper quantiles.
CASES = {
    "normal": (
        stats.norm, ["mean", "standard_deviation"], [(0.0, 1.0)],
        [-x for x in HALF_LINE[:0:-1]] + HALF_LINE,
        [1e-300, 1e-100, 1e-30, 1e-15, 1e-8, *MIDDLE, 1 - 1e-8],
        [1e-300, 1e-100, 1e-30, 1e-15, 1e-8, *MIDDLE],
    ),
    "student_t": (
        stats.t, ["degrees_of_freedom"], [(1.0,), (2.0,), (2.5,), (5.0,), (30.0,), (156.0,), (2000.0,)],
        [-38.0, -8.0, -2.0, -0.3, 0.0, 0.01, 0.5, 1.0, 1.96, 3.0, 8.0, 20.0, 38.0],
        [1e-50, 1e-10, *MIDDLE], [1e-50, 1e-10],
    ),
    "chi_squared": (
        stats.chi2, ["degrees_of_freedom"], [(1.0,), (2.0,), (5.0,), (72.0,), (300.0,)],
        [*POSITIVE, 1400.0], [1e-50, 1e-10, *MIDDLE], [1e-100, 1e-10],
    ),
    "f": (
        stats.f, ["numerator_degrees_of_freedom", "denominator_degrees_of_freedom"],
        [(1.0, 10.0), (2.0, 423.0), (5.0, 2.0), (9.0, 141.0), (100.0, 100.0)],
        POSITIVE, [1e-10, *MIDDLE], [1e-50, 1e-10],
    ),
    "poisson": (
        stats.poisson, ["mean"], [(0.1,), (1.0,), (7.5,), (60.0,), (1000.0,)],
        [0, 1, 2, 5, 10, 30, 80, 200, 900, 1000, 1300], [1e-10, *MIDDLE], [1e-10],
    ),
    "negative_binomial": (
        lambda size, mean: stats.nbinom(size, size / (size + mean)), ["size", "mean"],
        [(0.5, 2.0), (3.0, 3.0), (3.0, 50.0), (20.0, 5.0), (400.0, 30.0)],
        [0, 1, 2, 5, 10, 30, 80, 200, 900], [1e-10, *MIDDLE], [1e-10],
    ),
    "beta": (
        stats.beta, ["shape_one", "shape_two"],
        [(0.5, 0.5), (1.0, 3.0), (2.0, 5.0), (30.0, 10.0), (0.1, 20.0), (300.0, 700.0)],
        [1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-9], [1e-10, *MIDDLE], [1e-10],
    ),
    "gamma": (
        lambda shape, rate: stats.gamma(shape, scale=1 / rate), ["shape", "rate"],
        [(0.1, 1.0), (0.5, 2.0), (1.0, 1.0), (5.0, 0.5), (100.0, 2.0)],
        POSITIVE, [1e-50, 1e-10, *MIDDLE], [1e-100, 1e-10],
    ),
}
LOG_TAIL = np.array([-1e6, -1000.0, -100.0, -38.0, -20.0, -5.0, -1.0, 0.0, 1.0, 5.0, 8.0, 20.0, 38.0])



def upper_quantile_of_f(numerator, denominator, probabilities):
    """By the beta distribution: scipy.stats.f.isf goes through 1 - p and loses small p."""
    share = betaincinv(denominator / 2, numerator / 2, probabilities)
    return denominator * (1 - share) / (numerator * share)


inputs, expected = {}, {}
for name, (build, parameter_names, parameters, grid, lower, upper) in CASES.items():
    sets = np.array(parameters)
    for column, parameter in enumerate(parameter_names):
        inputs[f"{name}_{parameter}"] = sets[:, column]
    inputs[f"{name}_points"] = np.array(grid)
    inputs[f"{name}_lower_probabilities"] = np.array(lower)
    inputs[f"{name}_upper_probabilities"] = np.array(upper)
    built = [build(*values) for values in parameters]
    density = "logpmf" if name in ("poisson", "negative_binomial") else "logpdf"
    for label, method, at in (
        ("distribution", "cdf", grid),
        ("upper_tail", "sf", grid),
        ("log_density", density, grid),
        ("lower_quantile", "ppf", lower),
        ("upper_quantile", "isf", upper),
    ):
        rows = [getattr(distribution, method)(np.array(at)) for distribution in built]
        expected[f"{name}_{label}"] = np.array(rows)
    if name == "f":
        rows = [upper_quantile_of_f(*values, np.array(upper)) for values in parameters]
        expected["f_upper_quantile"] = np.array(rows)
inputs["normal_log_points"] = LOG_TAIL
expected["normal_log_distribution"] = stats.norm.logcdf(LOG_TAIL)
save("inputs.csv", inputs)
save("expected.csv", expected)
save_versions("numpy", "scipy")
