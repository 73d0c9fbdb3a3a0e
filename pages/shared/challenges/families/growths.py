"""The challenge of the map of the families."""

from __future__ import annotations

from itertools import product

from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

TIMES = 1000.0
SAVED = Limit("dense, times the convolution", TIMES, at_least=True)
DOUBLINGS, WIDTHS, WINDOWS = range(13), range(1, 65), range(1, 10, 2)


def shortest(look: Look) -> Best:
    """Every length, width and window of the knobs is tried, the shortest first."""
    for k, width, window in product(DOUBLINGS, WIDTHS, WINDOWS):
        values = {"doublings": float(k), "width": float(width), "window": float(window)}
        if not SAVED.lacks(measures := look(**values)):
            return Best(measures["length T"], "every setting with a smaller T was tried", values)
    raise ValueError("no setting of the knobs saves so much")


GROWTHS = (
    Challenge(
        "soon_a_thousand",
        "families",
        "growth",
        "Soon a thousand",
        "a dense layer with a thousand times as many numbers as the convolution, at as short a length as you "
        "can.",
        "length T",
        shortest,
        ((1.0, 0.0), (2.0, 0.0), (4.0, 0.0)),
        (SAVED,),
    ),
)
