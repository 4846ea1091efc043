"""How often joint inference over specifications rejects at 5 % where nothing has an effect; see README.md.

The Python package specification_curve, its own `fit_null` as it stands (30 draws of a tenth of the rows), beside the
algorithm of Simonsohn, Simmons and Nelson in numpy: every specification k on y - b_k x, rows drawn for all
specifications in common, the median estimate against its distribution.

specification_curve 0.3.9 asks for pingouin of 0.5.5 or later, but fails from 0.6.0 on (KeyError 'p-val': the column is
now 'p_val'), so pingouin is held at 0.5.5.
"""

import os

os.environ["TQDM_DISABLE"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import sys
from importlib.metadata import version
from itertools import product
from multiprocessing import Pool

import numpy as np

ROWS = 300
DRAWS = 200
LEVEL = 0.05
CONTROLS = ["c1", "c2", "c3"]
TESTS = ["median", "share positive", "share negative"]
SUBSETS = [[1, *(2 + i for i, used in enumerate(mask) if used)] for mask in product([0, 1], repeat=len(CONTROLS))]


def simulate(number):
    """Outcome, focal variable and controls as in the package's `load_example_data3`, but for the focal effect of 0."""
    generator = np.random.default_rng([1, number])
    focal, *controls = generator.random(size=(1 + len(CONTROLS), ROWS))
    outcome = 0.6 - 0.2 * controls[0] + 0.2 * generator.integers(2, size=ROWS) + 0.3 * generator.normal(size=ROWS)
    return outcome, focal, np.column_stack(controls)


def by_package(task):
    """The package's three p-values; not a number where it gives none."""
    import pandas as pd
    import specification_curve

    number, share = task
    outcome, focal, controls = simulate(number)
    frame = pd.DataFrame(np.column_stack([outcome, focal, controls]), columns=["y", "x", *CONTROLS])
    specification_curve.prng = np.random.default_rng([2, number])
    curve = specification_curve.SpecificationCurve(frame, "y", "x", CONTROLS)
    curve.fit()
    curve.fit_null(f_sample=share)
    return [probability(curve.null_stats_summary.loc[test, "p-value"]) for test in TESTS]


def probability(text):
    return {"<0.001": 0.0, "NA": np.nan}[text] if text in ("<0.001", "NA") else float(text)


def focal_estimates(gram, outcome):
    """Of every specification, from cross products of intercept, focal, controls and outcomes (its own, if many)."""
    estimates = []
    for place, subset in enumerate(SUBSETS):
        chosen = [0, *subset]
        right = gram[:, chosen, outcome[place]]
        estimates.append(np.linalg.solve(gram[:, chosen][:, :, chosen], right[..., None])[:, 1, 0])
    return np.stack(estimates, axis=1)


def grams(rows, counts):
    return np.einsum("dn,ni,nj->dij", counts, rows, rows, optimize=True)


def by_algorithm(number):
    """Share of draws with a median estimate at least as far from 0 as the one observed."""
    outcome, focal, controls = simulate(number)
    design = np.column_stack([np.ones(ROWS), focal, controls])
    width = design.shape[1]
    observed = focal_estimates(grams(np.column_stack([design, outcome]), np.ones((1, ROWS))), [width] * len(SUBSETS))[0]
    imposed = outcome[:, None] - observed * focal[:, None]
    counts = np.random.default_rng([3, number]).multinomial(ROWS, np.full(ROWS, 1 / ROWS), size=DRAWS).astype(float)
    drawn = focal_estimates(grams(np.column_stack([design, imposed]), counts), range(width, width + len(SUBSETS)))
    return np.mean(np.abs(np.median(drawn, axis=1)) >= abs(np.median(observed)))


def rate(name, probabilities):
    rejected = np.asarray(probabilities) <= LEVEL
    share = rejected.mean()
    error = np.sqrt(share * (1 - share) / len(rejected))
    print(f"| {name} | {rejected.sum()} of {len(rejected)} | {share:.1%} | {error:.1%} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=200, help="simulated data sets")
    parser.add_argument("--more", type=int, default=2000, help="data sets for the algorithm alone")
    parser.add_argument("--share", type=float, default=0.1, help="share of rows in a draw of the package")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("specification_curve", "pingouin", "statsmodels"))
    print(f"{packages}; share of rows in a draw {options.share}\n\n| way | rejected | rate | standard error |")
    print("|---|---:|---:|---:|", flush=True)
    rate("numpy, algorithm, same data", [by_algorithm(number) for number in range(options.sets)])
    rate("numpy, algorithm, more data", [by_algorithm(number) for number in range(options.more)])
    probabilities = []
    with Pool(options.processes) as pool:
        for found in pool.imap(by_package, [(number, options.share) for number in range(options.sets)]):
            probabilities.append(found)
            print(f"\r{len(probabilities)} of {options.sets}", end="", file=sys.stderr)
    probabilities = np.array(probabilities)
    for test, column in zip(TESTS, probabilities.T):
        rate(f"specification_curve, {test}", column)
    rate("specification_curve, any of the three", np.nanmin(probabilities, axis=1))
    for test, column in zip(TESTS, probabilities.T):
        print(f"no p-value for {test}: {np.isnan(column).sum()} of {len(column)}")


if __name__ == "__main__":
    main()
