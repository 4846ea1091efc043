"""pandas from zips, reading five columns."""

import glob, sys
import pandas as pd
from common import COLUMNS
from pandas_table import table, wanted


def read(path):
    return pd.read_csv(path, sep="\t", header=None, usecols=list(COLUMNS), names=range(58), dtype={7: str, 17: str})


table([wanted(read(path)) for path in sorted(glob.glob(sys.argv[1] + "/*"))])
