"""Reference values for change points: exact segmentations, CROPS and online detection.

Run:  pip install numpy scipy ruptures   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Segmentations minimise the sum of segment costs + penalty x number of change points, with a fewest
number of observations per segment. Squared-error and regularised normal costs: ruptures (Pelt,
jump 1; Killick, Fearnhead & Eckley 2012). The others: exact dynamic programming here (Jackson et
al. 2005), which also confirms ruptures' results. Costs, for a segment of n values y
with mean m:
  squared error      sum (y - m)^2, summed over series
  normal             n log(sum (y - m)^2 / n)
  Poisson deviance   2 sum y log(y / m)
  negative binomial  deviance 2 sum [y log(y / m) - (y + r) log((y + r) / (m + r))], size r known
"..._minus_two_log_likelihood" totals: -2 x maximised log-likelihood without the terms in y alone.
CROPS: Haynes, Eckley & Fearnhead (2017). Online: Adams & MacKay (2007).
A change point is the position, from 0, of the first value of a new segment.
"""
import platform
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import ruptures
from scipy.special import gammaln, logsumexp, xlogy

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
    random = np.random.default_rng(20240505)
    level = np.repeat([0.0, 2.0, 1.2, -1.0, 0.3], [25, 30, 15, 30, 20])
    level_two = np.repeat([0.0, 1.5, 1.5, 0.2, 0.2], [25, 30, 15, 30, 20])
    scale = np.repeat([1.0, 1.0, 0.4, 2.5], [40, 30, 40, 30])
    rate = np.repeat([3.0, 8.0, 0.0, 4.0], [40, 30, 8, 42])
    return {
        "univariate": (level + random.normal(scale=0.9, size=120)).round(6),
        "second_series": (level_two + random.normal(scale=0.9, size=120)).round(6),
        "mean_variance": (
            np.repeat([0.0, 2.0, 2.0, 2.0], [40, 30, 40, 30]) + scale * random.normal(size=140)
        ).round(6),
        "poisson_counts": random.poisson(rate),
        "negative_binomial_counts": random.poisson(
            random.gamma(3.0, 1.0, size=120) / 3.0 * np.repeat([3.0, 12.0, 0.1, 6.0], 30)
        ),
        "negative_binomial_size": 3.0,
        "shortest_segment": 2,
        "crops_penalty_range": np.array([1.0, 200.0]),
        "online_hazard": 1 / 50,
        "online_normal_prior_mean_kappa_alpha_beta": np.array([0.0, 1.0, 1.0, 1.0]),
        "online_gamma_prior_shape_rate": np.array([2.0, 0.5]),
    }


def squared_error(values):
    return lambda start, end: ((values[start:end] - values[start:end].mean()) ** 2).sum()


def normal(values):
    return lambda start, end: (end - start) * np.log(values[start:end].var())


def poisson_deviance(counts):
    def cost(start, end):
        y = counts[start:end]
        return 2 * (xlogy(y, y).sum() - xlogy(y.sum(), y.mean()))
    return cost


def poisson_likelihood(counts):
    def cost(start, end):
        y = counts[start:end]
        return 2 * (y.sum() - xlogy(y.sum(), y.mean()))
    return cost


def negative_binomial_deviance(counts, size):
    def cost(start, end):
        y, mean = counts[start:end], counts[start:end].mean()
        ratio = xlogy(y, y).sum() - xlogy(y.sum(), mean)
        return 2 * (ratio - ((y + size) * np.log((y + size) / (mean + size))).sum())
    return cost


def negative_binomial_likelihood(counts, size):
    def cost(start, end):
        total, mean, n = counts[start:end].sum(), counts[start:end].mean(), end - start
        return -2 * (n * size * np.log(size / (size + mean)) + xlogy(total, mean / (size + mean)))
    return cost


def table(cost, n):
    entries = np.full((n + 1, n + 1), np.inf)
    for start in range(n):
        for end in range(start + 2, n + 1):
            entries[start, end] = cost(start, end)
    return entries


def total_cost(costs, points):
    ends = [0, *points, costs.shape[0] - 1]
    return sum(costs[start, end] for start, end in zip(ends, ends[1:]))


def optimal(costs, penalty, shortest=2):
    """Change points of the least penalised cost."""
    n = costs.shape[0] - 1
    best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=int)
    best[0] = -penalty
    for end in range(shortest, n + 1):
        options = best[: end - shortest + 1] + costs[: end - shortest + 1, end] + penalty
        before[end] = np.argmin(options)
        best[end] = options[before[end]]
    points, at = [], before[n]
    while at > 0:
        points.append(int(at))
        at = before[at]
    return points[::-1]


def optimal_by_number(costs, most):
    """For each number of change points up to `most`: least cost and its change points."""
    n = costs.shape[0] - 1
    best, found = costs[0].copy(), []
    steps = []
    for number in range(most + 1):
        if number:
            options = best[:, None] + costs
            steps.append(np.argmin(options, axis=0))
            best = options.min(axis=0)
        points, at = [], n
        for step in reversed(steps):
            at = step[at]
            points.append(int(at))
        found.append((best[n], points[::-1]))
    return found


def crops(costs, low, high):
    """Segmentations that are optimal for some penalty in the range, and where they change."""
    found = optimal_by_number(costs, 60)
    fits = [entry[0] for entry in found]
    number = int(np.argmin(np.array(fits) + low * np.arange(len(fits))))
    assert number < len(fits) - 1
    chosen, breaks = [number], []
    while number > 0:
        gains = [(fits[fewer] - fits[number]) / (number - fewer) for fewer in range(number)]
        penalty = min(gains)
        if penalty > high:
            break
        number = gains.index(penalty)
        chosen.append(number)
        breaks.append(penalty)
    return chosen, breaks, [found[number] for number in chosen]


def online(values, hazard, predictive):
    """Run-length posteriors, as in Adams & MacKay: entry t, r is P(r_t = r | x_1..x_t).

    Growth: P(r+1, x_1..t) = P(r, x_1..t-1) p(x_t | run r) (1 - h); change: P(0, x_1..t) =
    sum_r P(r, x_1..t-1) p(x_t | run r) h; start: P(r_0 = 0) = 1.
    """
    joint, posteriors, evidence = np.array([0.0]), [], []
    for t, value in enumerate(values):
        # Run r holds the r values before this one.
        weighted = joint + np.array([predictive(values[t - r : t], value) for r in range(t + 1)])
        change = logsumexp(weighted) + np.log(hazard)
        joint = np.concatenate([[change], weighted + np.log1p(-hazard)])
        evidence.append(logsumexp(joint))
        posteriors.append(np.exp(joint - evidence[-1]))
    return posteriors, np.array(evidence)


def normal_predictive(mean, kappa, alpha, beta):
    """Log density of Student's t from the normal-inverse-gamma posterior."""
    def density(past, value):
        n = len(past)
        average = past.mean() if n else 0.0
        kappa_n, alpha_n = kappa + n, alpha + n / 2
        mean_n = (kappa * mean + n * average) / kappa_n
        beta_n = (
            beta + ((past - average) ** 2).sum() / 2
            + kappa * n * (average - mean) ** 2 / (2 * kappa_n)
        )
        freedom, scale = 2 * alpha_n, np.sqrt(beta_n * (kappa_n + 1) / (alpha_n * kappa_n))
        z = (value - mean_n) / scale
        return (
            gammaln((freedom + 1) / 2) - gammaln(freedom / 2)
            - np.log(freedom * np.pi) / 2 - np.log(scale)
            - (freedom + 1) / 2 * np.log1p(z * z / freedom)
        )
    return density


def count_predictive(shape, rate):
    """Log probability of the negative binomial from the gamma posterior of a Poisson rate."""
    def probability(past, value):
        a, b = shape + past.sum(), rate + len(past)
        return (
            gammaln(a + value) - gammaln(a) - gammaln(value + 1)
            + a * np.log(b / (b + 1)) - value * np.log(b + 1)
        )
    return probability


def record(entries, name, points, costs, penalty):
    entries[f"{name}_points"] = np.array(points, dtype=int)
    entries[f"{name}_cost"] = total_cost(costs, points)
    entries[f"{name}_penalised_cost"] = entries[f"{name}_cost"] + penalty * len(points)


def record_ruptures(entries, name, cost, signal, penalties, shortest=2):
    costs = None
    for penalty in penalties:
        search = ruptures.Pelt(custom_cost=cost, min_size=shortest, jump=1).fit(signal)
        points = search.predict(pen=penalty)[:-1]
        if costs is None:
            costs = table(cost.error, len(signal))
        # Pelt's pruning is not proven for segments of a fewest length: compare.
        assert points == optimal(costs, penalty, shortest)
        record(entries, f"{name}_penalty_{penalty}", points, costs, penalty)


data = make_data()
expected = {}

both = np.column_stack([data["univariate"], data["second_series"]])
penalties = (1, 3, 8, 20, 40, 80)
for name, signal in (
    ("squared_error_univariate", data["univariate"]),
    ("squared_error_multivariate", both),
):
    record_ruptures(expected, name, ruptures.costs.CostL2(), signal, penalties)

values = data["mean_variance"]
with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)
    jittered = ruptures.costs.CostNormal(add_small_diag=True)
record_ruptures(expected, "normal_regularised", jittered, values, (5, 10, 25, 100))
name = "normal_regularised_multivariate_shortest_5"
record_ruptures(expected, name, jittered, both, (5, 10, 20, 100), shortest=5)
costs = table(normal(values), len(values))
for shortest in (2, 5):
    for penalty in (5, 10, 25, 100):
        points = optimal(costs, penalty, shortest)
        record(expected, f"normal_shortest_{shortest}_penalty_{penalty}", points, costs, penalty)

counts = data["poisson_counts"]
costs, likelihood = (
    table(cost, len(counts)) for cost in (poisson_deviance(counts), poisson_likelihood(counts))
)
for penalty in (2, 5, 15, 30, 150):
    name, points = f"poisson_penalty_{penalty}", optimal(costs, penalty)
    record(expected, name, points, costs, penalty)
    expected[f"{name}_minus_two_log_likelihood"] = total_cost(likelihood, points)

counts, size = data["negative_binomial_counts"], data["negative_binomial_size"]
costs = table(negative_binomial_deviance(counts, size), len(counts))
likelihood = table(negative_binomial_likelihood(counts, size), len(counts))
for penalty in (2, 5, 15, 30, 150):
    name, points = f"negative_binomial_penalty_{penalty}", optimal(costs, penalty)
    record(expected, name, points, costs, penalty)
    expected[f"{name}_minus_two_log_likelihood"] = total_cost(likelihood, points)

costs = table(squared_error(data["univariate"]), 120)
chosen, breaks, found = crops(costs, *data["crops_penalty_range"])
expected["crops_numbers_of_change_points"] = np.array(chosen)
expected["crops_costs"] = np.array([cost for cost, _ in found])
expected["crops_penalties_where_the_optimum_changes"] = np.array(breaks)
for number, (_, points) in zip(chosen, found):
    expected[f"crops_points_{number}"] = np.array(points, dtype=int)

normal_prior = data["online_normal_prior_mean_kappa_alpha_beta"]
for name, series, predictive in (
    ("online_normal", data["univariate"], normal_predictive(*normal_prior)),
    ("online_counts", data["poisson_counts"], count_predictive(*data["online_gamma_prior_shape_rate"])),
):
    posteriors, evidence = online(series, data["online_hazard"], predictive)
    for t in (10, 60, 120):
        expected[f"{name}_run_length_posterior_after_{t}"] = posteriors[t - 1]
    expected[f"{name}_probability_of_run_length_0"] = np.array([p[0] for p in posteriors])
    expected[f"{name}_probability_of_run_length_1"] = np.array([p[1] for p in posteriors])
    expected[f"{name}_probability_of_run_length_at_most_5"] = np.array(
        [p[:6].sum() for p in posteriors]
    )
    expected[f"{name}_most_probable_run_length"] = np.array([p.argmax() for p in posteriors])
    expected[f"{name}_log_evidence"] = evidence

save("inputs.csv", data)
save("expected.csv", expected)
save_versions("numpy", "scipy", "ruptures")
