"""Reference values for Sobol indices of the Ishigami function (a = 7, b = 0.1).

Run:  pip install numpy SALib   (versions that made the files: versions.txt)
      python generate.py
Makes inputs.csv, expected.csv and versions.txt.

Base matrices A and B of 64 rows from a scrambled Sobol sequence; AB_j is A with column j taken
from B. First order indices by Saltelli et al. (2010), total indices by Jansen (1999), from SALib
and, without its centring of the output, by numpy; the function's own indices in closed form.
"""
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sample
from SALib.test_functions import Ishigami

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


def indices(at_a, at_b, at_ab, shift):
    """First order and total, the output less `shift`; variance with divisor 2N over A and B."""
    variance = np.concatenate([at_a, at_b]).var()
    first = ((at_b - shift)[:, None] * (at_ab - at_a[:, None])).mean(axis=0) / variance
    total = ((at_a[:, None] - at_ab) ** 2).mean(axis=0) / 2 / variance
    return first, total


def analytic(a, b):
    """Ishigami & Homma (1990): indices of sin x1 + a sin^2 x2 + b x3^4 sin x1 on (-pi, pi)^3."""
    first = np.array([(1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, 0.0])
    interaction = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first.sum() + interaction
    return first / variance, (first + [interaction, 0, interaction]) / variance, variance


problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
rows = sample.sample(problem, 64, calc_second_order=False, seed=20240507).round(6)
a, b = rows[0::5], rows[4::5]
# After rounding, rebuild the rows so that they are exactly A, AB_1, AB_2, AB_3, B in turn.
for j in range(3):
    rows[j + 1 :: 5] = a
    rows[j + 1 :: 5, j] = b[:, j]
output = Ishigami.evaluate(rows, A=7.0, B=0.1)
at_a, at_b = output[0::5], output[4::5]
at_ab = np.column_stack([output[j + 1 :: 5] for j in range(3)])

result = analysis.analyze(problem, output, calc_second_order=False, seed=1)
centred = indices(at_a, at_b, at_ab, output.mean())
assert np.allclose(result["S1"], centred[0], rtol=1e-10)
assert np.allclose(result["ST"], centred[1], rtol=1e-10)
first, total, variance = analytic(7.0, 0.1)
save("inputs.csv", {"matrix_a": a, "matrix_b": b, "ishigami_a_and_b": np.array([7.0, 0.1])})
save("expected.csv", {
    "output_at_a": at_a,
    "output_at_b": at_b,
    "output_at_ab": at_ab,
    "first_order": result["S1"],
    "total": result["ST"],
    "first_order_without_centring": indices(at_a, at_b, at_ab, 0.0)[0],
    "first_order_centred_on_a_and_b": indices(
        at_a, at_b, at_ab, np.concatenate([at_a, at_b]).mean()
    )[0],
    "analytic_first_order": first,
    "analytic_total": total,
    "analytic_variance": variance,
})
save_versions("numpy", "SALib")
