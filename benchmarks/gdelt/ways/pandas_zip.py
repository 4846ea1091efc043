"""pandas from zips, reading five columns."""

import glob, sys
import pandas as pd
from common import COLUMNS, STATES, write

parts = []
for path in sorted(glob.glob(sys.argv[1] + "/*")):
    frame = pd.read_csv(path, sep="\t", header=None, usecols=list(COLUMNS), names=range(58), dtype={7: str, 17: str})
    frame = frame.rename(columns=COLUMNS)
    parts.append(frame[frame.source.isin(STATES) & frame.target.isin(STATES) & (frame.source != frame.target)])
frame = pd.concat(parts)
frame["month"] = frame.day // 100
table = frame.groupby(["source", "target", "month", "quad"]).goldstein.agg(["count", "mean"]).reset_index()
write(table.itertuples(index=False, name=None))
