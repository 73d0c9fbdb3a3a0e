"""Linear algebra keeps to the thread that asks for it, whoever imported NumPy first."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("before", ["import numpy", "import os; os.environ['OPENBLAS_NUM_THREADS'] = '4'"])
def test_a_server_that_knows_the_stage_multiplies_with_one_thread(before: str) -> None:
    asked = (
        f"{before}; import pages.shared.stage.stage; from threadpoolctl import threadpool_info as told; "
        "print([each['num_threads'] for each in told() if each['user_api'] == 'blas'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(answer.stdout.strip()[1:-1].split(", ")) <= {"1", ""}
