"""Two simulated panels and the draws of their units, and the specifications run on them; see README.md."""

import argparse
from itertools import islice, product
from pathlib import Path

import numpy as np

OUTCOMES = 11
REGRESSORS = 6
SPECIFICATIONS = 2000
DRAWS = 1000
PANELS = {"large": (50, 100), "small": (20, 34)}


def specifications():
    """Outcome, focal regressor and controls, in the order all ways keep."""
    every = product(range(OUTCOMES), range(REGRESSORS), range(2 ** (REGRESSORS - 1)))
    return [(outcome, focal, controls(focal, mask)) for outcome, focal, mask in islice(every, SPECIFICATIONS)]


def controls(focal, mask):
    others = [regressor for regressor in range(REGRESSORS) if regressor != focal]
    return [other for bit, other in enumerate(others) if mask >> bit & 1]


def panel(generator, units, periods):
    """Rows of unit, outcomes and regressors; regressors share a factor and have effects of their units."""
    unit = np.repeat(np.arange(units), periods)
    rows = units * periods
    shared = generator.normal(size=(rows, 1))
    effects = 0.5 * generator.normal(size=(units, REGRESSORS))
    x = 0.7 * shared + effects[unit] + generator.normal(size=(rows, REGRESSORS))
    slopes = 0.3 * generator.normal(size=(REGRESSORS, OUTCOMES))
    effects = 0.5 * generator.normal(size=(units, OUTCOMES))
    y = 1 + x @ slopes + effects[unit] + generator.normal(size=(rows, OUTCOMES))
    return np.column_stack([unit, y, x])


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(1)
    names = ["unit", *(f"y{i}" for i in range(OUTCOMES)), *(f"x{i}" for i in range(REGRESSORS))]
    kinds = ["%d"] + ["%.17g"] * (OUTCOMES + REGRESSORS)
    for name, (units, periods) in PANELS.items():
        rows = panel(generator, units, periods)
        counts = generator.multinomial(units, np.full(units, 1 / units), size=DRAWS)
        np.savetxt(folder / f"{name}.csv", rows, fmt=kinds, delimiter=",", header=",".join(names), comments="")
        np.savetxt(folder / f"counts_{name}.csv", counts, fmt="%d", delimiter=",")


def read(folder, name):
    """Unit of every row, regressors, outcomes, and how often each draw has each unit."""
    rows = np.loadtxt(folder / f"{name}.csv", delimiter=",", skiprows=1)
    counts = np.loadtxt(folder / f"counts_{name}.csv", delimiter=",")
    return rows[:, 0].astype(int), rows[:, 1 + OUTCOMES :], rows[:, 1 : 1 + OUTCOMES], counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
