"""Reference values for vector autoregressions.

Run:  pip install numpy scipy statsmodels   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Fits, lag order, Granger tests, orthogonalised responses and variance shares are statsmodels'
(Lütkepohl 2005). By numpy from its coefficients: the test of Toda & Yamamoto (1995), generalised
responses to a shock of one standard deviation (Pesaran & Shin 1998), and generalised variance
shares, raw, with rows divided by their sum, and in the form of Lanne & Nyberg (2016).
Series, shocks and lags are numbered from one in names.
"""
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import scipy.stats
from statsmodels.tsa.api import VAR

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


HORIZON = 8


def make_data(n=150):
    random = np.random.default_rng(20240504)
    first = np.array([[0.5, 0.2, 0.0], [0.0, 0.3, 0.1], [0.2, 0.0, 0.4]])
    second = np.array([[-0.2, 0.1, 0.0], [0.0, 0.1, 0.0], [0.0, 0.1, -0.1]])
    mixing = np.array([[1.0, 0.0, 0.0], [0.4, 0.9, 0.0], [-0.3, 0.2, 0.8]])
    exogenous = random.normal(size=n + 50)
    series = np.zeros((n + 50, 3))
    for t in range(2, n + 50):
        series[t] = (
            [0.5, 0.0, -0.3] + first @ series[t - 1] + second @ series[t - 2]
            + np.array([0.5, -0.3, 0.0]) * exogenous[t] + mixing @ random.normal(size=3)
        )
    return series[50:].round(6), exogenous[50:].round(6)


def toda_yamamoto(fit, lags, causing, caused):
    """Wald statistic that `causing` has no effect through the first `lags` of the fitted lags."""
    k, constants = fit.neqs, fit.k_exog
    # cov_params is of vec([c, A1, .., Ap]): regressors outside, equations inside.
    at = [k * (constants + k * lag + causing) + caused for lag in range(lags)]
    effects = np.asarray(fit.params).ravel()[at]
    covariance = np.asarray(fit.cov_params())[np.ix_(at, at)]
    return effects @ np.linalg.solve(covariance, effects)


def generalised_responses(moving_average, covariance):
    """Entry [h, i, j]: response of i after h steps to one standard deviation of shock j."""
    return moving_average @ covariance / np.sqrt(np.diag(covariance))


def generalised_shares(moving_average, covariance):
    """Entry [h, i, j]: share of i's error variance h+1 steps ahead that goes with shock j."""
    generalised = np.cumsum(generalised_responses(moving_average, covariance) ** 2, axis=0)
    spread = moving_average @ covariance @ moving_average.transpose(0, 2, 1)
    total = np.cumsum(np.diagonal(spread, axis1=1, axis2=2), axis=0)
    return generalised / total[:, :, None], generalised / generalised.sum(axis=2, keepdims=True)


series, exogenous = make_data()
fit = VAR(series).fit(2, trend="c")
moving_average = fit.ma_rep(HORIZON)
covariance = np.asarray(fit.sigma_u)
expected = {
    "coefficients": fit.params,
    "standard_errors": fit.stderr,
    "residual_covariance_unbiased": covariance,
    "residual_covariance_maximum_likelihood": fit.sigma_u_mle,
    "observations": int(fit.nobs),
    "log_likelihood": fit.llf,
    "akaike": fit.aic,
    "schwarz": fit.bic,
    "hannan_quinn": fit.hqic,
    "final_prediction_error": fit.fpe,
    "moduli_of_companion_eigenvalues": np.sort(1 / np.abs(fit.roots))[::-1],
}

order = VAR(series).select_order(maxlags=6, trend="c")
whole = {"aic": "akaike", "bic": "schwarz", "hqic": "hannan_quinn", "fpe": "final_prediction_error"}
for short, name in whole.items():
    expected[f"order_{name}_lags_0_to_6"] = np.array(order.ics[short])
    expected[f"order_{name}_selected"] = int(order.selected_orders[short])


def granger(name, causing, caused):
    for kind, word in (("f", "f"), ("wald", "wald")):
        test = fit.test_causality(caused, causing, kind=kind)
        expected[f"{name}_{word}_statistic"] = test.test_statistic
        expected[f"{name}_{word}_degrees_of_freedom"] = np.array(test.df, dtype=int)
        expected[f"{name}_{word}_p_value"] = test.pvalue


longer = VAR(series).fit(3, trend="c")
for causing in range(3):
    for caused in range(3):
        if causing != caused:
            name = f"causality_{causing + 1}_to_{caused + 1}"
            granger(name, causing, caused)
            statistic = toda_yamamoto(longer, 2, causing, caused)
            expected[f"{name}_toda_yamamoto_statistic"] = statistic
            expected[f"{name}_toda_yamamoto_p_value"] = scipy.stats.chi2.sf(statistic, 2)
granger("causality_2_and_3_to_1", [1, 2], 0)
granger("causality_1_to_2_and_3", 0, [1, 2])
expected["toda_yamamoto_coefficients_three_lags"] = longer.params
expected["toda_yamamoto_residual_covariance_unbiased"] = longer.sigma_u

expected["moving_average"] = moving_average
expected["orthogonal_responses"] = fit.irf(HORIZON).orth_irfs
expected["orthogonal_shares"] = fit.fevd(HORIZON + 1).decomp.swapaxes(0, 1)
raw, normalised = generalised_shares(moving_average, covariance)
expected["generalised_responses"] = generalised_responses(moving_average, covariance)
expected["generalised_shares_raw"] = raw
expected["generalised_shares_rows_normalised"] = raw / raw.sum(axis=2, keepdims=True)
expected["generalised_shares_lanne_nyberg"] = normalised

for adjusted, name in ((False, "plain"), (True, "adjusted")):
    test = fit.test_whiteness(nlags=10, adjusted=adjusted)
    expected[f"portmanteau_lags_10_{name}_statistic"] = test.test_statistic
    expected[f"portmanteau_lags_10_{name}_degrees_of_freedom"] = int(test.df)
    expected[f"portmanteau_lags_10_{name}_p_value"] = test.pvalue

with_exogenous = VAR(series, exog=exogenous[:, None]).fit(2, trend="c")
expected["exogenous_coefficients"] = with_exogenous.params
expected["exogenous_standard_errors"] = with_exogenous.stderr
expected["exogenous_residual_covariance_unbiased"] = with_exogenous.sigma_u
expected["exogenous_log_likelihood"] = with_exogenous.llf

save("inputs.csv", {"series": series, "exogenous": exogenous})
save("expected.csv", {name: np.asarray(value) for name, value in expected.items()})
save_versions("numpy", "scipy", "pandas", "statsmodels")
