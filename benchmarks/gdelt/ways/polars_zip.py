"""Polars from zips: Python's zipfile inflates, Polars reads five columns."""

import glob, sys, zipfile
import polars as pl
from common import COLUMNS, STATES, write

parts = []
for path in sorted(glob.glob(sys.argv[1] + "/*.zip")):
    with zipfile.ZipFile(path) as archive:
        bytes_ = archive.read(archive.namelist()[0])
    frame = pl.read_csv(bytes_, separator="\t", has_header=False, quote_char=None, columns=list(COLUMNS),
                        new_columns=list(COLUMNS.values()), infer_schema_length=1000,
                        schema_overrides={"day": pl.Int64, "source": pl.String, "target": pl.String, "quad": pl.Int64, "goldstein": pl.Float64})
    parts.append(frame.filter(pl.col("source").is_in(STATES) & pl.col("target").is_in(STATES) & (pl.col("source") != pl.col("target"))))
table = (pl.concat(parts).with_columns(month=pl.col("day") // 100)
         .group_by("source", "target", "month", "quad").agg(count=pl.len(), mean=pl.col("goldstein").mean()))
write(table.iter_rows())
