"""What trainings from many seeds have found, beside what there is to be found."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Note, axis, layout
from pages.shared.figures.plots.approximation import MARGIN as OVER_X
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, marks

HEIGHTS, ERRORS = (-0.3, 1.3), (-0.03, 0.5)


def seeds_beside(x: FloatArray, target: FloatArray, networks: tuple[FloatArray, FloatArray]) -> Figure:
    """A target, and the networks of many seeds: x and height, one after the other, NaN in between."""
    ends = float(x[0]), float(x[-1])
    return {
        "data": [
            curve("a seed", *networks, "network", width=1.25, **QUIET),
            curve("target", x, target, "target", width=2, dash="dash"),
        ],
        "layout": layout(
            250,
            axis("input x", *ends),
            axis("output", *HEIGHTS),
            margin=OVER_X,
            notes=(Note("thin: one seed each; dashed: the target"),),
        ),
    }


def errors_of_seeds(seeds: FloatArray, errors: FloatArray, constant: float) -> Figure:
    """The error of each seed, and that of the best constant."""
    ends = float(seeds[0]) - 0.5, float(seeds[-1]) + 0.5
    hover = {"hovertemplate": "seed %{x}<br>%{y}<extra></extra>"}
    labels = [Label("constant", constant, "ink"), Label("exact", 0.0, "unit-2")]
    return {
        "data": [
            curve("best constant", np.array(ends), np.full(2, constant), "ink", dash="dash", width=1.5),
            curve("built by hand", np.array(ends), np.zeros(2), "unit-2", width=1.5),
            marks("a seed", seeds, np.minimum(errors, ERRORS[1]), "network", **hover),
            end_labels(ends[1], labels, ERRORS, lines=7),
        ],
        "layout": layout(
            190,
            axis("seed", *ends, zeroline=False, nticks=10),
            axis("error", *ERRORS, nticks=4),
            margin=OVER_X,
        ),
    }
