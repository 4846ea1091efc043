"""Polars from unpacked files, lazily."""

import sys
import polars as pl
from common import COLUMNS, STATES, write

wanted = {f"column_{index + 1}": name for index, name in COLUMNS.items()}
types = {"column_2": pl.Int64, "column_8": pl.String, "column_18": pl.String, "column_30": pl.Int64, "column_31": pl.Float64}
table = (pl.scan_csv(sys.argv[1] + "/*.CSV", separator="\t", has_header=False, quote_char=None, schema_overrides=types, infer_schema_length=100)
         .select([pl.col(column).alias(name) for column, name in wanted.items()])
         .filter(pl.col("source").is_in(STATES) & pl.col("target").is_in(STATES) & (pl.col("source") != pl.col("target")))
         .with_columns(month=pl.col("day") // 100)
         .group_by("source", "target", "month", "quad").agg(count=pl.len(), mean=pl.col("goldstein").mean())
         .collect(engine="streaming"))
write(table.iter_rows())
