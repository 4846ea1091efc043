"""DuckDB from unpacked files."""

import sys
import duckdb
from common import STATES, write

LIST = ", ".join(f"'{state}'" for state in STATES)
COLUMNS = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(58))
QUERY = f"""
    SELECT c7, c17, CAST(c1 AS INT) // 100 AS month, CAST(c29 AS INT), count(*), avg(CAST(c30 AS DOUBLE))
    FROM read_csv('{{folder}}/*.CSV', delim='\\t', header=false, quote='', escape='', columns={{{{{COLUMNS}}}}})
    WHERE c7 IN ({LIST}) AND c17 IN ({LIST}) AND c7 <> c17 GROUP BY ALL
"""

if __name__ == "__main__":
    write(duckdb.sql(QUERY.format(folder=sys.argv[1])).fetchall())
