"""Runs every way on the same generated files and prints ratios to the floor."""

import argparse, csv, glob, io, os, shutil, statistics, subprocess, sys, time, zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE / "ways"))
from common import STATES  # noqa: E402


def generate(folder, layout, rows, files):
    if folder.is_dir():
        return
    subprocess.run(["cargo", "xtask", "generate", layout, "--rows", str(rows), "--files", str(files),
                    "--dirt", "0", "--out", str(folder)], cwd=ROOT, check=True)


def unpack(zips, folder):
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    for path in sorted(zips.glob("*.zip")):
        zipfile.ZipFile(path).extractall(folder)


def measured(command):
    """Output, processor seconds, wall seconds, peak memory in MB of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return output.decode(), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def canonical(name, text):
    """Count and mean by source, target, month and quad class, whoever wrote the table."""
    rows = csv.DictReader(io.StringIO(text))
    if name.startswith("suasion"):
        names = ("source", "target", "period", "quad_class", "reports", "mean_score")
    else:
        names = ("source", "target", "month", "quad", "count", "mean")
    table = {}
    for row in rows:
        source, target, month, quad, count, mean = (row[column] for column in names)
        table[source, target, month.replace("-", ""), quad] = (int(count), float(mean))
    return table


def differences(one, other):
    """Cells that two tables do not share; means may differ by the order of their sums."""
    same = lambda a, b: a and b and a[0] == b[0] and abs(a[1] - b[1]) < 1e-5
    return [cell for cell in one.keys() | other.keys() if not same(one.get(cell), other.get(cell))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--suasion", required=True)
    parser.add_argument("--floor", required=True, help="the project's own tasks, built in release: target/release/xtask")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_850_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    ten, quarter, plain = (options.work / name for name in ("ten", "quarter", "plain"))
    generate(ten, "gdelt", options.rows, 10)
    generate(quarter, "gdelt2", options.rows, 960)
    unpack(ten, plain)
    count = [options.suasion, "count", "--quiet", "--states", ",".join(STATES)]
    way = lambda name, folder: [sys.executable, str(HERE / "ways" / f"{name}.py"), str(folder)]
    store = options.work / "store"
    ways = {
        "floor: libdeflate": [options.floor, "floor", str(ten)],
        "floor: ISA-L": way("floor_isal", ten),
        "suasion count": count + sorted(map(str, ten.glob("*.zip"))),
        "suasion count, one thread": count + ["--threads", "1"] + sorted(map(str, ten.glob("*.zip"))),
        "suasion count, 960 files": count + sorted(map(str, quarter.glob("*.zip"))),
        "suasion count, unpacked": count + sorted(map(str, plain.glob("*.CSV"))),
        "suasion ingest": [options.suasion, "ingest", "--quiet", "--states", ",".join(STATES), "--store", str(store)] + sorted(map(str, ten.glob("*.zip"))),
        "Polars, zips": way("polars_zip", ten),
        "Polars, unpacked": way("polars_plain", plain),
        "DuckDB, zips": way("duckdb_zip", ten),
        "DuckDB, unpacked": way("duckdb_plain", plain),
        "pandas, zips": way("pandas_zip", ten),
        "pandas, zips, all columns (gdeltPyR's reading)": way("pandas_all", ten),
    }
    results, tables = {}, {}
    for name, command in ways.items():
        runs = []
        for _ in range(options.runs):
            if name == "suasion ingest":
                shutil.rmtree(store, ignore_errors=True)
            try:
                output, *numbers = measured(command)
            except (RuntimeError, FileNotFoundError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                break
            runs.append(numbers)
        if not runs:
            continue
        results[name] = [statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs), max(run[2] for run in runs)]
        if name.startswith(("suasion count", "Polars", "DuckDB", "pandas")) and "960" not in name:
            tables[name] = canonical(name, output)
    first = next(iter(tables.values()))
    for name, table in tables.items():
        if different := differences(first, table):
            raise SystemExit(f"{name} gives another table: {sorted(different)[:5]}")
    floor = min(results[name][0] for name in results if name.startswith("floor"))
    print(f"{len(first)} rows of the table, the same by {len(tables)} ways\n")
    print("| way | processor, s | ratio to the floor | wall, s | memory, MB |\n|---|---|---|---|---|")
    for name, (cpu, wall, memory) in results.items():
        print(f"| {name} | {cpu:.2f} | {cpu / floor:.2f} | {wall:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
