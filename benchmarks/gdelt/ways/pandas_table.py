"""From frames of GDELT rows to the table, with pandas."""

import pandas as pd
from common import COLUMNS, STATES, write


def wanted(frame):
    """Rows between two different states of the list, the columns by name."""
    frame = frame.rename(columns=COLUMNS)
    return frame[frame.source.isin(STATES) & frame.target.isin(STATES) & (frame.source != frame.target)]


def table(frames):
    """Counts and means of all frames, written."""
    frame = pd.concat(frames)
    frame["month"] = frame.day // 100
    table = frame.groupby(["source", "target", "month", "quad"]).goldstein.agg(["count", "mean"]).reset_index()
    write(table.itertuples(index=False, name=None))
