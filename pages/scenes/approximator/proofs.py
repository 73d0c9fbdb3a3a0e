"""Proofs: what is known of a network without looking at it."""

from __future__ import annotations

from math import inf

import numpy as np

from nn_core.building.theory import ACTIVE, Bound
from nn_core.building.ways import Plan, proven
from nn_core.networks.activations import Activation
from nn_core.targets.curves import Target
from nn_core.targets.smoothness import measure
from pages.shared.markdown import literal
from pages.shared.numbers import short, small

KINDS = {
    "upper": "the largest error is at most",
    "lower": "the largest error is at least",
    "rate": "as N grows, the largest error tends to",
}
PROVEN, ESTIMATED = "It is proven:", "It is estimated, as this formula could hide something between points:"


def told(bound: Bound, value: float) -> str:
    """One thing that is proven, or estimated, with what its letters mean."""
    known = ESTIMATED if bound.estimated else PROVEN
    return (
        f"{known} {KINDS[bound.kind]} ${bound.formula}$ = **{small(value)}** ({bound.name}). {letters(bound)}"
    )


def letters(bound: Bound) -> str:
    """What the letters of its formula stand for."""
    each = [f"${letter}$ = {short(value, 5)} is {words}" for letter, words, value in bound.symbols]
    return f"Here {', '.join(each)}." if each else ""


def proofs(plan: Plan, target: Target, n: int, steepness: float) -> str:
    """All that is proven of the network shown."""
    found = [told(bound, float(plan.bound(bound, n))) for bound in proven(plan, target, steepness)]
    if not found:
        return NO_BOUND + (f" With *{plan.way.name}* {plan.way.remark}" if plan.way.remark else "")
    pieces = int(plan.way.pieces(np.array(float(n))))
    counted = f"N = {pieces} counts the **pieces** that {n} hidden units make."
    return "\n\n".join([*found, counted])


def reasons(plan: Plan, target: Target, steepness: float) -> str:
    """Why all that holds, and how it is measured."""
    found = [f"**{bound.name}**: {literal(bound.source)}" for bound in proven(plan, target, steepness)]
    return "\n\n".join([*found, MEASURED])


NO_BOUND = "For this target and this way of building no bound is shown."
MEASURED = (
    "L, M, S and J are exact where straight lines join your points; else they are measured on 8192 cells, "
    "and on finer ones where the target is roughest. The largest error is looked for on 501 even points, at "
    "jumps, knots and corners, where the target is rough, and closer around the four highest peaks; the "
    "root mean square and the mean are over the 501 points and both sides of the jumps."
)


def unbounded(activation: Activation) -> bool:
    """Whether an activation is seen to outgrow all bounds near some z, so that the theorem leaves it out."""
    return measure(activation.function, ACTIVE).jump == inf


UNBOUNDED = (
    "f outgrows all bounds near some z. The theorem below asks for an f that is bounded on every bounded "
    "interval, so it says nothing of this one."
)


def stuck(degree: int) -> str:
    """Why no network goes below a floor."""
    return f"""
**Stuck.** f is a polynomial of degree {degree}. (Rounding and single points do not count.) A weighted sum of
such units is again a polynomial of at most that degree, however many there are, so no network goes below the
best polynomial. That is the theorem's main condition: sums of f come close to every continuous curve **if and
only if f is no polynomial** (Leshno, Lin, Pinkus and Schocken 1993; what else f has to be is said below).
"""
