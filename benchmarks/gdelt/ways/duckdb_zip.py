"""DuckDB from zips: Python's zipfile inflates to a file that DuckDB reads."""

import glob, os, sys, tempfile, zipfile
import duckdb
from common import write
from duckdb_plain import QUERY

with tempfile.TemporaryDirectory() as folder:
    for path in sorted(glob.glob(sys.argv[1] + "/*.zip")):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    write(duckdb.sql(QUERY.format(folder=folder)).fetchall())
