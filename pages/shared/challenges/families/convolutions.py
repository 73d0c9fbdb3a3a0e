"""Challenges of the lesson on convolution."""

from __future__ import annotations

from pages.shared.numbers import plain
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

STRONG = 3.0


def fewest_numbers(look: Look) -> Best:
    """One number alone is not 0 in sum; two that cancel can be strong enough."""
    zeros = {f"k{u}{v}": 0.0 for u in (1, 2, 3) for v in (1, 2, 3)}
    why = "one number alone does not add up to 0"
    return Best(2.0, why, zeros | {"k21": -4.0, "k23": 4.0, "subject": "slope"})


CONVOLUTIONS = (
    Challenge(
        "few_numbers",
        "convolution",
        "window",
        "As few as can be",
        f"even ground gives 0, an edge an answer of size {plain(STRONG, 0)}, with as few numbers as you can "
        "that are not 0.",
        "numbers that are not 0",
        fewest_numbers,
        ((1.0, 0.0), (2.0, 0.0), (3.0, 0.0)),
        (Limit("sum of the nine", 0.0), Limit("strongest answer", STRONG, at_least=True)),
        given={"scene": ""},
    ),
)
