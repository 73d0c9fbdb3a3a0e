"""How something grows with a length, one curve for each kind of layer, both logarithmic."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, layout, log_axis
from pages.shared.figures.traces import Label, curve, log_end_labels, marks

ROOM = Margin(56, 108, 12, 44)
LINES = 11
MEANINGS = {
    "dense": "target",
    "squeezed": "unit-3",
    "attention": "unit-1",
    "convolution": "network",
    "recurrence": "unit-2",
}
DASHES = {"dense": "dash", "squeezed": "dot"}


def growing(
    counted: str, lengths: FloatArray, counts: Mapping[str, FloatArray], length: int, most: float
) -> Figure:
    """The counts of each kind against the length, and a mark on each curve at the length that is set.

    counts: shape (lengths,) each. most: the largest power of ten in view.
    """
    here = int(np.flatnonzero(lengths == length)[0])
    labels = [Label(name, float(values[-1]), MEANINGS[name]) for name, values in counts.items()]
    return {
        "data": [
            *(
                curve(name, lengths, values, MEANINGS[name], width=3, dash=DASHES.get(name, "solid"))
                for name, values in counts.items()
            ),
            marks(
                "here",
                np.full(len(counts), float(length)),
                np.array([values[here] for values in counts.values()]),
                "ink",
                symbol="diamond",
            ),
            log_end_labels(float(lengths[-1]), labels, (0.0, most), LINES),
        ],
        "layout": layout(
            300,
            log_axis("length T: places that are read", 0.0, float(np.log10(lengths[-1])), (1, 10, 100, 1000)),
            log_axis(counted, 0.0, most, every=3),
            margin=ROOM,
        ),
    }
