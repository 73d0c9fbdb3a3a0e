"""What a process sets once, whoever imports NumPy: one thread multiplies, the lock changes hands soon."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = """
import gc, json, sys, pages.shared.stage.stage
from threadpoolctl import threadpool_info
threads = [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]
print(json.dumps({"threads": threads, "frozen": gc.get_freeze_count(), "switch": sys.getswitchinterval()}))
"""


@pytest.mark.parametrize("before", ["import numpy", "import os; os.environ['OPENBLAS_NUM_THREADS'] = '4'"])
def test_a_process_that_knows_the_stage_has_settled(before: str) -> None:
    command = [sys.executable, "-c", f"{before}\n{ASKED}"]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    assert set(told["threads"]) <= {1}
    assert told["frozen"] > 10_000
    assert told["switch"] < 0.001
