"""2,000 regressions on 1,000 draws of whole units, by suasion and by its strongest peers; see README.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import data
import numpy as np
from peers import SOME, TIMES, columns, design

HERE = Path(__file__).resolve().parent
WHOLE = data.DRAWS * data.SPECIFICATIONS
R_DRAWS = {".lm.fit": 50, "lm": 5}
ROUNDING = 1e-8


def run(command, threads=1):
    """What a program prints as `seconds`, held to so many threads."""
    held = {f"{name}_NUM_THREADS": str(threads) for name in ("OPENBLAS", "OMP", "NUMBA", "RAYON")}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | held)
    return float(answer.stdout.split("seconds", 1)[1].split()[0])


def by_python(peer, folder, panel, threads=1):
    file = folder / f"{peer}_{panel}.npy"
    seconds = run([sys.executable, HERE / "peers.py", peer, folder, panel, file], threads)
    return np.load(file), seconds


def by_r(way, folder, panel):
    file = folder / f"r_{panel}.csv"
    draws = R_DRAWS[way]
    tables = [folder / f"{panel}.csv", folder / f"counts_{panel}.csv"]
    seconds = run(["Rscript", HERE / "peers.R", way, *tables, str(draws), file])
    return np.loadtxt(file, delimiter=",", ndmin=2), seconds


def by_suasion(program, folder, panel, threads):
    file = folder / f"estimates_{panel}.csv"
    command = [program, folder / f"{panel}.csv", folder / f"counts_{panel}.csv", file]
    seconds = min(run(command, threads) for _ in range(TIMES))
    return np.loadtxt(file, delimiter=",", ndmin=2), seconds


def faster(peer, folder, panel):
    found = {threads: by_python(peer, folder, panel, threads) for threads in (1, 2)}
    threads = min(found, key=lambda threads: found[threads][1])
    return *found[threads], threads


def apart(estimates, reference):
    """Largest difference, relative to the reference or, where that is near zero, to its spread over draws."""
    scale = np.maximum(np.abs(reference), reference.std(axis=0))
    return np.max(np.abs(estimates - reference) / scale)


def compare(name, estimates, reference):
    difference = apart(estimates, reference)
    if not difference < ROUNDING:
        raise SystemExit(f"{name} is {difference:.1e} from numpy Gram, which is more than {ROUNDING:.0e}")
    return difference


def peers(folder, panel):
    """Name, seconds of the whole work, whether extrapolated, and the largest difference to numpy Gram."""
    reference, seconds, threads = faster("numpy_gram", folder, panel)
    yield f"numpy, Gram matrices of units, threads of BLAS: {threads}", seconds, "no", 0.0, reference
    estimates, seconds, threads = faster("numpy_gram_shared", folder, panel)
    difference = compare("numpy, shared", estimates, reference)
    name = f"numpy, Gram matrices of units, each set of regressors solved once, threads of BLAS: {threads}"
    yield name, seconds, "no", difference, estimates
    partial = {
        "numpy, normal equations on rows": lambda: by_python("numpy_normal", folder, panel),
        "R, .lm.fit": lambda: by_r(".lm.fit", folder, panel),
        "R, lm": lambda: by_r("lm", folder, panel),
        "statsmodels, WLS": lambda: by_python("statsmodels", folder, panel),
        "pyfixest, feols": lambda: by_python("pyfixest", folder, panel),
    }
    for name, work in partial.items():
        estimates, seconds = work()
        difference = compare(name, estimates, reference[: len(estimates), list(SOME)])
        note = f"from {estimates.shape[1]} specifications x {len(estimates)} draws"
        yield name, seconds * WHOLE / estimates.size, note, difference, estimates


def without_draws(folder, panel):
    """The package specification_curve on the panel itself, held to numpy on it."""
    _, x, y, _ = data.read(folder, panel)
    estimates, seconds = by_python("specification_curve", folder, panel)
    full = design(x)
    for place, (outcome, focal, controls) in enumerate(data.specifications()):
        regressors = full[:, columns(focal, controls)]
        expected = np.linalg.lstsq(regressors, y[:, outcome])[0][1]
        if not np.isclose(estimates[0, place], expected, rtol=ROUNDING, atol=1e-12):
            raise SystemExit(f"specification_curve: {estimates[0, place]} in place of {expected}")
    return seconds


def table(program, folder, panel):
    units, periods = data.PANELS[panel]
    threads = range(1, os.cpu_count() + 1) if program else ()
    found = list(peers(folder, panel))
    print(f"\n{panel}: {units * periods:,} rows, {units} units; {os.cpu_count()} CPUs\n")
    ratios = [f"ratio to suasion, threads: {count}" for count in threads]
    row("way", "seconds", "extrapolated", "difference to numpy Gram", *ratios)
    row(*["---"] * (4 + len(ratios)))
    own = []
    for count in threads:
        estimates, seconds = by_suasion(program, folder, panel, count)
        difference = compare("suasion", estimates, found[0][4])
        own.append(seconds)
        row(f"suasion, threads: {count}", digits(seconds), "no", f"{difference:.0e}", *[""] * len(threads))
    for name, seconds, note, difference, _ in found:
        row(name, digits(seconds), note, f"{difference:.0e}", *(f"{seconds / one:,.1f}" for one in own))
    seconds = without_draws(folder, panel)
    print(f"\nspecification_curve, {data.SPECIFICATIONS:,} specifications once, without draws: {seconds:.1f} seconds")


def digits(seconds):
    return f"{seconds:,.0f}" if seconds >= 100 else f"{seconds:.3g}"


def row(*cells):
    print("|", " | ".join(cells), "|", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suasion", type=Path, help="the program that reads a panel and counts and writes estimates")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the data")
    parser.add_argument("--panel", choices=data.PANELS, action="append", help="only this panel")
    options = parser.parse_args()
    data.write(options.work)
    for panel in options.panel or data.PANELS:
        table(options.suasion and options.suasion.resolve(), options.work, panel)


if __name__ == "__main__":
    main()
