"""Challenges of the lesson on recurrence."""

from __future__ import annotations

from itertools import product

from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

KEPT = 0.5
LOST = "powers of ten lost"
HELD = Limit("what is kept", KEPT, at_least=True)
# The knobs' values; beyond these the gradient is smaller still.
WEIGHTS, PULSES = range(100, 141), range(1, 31)


def most_gradient(look: Look) -> Best:
    """All weights from 1 to 1.4 are tried with all pulses."""
    tried = [{"w": w / 100, "pulse": pulse / 10} for w, pulse in product(WEIGHTS, PULSES)]
    found = [(measures[LOST], values) for values in tried if not HELD.lacks(measures := look(**values))]
    least, values = min(found, key=lambda each: each[0])
    return Best(least, f"all of {len(tried)} weights and pulses were tried", values, exact=False)


MEMORIES = (
    Challenge(
        "both",
        "recurrence",
        "kept",
        "Bit and gradient",
        f"a bit that is still {KEPT} on its side after 50 steps, with as much of the gradient as you can.",
        LOST,
        most_gradient,
        ((1.0, 0.02), (1.5, 0.0), (3.0, 0.0)),
        (HELD,),
        query={"scene": "a_bit_kept"},
        given={"scene": "a_bit_kept", "steps": ""},
    ),
)
