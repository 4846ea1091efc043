"""Reference values for tests/parity.rs, from scipy, arch and ruptures.

Run:  pip install numpy==2.4.6 scipy==1.17.1 arch==8.0.0 ruptures==1.1.10
      python generate.py > expected.csv
"""
import itertools
import math

import numpy as np
import ruptures
import scipy.spatial.distance
import scipy.stats
from arch.bootstrap import optimal_block_length


def series(n, coefficient, seed):
    """An autoregressive series from integer arithmetic, so that Rust can rebuild it exactly."""
    state, value, out = seed, 0.0, []
    for _ in range(n):
        state = (1103515245 * state + 12345) % 2**31
        value = coefficient * value + (state / 2**31 - 0.5)
        out.append(value)
    return np.array(out)


def steps(seed):
    noise = series(90, 0.0, seed)
    level = np.repeat([0.0, 1.5, -1.0], 30)
    return noise + level


def row(name, *values):
    print(name, *(repr(float(v)) for v in values), sep=",")


x = np.array([1.0, 2.0, 2.0, 4.0, 5.0])
y = np.array([3.0, 1.0, 4.0, 4.0, 6.0])
row("pearson", scipy.stats.pearsonr(x, y)[0])
row("spearman", scipy.stats.spearmanr(x, y)[0])
row("theil_sen", scipy.stats.theilslopes([1, 3, 2, 5, 4], [0, 1, 2, 3, 4])[0])
row("jensen_shannon", scipy.spatial.distance.jensenshannon([.5, .5], [.25, .75], base=2) ** 2)
row("entropy", scipy.stats.entropy([4, 2, 1, 1]))
for coefficient in (0.0, 0.3, 0.6, 0.9):
    for n in (60, 200, 400):
        b = optimal_block_length(series(n, coefficient, 7 + n))["stationary"].iloc[0]
        row(f"block_length_{coefficient}_{n}", b)
signal = np.column_stack([steps(1), steps(2)])
for penalty in (1.0, 5.0, 20.0):
    found = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(signal).predict(pen=penalty)
    row(f"pelt_{penalty}", *found[:-1])


def rarefied(counts, size):
    """Mean share entropy over every subset of the given size, by enumeration."""
    acts = [kind for kind, count in enumerate(counts) for _ in range(count)]
    total, number = 0.0, 0
    for subset in itertools.combinations(acts, size):
        shares = [subset.count(kind) / size for kind in set(subset)]
        total += -sum(p * math.log(p) for p in shares)
        number += 1
    return math.exp(total / number)


row("rarefied_5_3_2_to_4", rarefied([5, 3, 2], 4))
row("rarefied_6_2_1_1_to_6", rarefied([6, 2, 1, 1], 6))
