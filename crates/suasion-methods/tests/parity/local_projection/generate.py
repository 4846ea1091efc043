"""Reference values for local projections (Jordà 2005).

Run:  pip install numpy scipy statsmodels   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

For each horizon h = 0..12, least squares of response[t+h] on impulse[t], a constant, control[t] and
lags 1..p of response, impulse and control; p = 4 with Newey & West (1987) errors (Bartlett
weights, L = h lags, no small-sample factor), and p + 1 = 5 lags with HC0 and HC1 errors for the
lag-augmented form (Montiel Olea & Plagborg-Møller 2021).
"""
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import statsmodels.api as sm

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


def make_data(n=200):
    random = np.random.default_rng(20240502)
    response, impulse, control = np.zeros(n + 50), np.zeros(n + 50), np.zeros(n + 50)
    shocks = random.normal(size=(n + 50, 3))
    for t in range(1, n + 50):
        control[t] = 0.5 * control[t - 1] + shocks[t, 2]
        impulse[t] = 0.4 * impulse[t - 1] + 0.2 * response[t - 1] + 0.3 * control[t] + shocks[t, 1]
        response[t] = (
            0.6 * response[t - 1] + 0.5 * impulse[t] + 0.3 * impulse[t - 1] - 0.2 * control[t]
            + shocks[t, 0] * (0.7 + 0.3 * abs(impulse[t]))
        )
    series = {"response": response, "impulse": impulse, "control": control}
    return {name: values[50:].round(6) for name, values in series.items()}


def project(data, horizon, lags):
    """The fit over every t with all lags and the horizon inside the data: t = lags .. n-1-h."""
    response, impulse, control = data["response"], data["impulse"], data["control"]
    t = np.arange(lags, len(response) - horizon)
    columns = [impulse[t], np.ones(len(t)), control[t]]
    for series in (response, impulse, control):
        columns += [series[t - lag] for lag in range(1, lags + 1)]
    return sm.OLS(response[t + horizon], np.column_stack(columns)).fit()


data = make_data()
horizons = range(13)
plain = [project(data, h, 4) for h in horizons]
newey_west = [
    fit.get_robustcov_results("HAC", maxlags=h, use_correction=False).bse[0]
    for h, fit in zip(horizons, plain)
]
augmented = [project(data, h, 5) for h in horizons]
expected = {
    "observations": np.array([int(fit.nobs) for fit in plain]),
    "coefficients": np.array([fit.params[0] for fit in plain]),
    "standard_errors_newey_west": np.array(newey_west),
    "all_coefficients_horizon_6": plain[6].params,
    "lag_augmented_observations": np.array([int(fit.nobs) for fit in augmented]),
    "lag_augmented_coefficients": np.array([fit.params[0] for fit in augmented]),
    "lag_augmented_standard_errors_hc0": np.array([fit.HC0_se[0] for fit in augmented]),
    "lag_augmented_standard_errors_hc1": np.array([fit.HC1_se[0] for fit in augmented]),
    "lag_augmented_all_coefficients_horizon_6": augmented[6].params,
}
save("inputs.csv", data)
save("expected.csv", expected)
save_versions("numpy", "statsmodels")
