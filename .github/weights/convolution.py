"""Trains the two networks of the lesson on convolution, and writes pages/scenes/convolution/trained.npz.

    .venv/bin/python .github/weights/convolution.py

Some seconds of one processor. A test says that what is in the file reaches what the lesson prints.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pages.scenes.convolution.nets import FILE, taught  # noqa: E402

numbers = {name: chain.parameters.astype(np.float32) for name, chain in taught()._asdict().items()}
np.savez_compressed(FILE, **numbers)
print(f"{FILE.name}: {FILE.stat().st_size} bytes")
