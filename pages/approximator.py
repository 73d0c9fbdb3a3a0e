"""Any curve: pick a target, and watch a network of N hidden units close in on it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from nn_core.building.ways import WAYS, Plan
from pages.scenes.approximator.closing_in import AGAINST_N, inputs, picture
from pages.scenes.approximator.pinning import read_pin, told_of, write_pin
from pages.scenes.approximator.proofs import UNBOUNDED, proofs, reasons, stuck, unbounded
from pages.shared.asking import formulas, menus, targets
from pages.shared.asking.beliefs import EXACT
from pages.shared.glossary.telling import words
from pages.shared.markdown import literal
from pages.shared.path import lead_to
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.entrance import link
from pages.shared.stage.stage import linked, stage

st.title("Any curve")
st.markdown(
    "Your taste may rise and fall with the tempo as it likes: a sum of enough simple neurons comes as close "
    "as you want to **any** continuous curve. Drag N."
)

*places, pin_place = st.columns([5, 5, 5, 4], vertical_alignment="bottom")
row, remarks = st.container(horizontal=True), st.container()
asked = targets.target(places[0], row, remarks)
activation = formulas.activation(places[1], row, remarks)
fitting = [way.name for way in WAYS.values() if way.fits(activation)]
way = WAYS[menus.choose(places[2], "Built by", fitting, "way", fitting[0])]
plan = Plan(way, activation)
pin = read_pin()
knobs = inputs(plan)
before = linked(**knobs)
measured = asked.before, before.get("steepness", 1.0), int(before.get("sampled", plan.seed))
draw = partial(picture, plan, pin, measured)
most = EXACT.begun(n=knobs["n"].steps[-1], added=100.0)
committed = stage("approximator", asked.over(draw), cards=[most], pins=False, **asked.inputs, **knobs)
target, n, steepness = asked.target(committed), int(committed["n"]), committed.get("steepness", 1.0)
plan = replace(plan, seed=int(committed.get("sampled", plan.seed)))
if committed["below"] == AGAINST_N:
    targets.settle(measured, (target, steepness, plan.seed))

if pin is None:
    if pin_place.button("Pin this network", width="stretch"):
        link()["pin"] = write_pin(plan, n, steepness)
        st.rerun()
elif pin_place.button("Unpin", width="stretch"):
    del link()["pin"]
    st.rerun()

if pin:
    remarks.caption(literal(told_of(pin, target)))

degree = activation.degree
if degree is not None:
    st.info(stuck(degree))
elif unbounded(activation):
    st.info(UNBOUNDED)
words("parameters", "root mean square", "staircase", "least squares")
two_columns(
    f"## What is proven of this network\n\n{proofs(plan, target, n, steepness)}",
    """
## How fast the error falls

Choose *error against N*. Both scales are logarithmic: each grid line stands for ten times as much. A straight
line of slope −1 means: twice the units, half the error. Slope −2 means: twice the units, a quarter.

**Sharp steps** have slope −1. Sigmoids have it only while they are steep enough: the more units, the steeper
each has to be. At one steepness w they stay a little round, and so some error is left.

A [[hinge]] is one ReLU unit. Hinges have slope −2 where the target bends smoothly, and −1 where it has a
corner that no knot hits.

At a **jump** of height J every continuous network stays J/2 away, for any N.
""",
)
more_exactly(reasons(plan, target, steepness))
st.header("Hidden units left to chance")
two_columns(
    """
Choose *random features*. Every hidden unit gets a random weight and bias, and keeps them: only the output
weights are computed, by [[least squares]]. Drag the [[seed]] for other ones, and N: even so, more units come
closer. Where they bend is no longer chosen, but for the output weights alone there is a formula.

Choose *error against N*, too: the dots are yours, the line is **placed evenly**, which is like it but for
chance.
""",
    """
**What does it cost?** Hinges bend at one place each, and chance leaves gaps. For Nielsen's goal the largest
error of ReLUs is

| N | at random | placed evenly | equal knots |
|--:|--:|--:|--:|
| 10 | 0.13 | 0.11 | 0.086 |
| 50 | 0.041 | 0.011 | 0.0077 |
| 200 | 0.0042 | 0.0007 | 0.0005 |

What 50 equal knots do takes about 160 random ones: that is the price of units that neither are placed nor
**learn** where to bend. Gentle sigmoids are wider than the gaps, and pay hardly anything.
""",
)
more_exactly(
    """
The knots are different ones of the 499 points inside the grid, each as likely as any other. Weights have
random signs, and sizes that are spread evenly from a quarter of the largest weight up to it. *At random* is
the median of the seeds 1 to 20; with 200 units two of them still miss what 50 equal knots do. Among 50 random
knots the largest gap is 4.5 times that of 50 even ones, on average of 100 seeds. With 10 sigmoids of largest
weight 40 the median is 0.087; placed evenly, they are 0.105 off. That random hidden units suffice, with
probability 1 and in the root mean square, is proven for every f that is bounded, not constant and continuous
but for jumps, with knots anywhere (Huang, Chen and Siew 2006). Rahimi and Recht (2008) made the idea popular.
"""
)
st.header("The universal approximation theorem")
two_columns(
    r"""
**For every** continuous target $g$ on an interval, and **for every** $\varepsilon > 0$, however small,
**there are** a number $N$ and weights $v_j, w_j, b_j, c$ such that the network

$$
y(x) = c + \sum_{j=1}^{N} v_j\, f(w_j x + b_j)
$$

is nowhere farther than ε from it: **for all** $x$ on the interval, $\; |y(x) - g(x)| < \varepsilon$.

First come the target and ε, then N: another target, or a smaller ε, may need a larger N. The activation $f$
must be no polynomial, so neither the identity nor the square will do.
""",
    """
### What it does not say

**How many** units it takes. In one dimension the bounds above tell; in many dimensions it can be very many.
For some curves a few more **layers** take far fewer units: see the lesson *Depth*.

That [[training]] **finds** these weights. Here they were computed from the target. A network that learns sees
only some points of it.

What the network does **outside** the interval. Look *beyond it*: it goes on as its units happen to.

Whether the network is right **between** the points of your data, if all you have are points.
""",
)
lead_to("depth.py")
more_exactly(
    r"""
Let $f$ be an activation that is bounded on every bounded interval, continuous but for a few jumps, and no
polynomial, not even **almost everywhere**, that is, but for single points. Then the theorem holds for every
continuous target on a closed and bounded set, in any number of dimensions. Cybenko (1989) and Hornik,
Stinchcombe and White (1989) proved it for sigmoids; Hornik (1991) for every continuous f that is bounded
and not constant; Leshno, Lin, Pinkus and Schocken (1993) as it stands here, for hinges, too.
"""
)
