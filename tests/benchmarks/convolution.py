"""What a convolution costs: `python tests/benchmarks/convolution.py` prints it beside the same in bare NumPy.

16 windows of 5 x 5 pixels over all 1,797 digits, with four zeros around them and ReLU behind: in one function
of bare NumPy, as one strided view and one product, and by nn_core, which must take at most 1.5 times as long.
The rounds of both are interleaved; the times are medians of processor time.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from nn_core.families.convolution import Convolution  # noqa: E402
from nn_core.networks.activations import RELU  # noqa: E402
from nn_core.networks.initialisation import HE, first_network  # noqa: E402
from pages.shared.digits.pictures import held_out, to_learn  # noqa: E402

SIDE, RING, FILTERS, ROUNDS, MOST = 5, 4, 16, 9, 1.5


def bare_numpy(pictures, weights, biases):
    """The least that NumPy can do: zeros around, one strided view, one product."""
    around = np.pad(pictures, ((0, 0), (RING, RING), (RING, RING)))
    seen = sliding_window_view(around, (SIDE, SIDE), axis=(1, 2))
    rows = seen.reshape(-1, SIDE * SIDE)
    return np.maximum(rows @ weights + biases, 0.0).reshape(*seen.shape[:3], FILTERS)


def main():
    """Both ways in turn."""
    pictures = np.concatenate([to_learn().pictures, held_out().pictures])
    layer = first_network((SIDE**2, FILTERS, 1), RELU, HE, np.random.default_rng(0)).layers[0]
    part = Convolution(layer, SIDE, RING)
    ways = {
        "bare NumPy": lambda: bare_numpy(pictures, layer.weights, layer.biases),
        "nn_core": lambda: part.forward(pictures[..., np.newaxis])[0],
    }
    first, second = (way() for way in ways.values())
    assert np.allclose(first, second)
    times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append(time.process_time() - start)
    bare, ours = (statistics.median(each) for each in times.values())
    print(f"{len(pictures)} digits: bare NumPy {1000 * bare:.0f} ms, nn_core {1000 * ours:.0f} ms")
    print(f"nn_core / bare NumPy: {ours / bare:.2f} (at most {MOST})")
    sys.exit(ours > MOST * bare)


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
