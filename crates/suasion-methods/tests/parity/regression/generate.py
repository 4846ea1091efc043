"""Reference values for least squares and Poisson regression with robust covariances.

Run:  pip install numpy scipy statsmodels   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Covariances: White (1980) HC0; HC1 = HC0 n/(n-k); HC3 of MacKinnon & White (1985); Newey & West
(1987) with Bartlett weights 1 - l/(L+1) over rows in the order given; one-way clusters; two-way
clusters as V1 + V2 - V12 (Cameron, Gelbach & Miller 2011); pairs of rows that share a unit
(Aronow, Samii & Assenova 2015). All but the last by statsmodels.
"""
import platform
from importlib.metadata import version
from itertools import combinations
from pathlib import Path

import numpy as np
import scipy.stats
import statsmodels.api as sm
from statsmodels.stats import sandwich_covariance as sandwich

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


def make_data():
    """160 rows: 40 of the 45 pairs of 10 units, each in 4 periods, ordered by pair, then period."""
    random = np.random.default_rng(3)
    pairs = list(combinations(range(10), 2))[:40]
    first, second = np.repeat(pairs, 4, axis=0).T
    n = first.size
    period = np.tile(np.arange(4), 40)
    cluster_one = random.choice(12, size=n, p=np.arange(1, 13) / 78)
    cluster_two = random.choice(10, size=n, p=np.arange(10, 0, -1) / 55)
    unit, one, two = random.normal(size=10), random.normal(size=12), random.normal(size=10)
    regressor_one = random.normal(size=n) + 0.5 * unit[first] + 0.5 * one[cluster_one]
    regressor_two = 0.6 * regressor_one + random.normal(size=n) + 0.5 * two[cluster_two]
    regressor_three = (random.random(n) < 0.4).astype(float)
    noise = random.normal(size=n) * (0.6 + 0.4 * np.abs(regressor_one))
    error = np.zeros(n)
    for t in range(n):
        error[t] = (0.6 * error[t - 1] if t else 0.0) + noise[t]
    error += 0.5 * (unit[first] + unit[second]) + 0.5 * one[cluster_one] + 0.4 * two[cluster_two]
    outcome = 1.0 + 0.8 * regressor_one - 0.5 * regressor_two + 0.3 * regressor_three + error
    rate = np.exp(0.5 + 0.3 * regressor_one - 0.2 * regressor_two + 0.4 * regressor_three + 0.2 * error)
    return {
        "outcome": outcome.round(6), "count_outcome": random.poisson(rate),
        "regressor_one": regressor_one.round(6), "regressor_two": regressor_two.round(6),
        "regressor_three": regressor_three.astype(int), "cluster_one": cluster_one,
        "cluster_two": cluster_two, "dyad_first": first, "dyad_second": second,
        "period": period, "time_index": np.arange(n),
    }


def dyadic(design, residuals, bread, first, second):
    """Sandwich over all ordered pairs of rows, a row with itself included, that share a unit."""
    scores = design * residuals[:, None]
    meat = np.zeros((design.shape[1],) * 2)
    for i in range(len(scores)):
        for j in range(len(scores)):
            if {first[i], second[i]} & {first[j], second[j]}:
                meat += np.outer(scores[i], scores[j])
    return bread @ meat @ bread


def clustered(fit, groups, correction):
    return sandwich.cov_cluster(fit, groups, use_correction=correction)


data = make_data()
regressors = [data["regressor_one"], data["regressor_two"], data["regressor_three"]]
design = sm.add_constant(np.column_stack(regressors).astype(float))
one, two = data["cluster_one"], data["cluster_two"]
expected = {}

fit = sm.OLS(data["outcome"], design).fit()
bread = np.linalg.inv(design.T @ design)
expected["ols_coefficients"] = fit.params
expected["ols_residual_variance"] = fit.scale
expected["ols_residual_sum_of_squares"] = fit.ssr
expected["ols_r_squared"] = fit.rsquared
expected["ols_degrees_of_freedom"] = int(fit.df_resid)
expected["ols_leverage_first_ten_rows"] = fit.get_influence().hat_matrix_diag[:10]
expected["ols_covariance_classical"] = fit.cov_params()
expected["ols_t_statistics_classical"] = fit.tvalues
expected["ols_p_values_student_t_classical"] = fit.pvalues
expected["ols_p_values_normal_classical"] = 2 * scipy.stats.norm.sf(np.abs(fit.tvalues))
for kind in ("HC0", "HC1", "HC3"):
    expected[f"ols_covariance_{kind.lower()}"] = fit.get_robustcov_results(kind).cov_params()
for lags in (0, 4, 8):
    for correction, name in ((False, "uncorrected"), (True, "corrected")):
        robust = fit.get_robustcov_results("HAC", maxlags=lags, use_correction=correction)
        expected[f"ols_covariance_newey_west_lags_{lags}_{name}"] = robust.cov_params()
for correction, name in ((False, "uncorrected"), (True, "corrected")):
    expected[f"ols_covariance_cluster_one_{name}"] = clustered(fit, one, correction)
    expected[f"ols_covariance_cluster_two_{name}"] = clustered(fit, two, correction)
    both = sandwich.cov_cluster_2groups(fit, one, two, use_correction=correction)[0]
    expected[f"ols_covariance_two_way_{name}"] = both
expected["ols_covariance_dyadic"] = dyadic(
    design, fit.resid, bread, data["dyad_first"], data["dyad_second"]
)

model = sm.GLM(data["count_outcome"], design, family=sm.families.Poisson())
count_fit = model.fit(tol=1e-12, tol_criterion="params", maxiter=200)
expected["poisson_coefficients"] = count_fit.params
expected["poisson_deviance"] = count_fit.deviance
expected["poisson_null_deviance"] = count_fit.null_deviance
expected["poisson_pearson_chi_squared"] = count_fit.pearson_chi2
expected["poisson_log_likelihood"] = count_fit.llf
expected["poisson_covariance_classical"] = count_fit.cov_params()
expected["poisson_covariance_hc0"] = sandwich.cov_white_simple(count_fit, use_correction=False)
for correction, name in ((False, "uncorrected"), (True, "corrected")):
    expected[f"poisson_covariance_cluster_one_{name}"] = clustered(count_fit, one, correction)
    expected[f"poisson_covariance_newey_west_lags_4_{name}"] = sandwich.cov_hac_simple(
        count_fit, nlags=4, use_correction=correction
    )
expected["poisson_covariance_dyadic"] = dyadic(
    design, data["count_outcome"] - count_fit.mu, count_fit.cov_params(),
    data["dyad_first"], data["dyad_second"],
)

save("inputs.csv", data)
save("expected.csv", expected)
save_versions("numpy", "scipy", "statsmodels")
