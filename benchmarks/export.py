"""How long does it take to write a table of 100,000 rows and ten columns?

uv run python -m benchmarks.export
"""

import datetime as dt
import time
from decimal import Decimal

from foundation.export import csv_of, excel_of

HEADER = [f"Kolumn {n}" for n in range(10)]
ROW = [
    *(1, "Larmen hörs inte på natten", "Hemtjänst norr", "- först", "Inskickad"),
    *(Decimal("-1250.50"), dt.date(2026, 9, 15), "Maria Ek", "", None),
]

if __name__ == "__main__":
    for count in (1_000, 10_000, 100_000):
        for write in (csv_of, lambda header, rows: excel_of("Idéer", header, rows)):
            began = time.perf_counter()
            size = len(write(HEADER, [ROW] * count))
            name = getattr(write, "__name__", "")
            kind = "CSV  " if name == "csv_of" else "Excel"
            print(f"{count:>7} rows, {kind} {time.perf_counter() - began:6.2f} s {size:>10} bytes")
