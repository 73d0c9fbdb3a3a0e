"""Train the networks of the lesson Autoencoder, and measure them from many seeds.

.venv/bin/python .github/weights/autoencoder.py takes a few minutes of one processor. What it writes is loaded
by pages/scenes/autoencoder/models.py, where all that is decided of the trainings stands.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from nn_core.networks.network import parameters
from pages.scenes.autoencoder import models


def main() -> None:
    """The weights of the seed shown in half precision, and what is measured of all seeds."""
    seeds = range(models.SHOWN, models.SHOWN + models.SEEDS)
    bent, errors = [], []
    for seed in seeds:
        *_, training = models.Bent(seed).growing()
        network = training.networks[-1]
        bent.append(parameters(network))
        errors.append(models.error(network(models.kept_back()), models.kept_back()))
    print("bent", np.round(errors, 4).tolist(), flush=True)
    shown, measures = [], np.zeros((3, len(models.BETAS), models.SEEDS))
    for place, beta in enumerate(models.BETAS):
        for index, seed in enumerate(seeds):
            model = models.variational_learnt(beta, seed)
            measures[:, place, index] = models.measured(model)
            if seed == models.SHOWN:
                shown.append(models.row_of(model))
        means, spread = measures[:, place].mean(axis=1), measures[:, place].std(axis=1)
        print(beta, np.round(means, 4).tolist(), np.round(spread, 4).tolist(), flush=True)
    np.savez_compressed(
        models.FILE,
        bent=np.asarray(bent[0], np.float16),
        variational=np.asarray(shown, np.float16),
        bent_errors=np.asarray(errors, np.float32),
        measures=measures.astype(np.float32),
    )


if __name__ == "__main__":
    main()
