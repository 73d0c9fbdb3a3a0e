"""What reading a reader's table costs: `python tests/benchmarks/tables.py` prints a table.

The processor time of each reader beside that of Python's own `csv` and `float` on the same text.
"""

import csv
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from nn_core.plane.labelled import parse_labelled
from nn_core.targets.samples import parse_samples

N_ROWS = 100_000
ROUNDS = 7
ROWS = [(i % 97 + i / N_ROWS, i % 89 - 44.5, "in" if i % 3 else "out") for i in range(N_ROWS)]


def with_python(text):
    return [(float(x), float(y), *rest) for x, y, *rest in csv.reader(text.splitlines())]


def spent(reader, text):
    began = time.process_time()
    reader(text)
    return time.process_time() - began


def main():
    print(f"{N_ROWS:,} rows, median of {ROUNDS}      ms   of Python's csv and float")
    for name, reader, n_columns in (("a curve", parse_samples, 2), ("labelled points", parse_labelled, 3)):
        text = "\n".join(",".join(map(str, row[:n_columns])) for row in ROWS)
        pairs = [(spent(reader, text), spent(with_python, text)) for _ in range(ROUNDS)]
        milliseconds = statistics.median(ours * 1000 for ours, _ in pairs)
        ratio = statistics.median(ours / python for ours, python in pairs)
        print(f"{name:32}{milliseconds:7.0f}   {ratio:.1f} times")


if __name__ == "__main__":
    main()
