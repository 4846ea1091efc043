"""One peer's estimates of the specifications and its seconds, on one panel; `run.py` starts it in a process alone."""

import argparse
import time
from itertools import groupby
from pathlib import Path

import data
import numpy as np

# 32 specifications that hold every set of controls once, spread over outcomes and focal regressors.
SOME = range(0, 61 * 32, 61)
TIMES = 3


def timed(work, times=TIMES):
    """The answer, and the shortest of the wall times in seconds."""
    best = np.inf
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return np.asarray(answer, dtype=float), best


def columns(focal, controls):
    return [0, 1 + focal, *(1 + control for control in controls)]


def design(x):
    return np.column_stack([np.ones(len(x)), x])


def drawn_grams(unit, x, y, counts):
    """Of every draw, the cross products of intercept, regressors and outcomes."""
    rows = np.column_stack([design(x), y])
    grams = np.stack([rows[unit == u].T @ rows[unit == u] for u in range(counts.shape[1])])
    return (counts @ grams.reshape(len(grams), -1)).reshape(len(counts), *grams.shape[1:])


def numpy_gram(unit, x, y, counts):
    def work():
        grams = drawn_grams(unit, x, y, counts)
        estimates = np.empty((len(counts), data.SPECIFICATIONS))
        for place, (outcome, focal, controls) in enumerate(data.specifications()):
            chosen = columns(focal, controls)
            left = grams[:, chosen][:, :, chosen]
            right = grams[:, chosen, 1 + data.REGRESSORS + outcome]
            estimates[:, place] = np.linalg.solve(left, right[..., None])[:, 1, 0]
        return estimates

    return timed(work)


def numpy_gram_shared(unit, x, y, counts):
    """As above, but every set of regressors is solved once for all outcomes and focal regressors that use it."""

    def work():
        grams = drawn_grams(unit, x, y, counts)
        solved = {}
        estimates = np.empty((len(counts), data.SPECIFICATIONS))
        for place, (outcome, focal, controls) in enumerate(data.specifications()):
            chosen = sorted(columns(focal, controls))
            key = tuple(chosen)
            if key not in solved:
                left = grams[:, chosen][:, :, chosen]
                solved[key] = np.linalg.solve(left, grams[:, chosen, 1 + data.REGRESSORS :])
            estimates[:, place] = solved[key][:, chosen.index(1 + focal), outcome]
        return estimates

    return timed(work)


def one_by_one(fit, unit, x, y, counts, draws):
    """Some specifications on the first draws, each fitted to the rows: `fit(design, outcome, weights)`."""
    chosen = [data.specifications()[place] for place in SOME]
    full = design(x)

    def work():
        return [
            [fit(full[:, columns(focal, controls)], y[:, outcome], weights) for outcome, focal, controls in chosen]
            for weights in (count[unit] for count in counts[:draws])
        ]

    return timed(work)


def numpy_normal(unit, x, y, counts):
    def fit(regressors, outcome, weights):
        weighted = regressors * weights[:, None]
        return np.linalg.solve(weighted.T @ regressors, weighted.T @ outcome)[1]

    return one_by_one(fit, unit, x, y, counts, 50)


def statsmodels(unit, x, y, counts):
    from statsmodels.api import WLS

    def fit(regressors, outcome, weights):
        return WLS(outcome, regressors, weights).fit().params[1]

    return one_by_one(fit, unit, x, y, counts, 5)


def pyfixest(unit, x, y, counts):
    import pandas as pd
    from pyfixest import feols

    chosen = [data.specifications()[place] for place in SOME]
    names = [f"y{i}" for i in range(data.OUTCOMES)] + [f"x{i}" for i in range(data.REGRESSORS)]
    frame = pd.DataFrame(np.column_stack([y, x]), columns=names)
    frugal = {"vcov": "iid", "weights": "weight", "lean": True, "copy_data": False, "store_data": False}

    def work():
        estimates = []
        for count in counts[:3]:
            weighted = frame.assign(weight=count[unit])
            weighted = weighted[weighted.weight > 0]
            fits = [
                feols(f"y{outcome} ~ " + " + ".join(f"x{i}" for i in [focal, *controls]), weighted, **frugal)
                for outcome, focal, controls in chosen
            ]
            estimates.append([fit.coef()[f"x{focal}"] for fit, (_, focal, _) in zip(fits, chosen)])
        return estimates

    return timed(work)


def specification_curve(unit, x, y, counts):
    """All specifications on the panel itself: the package cannot draw units."""
    import pandas as pd
    from specification_curve import SpecificationCurve

    names = [f"y{i}" for i in range(data.OUTCOMES)] + [f"x{i}" for i in range(data.REGRESSORS)]
    frame = pd.DataFrame(np.column_stack([y, x]), columns=names)

    def work():
        estimates = []
        for (outcome, focal), group in groupby(data.specifications(), key=lambda one: one[:2]):
            others = [f"x{i}" for i in range(data.REGRESSORS) if i != focal]
            curve = SpecificationCurve(frame, f"y{outcome}", f"x{focal}", others)
            curve.fit()
            found = {frozenset(used): one for used, one in zip(curve.df_r.Specification, curve.df_r.Coefficient)}
            for _, _, controls in group:
                estimates.append(found[frozenset([f"y{outcome}", *(f"x{i}" for i in [focal, *controls])])])
        return [estimates]

    return timed(work, times=1)


PEERS = {
    one.__name__: one
    for one in (numpy_gram_shared, numpy_gram, numpy_normal, statsmodels, pyfixest, specification_curve)
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("panel", choices=data.PANELS)
    parser.add_argument("answer", type=Path, help="where the estimates go, a .npy file")
    options = parser.parse_args()
    estimates, seconds = PEERS[options.peer](*data.read(options.folder, options.panel))
    np.save(options.answer, estimates)
    print(f"seconds {seconds!r}")


if __name__ == "__main__":
    main()
