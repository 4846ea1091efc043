"""Reference values for a discrete-time Hawkes process fitted as a Poisson regression.

Run:  pip install numpy scipy statsmodels   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Daily counts y_i(t) of three streams, t = 0..249, with intensity
  lambda_i(t) = mu_i v(t) + sum_j alpha_ij z_j(t),   z_j(t) = sum_{s<t} g(t-s) y_j(s),
g(k) = (1 - phi) phi^(k-1) for k >= 1, phi = 0.6 known, and nothing before day 0. With phi fixed this
is a Poisson regression with identity link (statsmodels), fitted for each stream over all days,
once with v = 1 and once with a given volume v. No bound holds any coefficient at the optimum.
"""
import platform
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import DomainWarning

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


PHI = 0.6
EXCITATION = np.array([[0.35, 0.15, 0.10], [0.20, 0.30, 0.15], [0.10, 0.25, 0.30]])
BASELINE = np.array([3.0, 2.5, 2.0])


def simulate(random, volume):
    counts, memory = np.zeros((len(volume), 3), dtype=int), np.zeros(3)
    for t in range(len(volume)):
        counts[t] = random.poisson(BASELINE * volume[t] + EXCITATION @ memory)
        memory = PHI * memory + (1 - PHI) * counts[t]
    return counts


def excitations(counts):
    """z_j(t): what the days before t pass on."""
    memory = np.zeros(counts.shape)
    for t in range(1, len(counts)):
        memory[t] = PHI * memory[t - 1] + (1 - PHI) * counts[t - 1]
    return memory


def fit(counts, volume, entries, prefix):
    design = np.column_stack([volume, excitations(counts)])
    family = sm.families.Poisson(sm.families.links.Identity())
    names = ("coefficients", "standard_errors_expected", "standard_errors_observed", "log_likelihood")
    columns = {name: [] for name in names}
    for i in range(3):
        with warnings.catch_warnings():
            # The link allows negative means; the fit stays clear of them.
            warnings.simplefilter("ignore", DomainWarning)
            model = sm.GLM(counts[:, i], design, family=family)
        start = np.array([BASELINE[i], *EXCITATION[i]])
        result = model.fit(
            start_params=start, maxiter=300, tol=1e-12, tol_criterion="params"
        )
        assert (result.params > 0).all() and np.abs(model.score(result.params)).max() < 1e-8
        columns["coefficients"].append(result.params)
        for kind, observed in (("expected", False), ("observed", True)):
            information = -model.hessian(result.params, scale=1.0, observed=observed)
            errors = np.sqrt(np.diag(np.linalg.inv(information)))
            columns[f"standard_errors_{kind}"].append(errors)
        columns["log_likelihood"].append(result.llf)
    for name in names:
        entries[f"{prefix}_{name}"] = np.array(columns[name])
    entries[f"{prefix}_excitations_last_day"] = design[-1, 1:]
    branching = np.array(columns["coefficients"])[:, 1:]
    entries[f"{prefix}_branching_spectral_radius"] = np.abs(np.linalg.eigvals(branching)).max()


random = np.random.default_rng(27)
days = np.arange(250)
volume = (1 + 0.4 * np.sin(2 * np.pi * days / 60) + 0.2 * random.random(250)).round(4)
inputs = {
    "decay": PHI,
    "counts": simulate(random, np.ones(250)),
    "volume": volume,
    "counts_with_volume": simulate(random, volume),
}
expected = {}
fit(inputs["counts"], np.ones(250), expected, "constant")
fit(inputs["counts_with_volume"], volume, expected, "volume")
save("inputs.csv", inputs)
save("expected.csv", expected)
save_versions("numpy", "scipy", "statsmodels")
