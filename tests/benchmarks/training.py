"""What training costs: `python tests/benchmarks/training.py` prints a line for each way to do the same.

1000 full-batch iterations of a 2-8-8-1 network (tanh, logits out) on 400 points with binary cross-entropy:
as bare NumPy statements in one function, by nn_core, and, where they are installed, by scikit-learn and
PyTorch on the processor. Then 1000 iterations of Adam of a 1-20-1 network (tanh) on 200 points of a curve,
with its outputs there at every tenth iteration, as bare NumPy statements and by nn_core, which must take
at most twice the time of the same arithmetic. The rounds of all are interleaved; the times are medians of
processor time.
"""

import importlib.util
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from nn_core.learning.losses import BINARY_CROSS_ENTROPY, MSE  # noqa: E402
from nn_core.learning.optimisers import ADAM, GRADIENT_DESCENT  # noqa: E402
from nn_core.learning.training import Recipe, learn  # noqa: E402
from nn_core.networks.activations import TANH  # noqa: E402
from nn_core.networks.initialisation import random_network  # noqa: E402

SIZES = (2, 8, 8, 1)
# At a rate of 0.5 this descent is on the edge of stability, where rounding alone changes where it ends.
SAMPLES, ITERATIONS, LEARNING_RATE, KEEP = 400, 1000, 0.1, 10
CURVE_SIZES, CURVE_SAMPLES, CURVE_RATE, MOST = (1, 20, 1), 200, 0.01, 2.0
ROUNDS = 7


def problem():
    """Points of two classes, inside and outside a circle, and a network to start from."""
    generator = np.random.default_rng(0)
    x = generator.uniform(-1.0, 1.0, size=(SAMPLES, 2))
    y = (np.hypot(*x.T) < 0.7).astype(np.float64)[:, np.newaxis]
    return x, y, random_network(SIZES, TANH, generator)


def parameters(network):
    """The arrays W1, b1, W2, b2, .. of a network."""
    return [array for layer in network.layers for array in (layer.weights, layer.biases)]


def bare_numpy(x, y, start):
    """The least that NumPy can do: no layers, no checks, tanh' from tanh, no loss."""
    w1, b1, w2, b2, w3, b3 = parameters(start)
    for _ in range(ITERATIONS):
        a1 = np.tanh(x @ w1 + b1)
        a2 = np.tanh(a1 @ w2 + b2)
        z3 = a2 @ w3 + b3
        delta3 = (1.0 / (1.0 + np.exp(-z3)) - y) / len(y)
        delta2 = delta3 @ w3.T * (1.0 - a2 * a2)
        delta1 = delta2 @ w2.T * (1.0 - a1 * a1)
        w3, b3 = w3 - LEARNING_RATE * (a2.T @ delta3), b3 - LEARNING_RATE * delta3.sum(axis=0)
        w2, b2 = w2 - LEARNING_RATE * (a1.T @ delta2), b2 - LEARNING_RATE * delta2.sum(axis=0)
        w1, b1 = w1 - LEARNING_RATE * (x.T @ delta1), b1 - LEARNING_RATE * delta1.sum(axis=0)
    return [w1, b1, w2, b2, w3, b3]


def same_arithmetic(x, y, start):
    """Bare NumPy with the formulas of nn_core: stable sigmoid and tanh', loss, divergence check."""
    w1, b1, w2, b2, w3, b3 = parameters(start)
    for _ in range(ITERATIONS):
        z1 = x @ w1 + b1
        a1 = np.tanh(z1)
        z2 = a1 @ w2 + b2
        a2 = np.tanh(z2)
        z3 = a2 @ w3 + b3
        loss = np.mean(np.maximum(z3, 0.0) - z3 * y + np.log1p(np.exp(-np.abs(z3))))
        largest = np.abs(np.concatenate([w1.ravel(), b1, w2.ravel(), b2, w3.ravel(), b3])).max()
        if not (loss <= 1e12 and largest <= 1e12):
            break
        delta3 = (np.exp(np.minimum(z3, 0.0)) / (1.0 + np.exp(-np.abs(z3))) - y) / len(y)
        tail1, tail2 = np.exp(-np.abs(z1)), np.exp(-np.abs(z2))
        delta2 = delta3 @ w3.T * (2.0 * tail2 / (1.0 + tail2 * tail2)) ** 2
        delta1 = delta2 @ w2.T * (2.0 * tail1 / (1.0 + tail1 * tail1)) ** 2
        w3, b3 = w3 - LEARNING_RATE * (a2.T @ delta3), b3 - LEARNING_RATE * delta3.sum(axis=0)
        w2, b2 = w2 - LEARNING_RATE * (a1.T @ delta2), b2 - LEARNING_RATE * delta2.sum(axis=0)
        w1, b1 = w1 - LEARNING_RATE * (x.T @ delta1), b1 - LEARNING_RATE * delta1.sum(axis=0)
    return [w1, b1, w2, b2, w3, b3]


def ours(x, y, start):
    """nn_core: every loss checked, every tenth network kept."""
    recipe = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, LEARNING_RATE)
    return parameters(learn(start, x, y, recipe, iterations=ITERATIONS, keep=KEEP).networks[-1])


def curve_problem():
    """Points of a curve, and a network to start from."""
    x = np.linspace(-1.0, 1.0, CURVE_SAMPLES)[:, np.newaxis]
    return x, np.sin(4.0 * x), random_network(CURVE_SIZES, TANH, np.random.default_rng(0))


def adam_moved(w, g, m, v, t):
    """One array after a step of Adam, and its two means."""
    m = 0.9 * m + (1.0 - 0.9) * g
    v = 0.999 * v + (1.0 - 0.999) * g * g
    return w - CURVE_RATE * (m / (1.0 - 0.9**t)) / (np.sqrt(v / (1.0 - 0.999**t)) + 1e-8), m, v


def bare_adam(x, y, start):
    """The least that NumPy can do: no checks, tanh' from tanh, no loss; the curves of every tenth."""
    w1, b1, w2, b2 = parameters(start)
    means = [(np.zeros_like(array), np.zeros_like(array)) for array in (w1, b1, w2, b2)]
    curves = []
    for t in range(ITERATIONS + 1):
        a = np.tanh(x @ w1 + b1)
        outputs = a @ w2 + b2
        if t % KEEP == 0:
            curves.append(outputs)
        delta2 = (2.0 / y.size) * (outputs - y)
        delta1 = delta2 @ w2.T * (1.0 - a * a)
        gradients = x.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)
        moved = [
            adam_moved(w, g, *mean, t + 1)
            for w, g, mean in zip((w1, b1, w2, b2), gradients, means, strict=True)
        ]
        w1, b1, w2, b2 = (w for w, _, _ in moved)
        means = [(m, v) for _, m, v in moved]
    return curves


def same_adam(x, y, start):
    """Bare NumPy with the formulas of nn_core: tanh' by its tails, loss, divergence check."""
    w1, b1, w2, b2 = parameters(start)
    means = [(np.zeros_like(array), np.zeros_like(array)) for array in (w1, b1, w2, b2)]
    curves, losses = [], []
    for t in range(ITERATIONS + 1):
        z = x @ w1 + b1
        a = np.tanh(z)
        outputs = a @ w2 + b2
        loss = np.mean((outputs - y) ** 2)
        largest = np.abs(np.concatenate([w1.ravel(), b1, w2.ravel(), b2])).max()
        if not (loss <= 1e12 and largest <= 1e12):
            break
        if t % KEEP == 0:
            curves.append(outputs)
            losses.append(loss)
        delta2 = (2.0 / y.size) * (outputs - y)
        tail = np.exp(-np.abs(z))
        delta1 = delta2 @ w2.T * (2.0 * tail / (1.0 + tail * tail)) ** 2
        gradients = x.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)
        moved = [
            adam_moved(w, g, *mean, t + 1)
            for w, g, mean in zip((w1, b1, w2, b2), gradients, means, strict=True)
        ]
        w1, b1, w2, b2 = (w for w, _, _ in moved)
        means = [(m, v) for _, m, v in moved]
    return curves


def our_adam(x, y, start):
    """nn_core: every loss checked, every tenth network kept, and the curves of those."""
    training = learn(start, x, y, Recipe(MSE, ADAM, CURVE_RATE), iterations=ITERATIONS, keep=KEEP)
    return [network(x) for network in training.networks]


def scikit_learn(x, y, start):
    """MLPClassifier, plain full-batch descent; its own random start, since it takes no other."""
    from sklearn.neural_network import MLPClassifier

    classifier = MLPClassifier(
        SIZES[1:-1],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=SAMPLES,
        learning_rate_init=LEARNING_RATE,
        max_iter=ITERATIONS,
        shuffle=False,
        random_state=0,
        tol=0.0,
        momentum=0.0,
        n_iter_no_change=ITERATIONS,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        classifier.fit(x, y[:, 0])
    if classifier.n_iter_ != ITERATIONS:
        raise SystemExit(f"scikit-learn must do all iterations, did {classifier.n_iter_}")


def pytorch(x, y, start):
    """torch.nn with torch.optim.SGD in float64, from the same start, on one thread: two are slower here."""
    import torch

    torch.set_num_threads(1)
    layers = []
    for layer in start.layers:
        linear = torch.nn.Linear(*layer.weights.shape, dtype=torch.float64)
        linear.weight.data = torch.tensor(layer.weights.T)
        linear.bias.data = torch.tensor(layer.biases)
        layers += [linear, torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, targets = torch.tensor(x), torch.tensor(y)
    for _ in range(ITERATIONS):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(model(inputs), targets).backward()
        optimizer.step()
    return [
        array.detach().numpy().T if array.ndim == 2 else array.detach().numpy()
        for array in model.parameters()
    ]


def medians(ways, x, y, start):
    """The median processor milliseconds of each way; in each round all take their turn."""
    times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            way(x, y, start)
            times[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def distance(one, other):
    """The largest difference of two lists of weights and biases."""
    return max(np.abs(a - b).max() for a, b in zip(one, other, strict=True))


def compare_adam():
    """Check that all three draw the same curves in at most the allowed time, and print the lines."""
    x, y, start = curve_problem()
    ways = {"bare Adam": bare_adam, "same arithmetic": same_adam, "our Adam": our_adam}
    bare = bare_adam(x, y, start)
    for name, way in ways.items():
        if not distance(way(x, y, start), bare) < 1e-9:
            raise SystemExit(
                f"{name} must draw the curves of bare Adam, got {distance(way(x, y, start), bare)}"
            )
    found = medians(ways, x, y, start)
    for name, milliseconds in found.items():
        print(f"{name:18}{milliseconds:8.1f} ms{milliseconds / found['bare Adam']:6.2f} x bare")
    ratio = found["our Adam"] / found["same arithmetic"]
    if ratio > MOST:
        raise SystemExit(f"our Adam must take at most {MOST} times the same arithmetic, got {ratio:.2f}")


def main():
    """Check that all do the same, and print the lines."""
    x, y, start = problem()
    ways = {"bare NumPy": bare_numpy, "same arithmetic": same_arithmetic, "ours": ours}
    libraries = {"sklearn": ("scikit-learn", scikit_learn), "torch": ("PyTorch", pytorch)}
    for module, (name, way) in libraries.items():
        if importlib.util.find_spec(module):
            ways[name] = way
    bare = bare_numpy(x, y, start)
    for name, way in ways.items():
        ended = way(x, y, start)
        if ended is not None and not distance(ended, bare) < 1e-9:
            raise SystemExit(
                f"{name} must end with the weights of bare NumPy, got {distance(ended, bare)} off"
            )
    found = medians(ways, x, y, start)
    for name in [*list(ways)[:3], *(name for name, _ in libraries.values())]:
        milliseconds = found.get(name)
        said = f"{milliseconds:8.1f} ms" if milliseconds else "not installed"
        ratio = f"{milliseconds / found['bare NumPy']:6.2f} x bare" if milliseconds else ""
        print(f"{name:18}{said}{ratio}")
    compare_adam()


if __name__ == "__main__":
    main()
