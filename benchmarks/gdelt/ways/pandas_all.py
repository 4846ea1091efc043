"""pandas from zips, all columns, as gdeltPyR's worker reads what it has downloaded."""

import glob, io, sys
import pandas as pd
from common import COLUMNS, STATES, write

parts = []
for path in sorted(glob.glob(sys.argv[1] + "/*")):
    buffer = io.BytesIO(open(path, "rb").read())
    frame = pd.read_csv(buffer, compression="zip", sep="\t", header=None, on_bad_lines="skip",
                        dtype={26: "str", 27: "str", 28: "str"})
    frame = frame.rename(columns=COLUMNS)
    parts.append(frame[frame.source.isin(STATES) & frame.target.isin(STATES) & (frame.source != frame.target)])
frame = pd.concat(parts)
frame["month"] = frame.day // 100
table = frame.groupby(["source", "target", "month", "quad"]).goldstein.agg(["count", "mean"]).reset_index()
write(table.itertuples(index=False, name=None))
