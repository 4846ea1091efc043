"""The same work by suasion and by its strongest peers, in one run; see README.md."""

import argparse
import subprocess
import time
import warnings
from pathlib import Path

import numpy as np

TIMES = 5


def shortest(work, times=TIMES):
    """Shortest wall time in milliseconds, and the last answer."""
    best = np.inf
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return best * 1e3, answer


def suasion(program, work, rows, folder, *options, times=TIMES):
    file = folder / f"{work}.csv"
    file.write_text("\n".join(",".join(repr(float(value)) for value in row) for row in rows) + "\n")
    answer = subprocess.run([program, work, *options, file, str(times)], check=True, capture_output=True, text=True)
    return tuple(float(value) for value in answer.stdout.split())


def report(work, own, peers):
    print(f"\n{work}: suasion {own[0]:.1f} ms")
    for name, (milliseconds, answer) in peers.items():
        same = np.isclose(answer, own[1], rtol=1e-4)
        word = "same answer" if same else f"answer {answer:.6g} against {own[1]:.6g}"
        print(f"  {name}: {milliseconds:.1f} ms, {milliseconds / own[0]:.1f} times ({word})")


def one_hot_kappa(votes, kind):
    """Kappa of all pairs with absolute distance, by matrix products of one-hot planes."""
    planes = [(votes == level).astype(kind) for level in (1, 2, 3)]
    counts = np.stack([[a @ b.T for b in planes] for a in planes])
    total = counts.sum((0, 1))
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) / 2
    observed = np.einsum("ij,ijst->st", distance, counts) / total
    first, second = counts.sum(1) / total, counts.sum(0) / total
    shared = (first + second) / 2
    by_chance = np.einsum("ij,ist,jst->st", distance, first, second)
    by_common_chance = np.einsum("ij,ist,jst->st", distance, shared, shared)
    upper = np.triu_indices(len(votes), 1)
    s, pi = 1 - 2 * observed, 1 - observed / by_common_chance
    kappa = 1 - observed / by_chance
    return s[upper], pi[upper], kappa[upper]


def similarity(program, folder, generator):
    votes = generator.choice(4, p=[0.1, 0.6, 0.15, 0.15], size=(190, 5000))
    own = suasion(program, "similarity", votes, folder)
    peers = {}
    for kind, name in ((np.float32, "numpy, 32 bits"), (np.float64, "numpy, 64 bits")):
        milliseconds, answer = shortest(lambda kind=kind: one_hot_kappa(votes, kind))
        peers[name] = (milliseconds, float(np.sum(answer[2], dtype=np.float64)))
    report("S, kappa, pi of 17,955 pairs over 5,000 votes", own, peers)


def pelt(program, folder, generator):
    import ruptures

    for every, name in ((100, "many changes"), (20_000, "no change")):
        series = generator.normal(size=10_000) + 4 * (np.arange(10_000) // every % 2)
        penalty = 3 * np.log(10_000)
        own = suasion(program, "pelt", [series], folder, str(penalty))
        detector = ruptures.KernelCPD(kernel="linear", min_size=2, jump=1).fit(series.reshape(-1, 1))
        milliseconds, answer = shortest(lambda: detector.predict(pen=penalty))
        report(f"PELT of 10,000, {name}", own, {"ruptures KernelCPD": (milliseconds, len(answer) - 1)})


def granger(program, folder, generator):
    from statsmodels.tsa.stattools import grangercausalitytests

    series = generator.normal(size=(15, 240))
    own = suasion(program, "granger", series, folder)

    def all_pairs():
        total = 0.0
        for effect in range(15):
            for cause in range(15):
                if effect != cause:
                    pair = np.column_stack([series[effect], series[cause]])
                    tests = grangercausalitytests(pair, 6)
                    total += sum(tests[order][0]["ssr_ftest"][0] for order in tests)
        return total

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        milliseconds, answer = shortest(all_pairs, times=1)
    report("Granger tests of 210 pairs at 6 orders", own, {"statsmodels": (milliseconds, answer)})


def online(program, folder, generator):
    series = generator.normal(size=10_000) + 3 * (np.arange(10_000) // 500 % 2)
    own = suasion(program, "online", [series], folder)

    def by_numpy():
        from scipy.special import gammaln

        n, hazard = len(series), 0.01
        run = np.arange(n)
        alpha, kappa = 1 + run / 2, 1.0 + run
        constant = gammaln(alpha + 0.5) - gammaln(alpha) - 0.5 * np.log(2 * np.pi * (kappa + 1) / kappa)
        mean, beta, probability = np.zeros(1), np.ones(1), np.ones(1)
        total = 0.0
        for t, x in enumerate(series):
            a, k = alpha[: t + 1], kappa[: t + 1]
            distance = (x - mean) ** 2 * k / (2 * (k + 1))
            density = np.exp(constant[: t + 1] + a * np.log(beta) - (a + 0.5) * np.log(beta + distance))
            grown = probability * density
            grown *= (1 - hazard) / grown.sum()
            probability = np.concatenate([[hazard], grown])
            beta = np.concatenate([[1.0], beta + k * (x - mean) ** 2 / (2 * (k + 1))])
            mean = np.concatenate([[0.0], (k * mean + x) / (k + 1)])
            total += np.argmax(probability)
        return total

    milliseconds, answer = shortest(by_numpy, times=1)
    report("online detection of 10,000", own, {"numpy, nothing dropped": (milliseconds, answer)})


def item_response(program, folder, generator):
    positions = np.sort(generator.normal(size=190))
    votes = np.zeros((190, 5000))
    for call in range(5000):
        latent = generator.normal(0.4, 0.9) * positions + generator.normal(size=190)
        cut = generator.normal(0, 0.6)
        votes[:, call] = 1 + (latent > cut) + (latent > cut + 0.8)
    few = suasion(program, "item_response", votes, folder, "10", times=3)
    many = suasion(program, "item_response", votes, folder, "60", times=3)
    print(f"\nsampling 190 states over 5,000 votes: suasion {(many[0] - few[0]) / 50:.1f} ms an iteration")
    print("  MCMCpack: Rscript benchmarks/methods/mcmcpack.R")


def hawkes(program, folder, generator):
    counts = generator.poisson(1.1, size=(6, 3000))
    own = suasion(program, "hawkes", counts, folder)
    print(f"\nHawkes counts of 6 streams, {counts.sum():,} acts on 3,000 days: suasion {own[0]:.1f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the example `timed`, built for release")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the data")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for work in (similarity, pelt, granger, online, item_response, hawkes):
        work(options.program.resolve(), options.work, np.random.default_rng(1))


if __name__ == "__main__":
    main()
