"""pandas from zips, all columns, as gdeltPyR's worker reads what it has downloaded."""

import glob, io, sys
import pandas as pd
from pandas_table import table, wanted


def read(path):
    buffer = io.BytesIO(open(path, "rb").read())
    return pd.read_csv(buffer, compression="zip", sep="\t", header=None, on_bad_lines="skip",
                       dtype={26: "str", 27: "str", 28: "str"})


table([wanted(read(path)) for path in sorted(glob.glob(sys.argv[1] + "/*"))])
