"""Proofs: what is known of a network without looking at it."""

from __future__ import annotations

import numpy as np

from nn_core.building.theory import Bound
from nn_core.building.ways import Plan, proven
from nn_core.targets.curves import Target
from pages.shared.markdown import literal
from pages.shared.numbers import small

KINDS = {
    "upper": "The largest error is at most",
    "lower": "The largest error is at least",
    "rate": "As N grows, the largest error tends to",
}


def told(bound: Bound, value: float) -> str:
    """One thing that is proven, with its reason."""
    return (
        f"{KINDS[bound.kind]} ${bound.formula}$ = **{small(value)}** ({bound.name}). {literal(bound.source)}"
    )


def proofs(plan: Plan, target: Target, n: int, steepness: float) -> str:
    """All that is proven of the network shown."""
    found = [told(bound, float(plan.bound(bound, n))) for bound in proven(plan, target, steepness)]
    if not found:
        return NO_BOUND + (f" With *{plan.way.name}* {plan.way.remark}" if plan.way.remark else "")
    pieces = int(plan.way.pieces(np.array(float(n))))
    return "\n\n".join([*found, f"Here N = {pieces} counts the **pieces** that {n} hidden units make."])


NO_BOUND = "For this target and this way of building there is no bound that holds for every N."


def stuck(degree: int) -> str:
    """Why no network goes below a floor."""
    return f"""
**Stuck.** f is a polynomial of degree {degree}. A weighted sum of such units is again a polynomial of at most
that degree, however many there are, so no network goes below the best polynomial. That is the theorem's one
condition: sums of f come close to every continuous curve **if and only if f is no polynomial** (Leshno, Lin,
Pinkus and Schocken 1993).
"""
