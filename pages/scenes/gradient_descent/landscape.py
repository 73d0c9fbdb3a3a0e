"""The landscape: the loss as heights over two parameters, and a ball that feels only the slope under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.learning.landscapes import CRAWLS, DIVERGES, LANDSCAPES, NEAR, STAYS
from pages.scenes.gradient_descent.rolling import (
    GRID,
    NEURON,
    PAIR,
    STEPS,
    Asked,
    Ball,
    Moves,
    Terrain,
    ended,
    rolled,
    terrain,
    where,
)
from pages.shared.asking import menus
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings.chain import NAMED
from pages.shared.figures.plots import descending, relief
from pages.shared.numbers import beside, short, small
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import stage

NAMES = (*LANDSCAPES, NEURON, PAIR)
FIRST = "two valleys"
CONTOURS, SURFACE, FATES = "contours", "surface", "which start ends where"
# A ball is at rest that is near a place for so many last steps; on the saddle it has to be nearer.
LAST, STILL = 10, 0.01
AT_REST = f": within {short(NEAR)} of it for the last {LAST} steps"
# After how many steps at most, for each answer; and which share of its height the ball has then.
SOON = {"at most 3": 3, "from 4 to 12": 12, f"from 13 to {STEPS}": STEPS}
NEVER, LEFT = "not at all", 0.1
# Where the ball starts, and its learning rate as a share of the scale.
STARTS = {
    "bowl": (-1.5, 1.2, 0.05), "narrow valley": (-1.8, 0.8, 0.82), "two valleys": (-1.7, 1.3, 0.114),
    "saddle": (-1.6, 0.1, 0.091), NEURON: (0.0, -4.0, 0.1), PAIR: (1.0, 2.4, 0.1),
}  # fmt: skip


def picture(
    asked: Asked,
    p: float,
    q: float,
    ball_rate: float,
    momentum: float,
    ball_steps: float,
    seen: str,
    lost: str = NOTHING,
) -> Picture:
    """The ball after so many steps: its path on the map, and its height step by step."""
    ground = terrain(asked)
    ball = rolled(asked, (p, q), Moves(ball_rate, momentum))
    now = min(int(ball_steps), int(np.isfinite(ball.heights).sum()) - 1)
    walked, heights = ball.points.copy(), ball.heights.copy()
    walked[now + 1 :], heights[now + 1 :] = np.nan, np.nan
    low, high = ground.relief.lowest, float(ground.relief.heights.max())
    flat = seen != SURFACE
    return Picture(
        [
            view(asked, ball.moves, walked, heights, seen),
            descending.heights(heights - low, now, high - low, f"{ground.height} above the lowest"),
        ],
        beside=True,
        grips=[Grip("ball", p if flat else None, q if flat else None, anywhere=flat)],
        readouts=readouts(asked, ball, now),
        tasks=dict(task(asked, ball) for task in TASKS[asked.name])
        | {loses(ground).label: lost_most(ground, ball, lost)},
        description=told(ground, ball, now),
        idle={"momentum": "" if ball_rate else "at a rate of 0 nothing moves"},
    )


def view(asked: Asked, moves: Moves, walked: FloatArray, heights: FloatArray, seen: str) -> Figure:
    """The landscape with the path on it, as the reader wants to see it."""
    ground = terrain(asked).relief
    if seen == SURFACE:
        return relief.slopes(ground, walked, heights)
    if seen == FATES:
        return relief.fates(ground, ended(asked, moves), walked)
    return relief.contours(ground, walked)


def drop(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The ball starts where it is dropped."""
    return {"p": x, "q": y}


def readouts(asked: Asked, ball: Ball, now: int) -> dict[str, str | None]:
    """The heights, and what becomes of the ball."""
    ground = terrain(asked)
    return {
        f"{ground.height} now": small(float(ball.heights[now])),
        f"{ground.height} at the start": small(float(ball.heights[0])),
        f"in {STEPS} steps it": ball.word,
        "and ends in": where(asked, ball),
    }


def told(ground: Terrain, ball: Ball, now: int) -> str:
    """The picture in words."""
    x, y = ball.points[now]
    across, up = ground.relief.titles
    return (
        f"After {now} steps the ball is at {across} = {small(float(x))}, {up} = {small(float(y))}; its "
        f"{ground.height} is {small(float(ball.heights[now]))}. In {STEPS} steps it {ball.word}."
    )


# ---- tasks ----------------------------------------------------------------------------------------------

Task = Callable[[Asked, Ball], tuple[str, Verdict]]


def edge(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """The rate just below divergence."""
    start = (float(ball.points[0, 0]), float(ball.points[0, 1]))
    faster = replace(ball.moves, rate=ball.moves.rate + terrain(asked).rates[1])
    further = rolled(asked, start, faster).word
    says = f"Here it {ball.word}; one step of the scale higher it {further}."
    done = ball.word != DIVERGES and further == DIVERGES
    wanted = "Make it diverge. Then find the largest learning rate of the scale at which it does not."
    return wanted, Verdict(done, says)


def early(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """Down the narrow valley, faster than gradient descent alone can."""
    x, y = np.abs(ball.points[0])
    low = float(np.nanmin(ball.heights[:21]))
    far = x >= 1.0 and y >= 0.5
    says = f"It gets to {small(low)}." if far else "It starts nearer."
    wanted = "From p at least 1 and q at least 0.5 in size: below 0.01 within 20 steps. Momentum helps."
    return wanted, Verdict(bool(far and low < 0.01), says)


def trapped(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """The end in a minimum that is not the lowest."""
    if not any(name == "local minimum" for _, _, name in terrain(asked).relief.minima):
        return "Get below 0.001.", Verdict(bool(np.nanmin(ball.heights) < 1e-3), lowest_said(ball))
    done = rests(asked, ball) and where(asked, ball) == "local minimum"
    return f"End in the local minimum{AT_REST}.", Verdict(done, said_of_the_end(asked, ball))


def rests(asked: Asked, ball: Ball) -> bool:
    """Whether it is in the minimum in which it ends for all of the last steps."""
    return ball.end is not None and lingers(ball, terrain(asked).landscape.minima[ball.end], NEAR)


def lingers(ball: Ball, place: tuple[float, float], within: float) -> bool:
    """Whether it is that close to a place for all of the last steps."""
    return bool(np.hypot(*(ball.points[-LAST:] - place).T).max() <= within)


def said_of_the_end(asked: Asked, ball: Ball) -> str:
    """Where it ends, and whether it is at rest there."""
    passing = ball.end is not None and not rests(asked, ball)
    return f"It ends in: {where(asked, ball)}{', passing through' if passing else ''}."


def lowest_said(ball: Ball) -> str:
    """How far down it gets."""
    return f"It gets to {small(float(np.nanmin(ball.heights)))}."


def over(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """Across the ridge."""
    right = ball.points[0, 0] > 0.25
    says = said_of_the_end(asked, ball) if right else "It starts left of the ridge."
    wanted = f"Start right of the ridge, p above 0.25, and end in the global minimum{AT_REST}."
    return wanted, Verdict(bool(right and ball.end == 0 and rests(asked, ball)), says)


def balanced(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """The end on the saddle."""
    away = np.hypot(*ball.points.T)
    far, end = bool(away[0] >= 1.0), float(away[-LAST:].max())
    says = f"In the last {LAST} steps it is up to {beside(end, STILL)} away." if end < 1e3 else "It leaves."
    wanted = (
        "Start at least 1 away from the saddle between the two minima and come to rest on it: within "
        f"{short(STILL)} of it for the last {LAST} steps."
    )
    return wanted, Verdict(far and lingers(ball, (0.0, 0.0), STILL), says if far else "It starts nearer.")


def flat(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """A plateau."""
    low = float(ball.heights.min())
    done = ball.word in (CRAWLS, STAYS) and ball.moves.rate >= 1.0 and low > 0.3
    wanted = "Find a plateau: at a learning rate of at least 1 it crawls or stays, its loss always above 0.3."
    return wanted, Verdict(done, f"It {ball.word}. {lowest_said(ball)}")


def lowest(asked: Asked, ball: Ball) -> tuple[str, Verdict]:
    """The end in the lowest minimum."""
    done = ball.end == 0 and rests(asked, ball)
    return f"End in the deepest minimum{AT_REST}.", Verdict(done, said_of_the_end(asked, ball))


TASKS: dict[str, tuple[Task, ...]] = {
    "bowl": (edge,),
    "narrow valley": (edge, early),
    "two valleys": (trapped, over),
    "saddle": (balanced,),
    NEURON: (trapped, lowest, flat),
    PAIR: (trapped, lowest),
}


def loses(ground: Terrain) -> Question:
    """How soon the ball is down."""
    label = (
        f"Play nothing yet: after how many of {STEPS} steps is a tenth or less of its {ground.height} above "
        "the lowest left?"
    )
    return Question(label, (*SOON, NEVER), {"ball_steps": float(STEPS)})


def lost_most(ground: Terrain, ball: Ball, chosen: str) -> Verdict:
    """The first step after which it has lost that much."""
    above = ball.heights - ground.relief.lowest
    down = np.flatnonzero(above <= LEFT * above[0])
    if not len(down):
        least = small(float(np.nanmin(above)))
        return answer(chosen, NEVER, f"It starts {small(float(above[0]))} above it and gets down to {least}.")
    first = int(down[0])
    right = next(told for told, most in SOON.items() if first <= most)
    heights = f"from {small(float(above[0]))} above it to {small(float(above[first]))}"
    return answer(chosen, right, f"{first} {'step leads' if first == 1 else 'steps lead'} {heights}.")


# ---- the page -------------------------------------------------------------------------------------------


def inputs(asked: Asked) -> dict[str, Any]:
    """Where the ball starts, how it moves, and how it is looked at."""
    ground = terrain(asked)
    count, size = ground.rates
    *start, share = STARTS[asked.name]
    places = {
        name: Knob(f"start {title}", *ends, value=value, step=ground.step)
        for name, title, ends, value in zip(
            "pq", ground.relief.titles, ground.landscape.domain, start, strict=True
        )
    }
    views = (CONTOURS, SURFACE) if ground.true_loss else (CONTOURS, SURFACE, FATES)
    rate = Knob("learning rate", 0, count * size, value=0, step=size, colour="error")
    return {
        **places,
        "ball_rate": replace(rate, value=rate.snap(share * rate.high)),
        "momentum": Knob("momentum", 0, 0.95, value=0, step=0.05),
        "ball_steps": Knob("steps", 0, STEPS, value=0, step=1, colour="network"),
        "seen": Choice("seen as", views, CONTOURS),
        "lost": loses(ground),
    }


def forget(asked: Asked) -> None:
    """Take the settings out of the link where they belong to another landscape."""
    if st.session_state.get("landscape before", asked) != asked:
        for name in inputs(asked):
            link().pop(name, None)
    st.session_state["landscape before"] = asked


def landscape_asked() -> Asked:
    """Which landscape, and which of the mixer's parameters."""
    menu, rest = st.columns([3, 7], vertical_alignment="bottom")
    name = menus.choose(menu, "Landscape", NAMES, "scape", FIRST)
    if name != PAIR:
        asked = Asked(name)
        ground = terrain(asked)
        rest.markdown(f"{ground.height} ${ground.landscape.formula}$")
        return asked
    places = rest.columns([2, 2, 3])
    across = menus.choose(places[0], "Across", [*NAMED], "across", "w₂")
    others = [each for each in NAMED if each != across]
    up = menus.choose(places[1], "Up", others, "up", "w₂" if across == "v₁" else "v₁")
    return Asked(name, NAMED[across], NAMED[up])


def show() -> None:
    """The menus and the stage of the landscape, and the words below."""
    asked = landscape_asked()
    forget(asked)
    stage(
        "landscape",
        partial(picture, asked),
        grips={"ball": drop},
        formerly={"x": "p", "y": "q"},
        **inputs(asked),
    )
    two_columns(THE_BALL, MOMENTUM)
    more_exactly(COMPUTED)


# ---- the words ----------------------------------------------------------------------------------------

THE_BALL = """
## What the ball knows

Every point of the map is a setting of two [[parameters]], p and q; its height is the [[loss]] there. Click
anywhere to drop the ball. Each step goes against the slope under the ball, by the slope times the
[[learning rate]]. The ball knows nothing else: no height, no map. So it finds *a* minimum at best, and
**cannot tell whether there is a deeper one**. On a plateau it crawls. On a saddle the slope is 0, too, and
the ball can come to rest there. In *two valleys*, start on both sides of the ridge, then look at *which
start ends where*.

## Why it zigzags

Downhill is at a right angle to the level lines. In a *narrow valley* that points at the opposite wall and
hardly along the valley. With a large rate the ball bounces from wall to wall, with a small one it crawls.
If the rate is too large, every bounce is higher than the one before: the ball **moves away**.
"""
MOMENTUM = f"""
## Momentum

With [[momentum]] the ball keeps that share of its last step and adds the new one. Along the valley the steps
add up; across it they cancel. It can also carry the ball over a ridge, or out of a good minimum.

## What is shown

Along a level line the height is the same; some lines say it. Dots are steps, the diamond is where the ball
is now. The colours of *which start ends where* say in which minimum the ball ends after {STEPS} steps;
where there is no colour, it ends in none.

*One neuron* and *two weights of the mixer* are true losses: each point of the map is a network. The neuron
fits seven samples, one of them far off.
"""
COMPUTED = f"""
The ball *converges* if in the second half of its {STEPS} steps it stays within a tenth of its way from
where it ends, and *oscillates* if a step turns back on the one before. The height above the deepest point
is drawn down to 10⁻⁶.

The **curvature** κ of a minimum says how fast the slope grows beside it. Without momentum the ball swings
from a rate of 1/κ on, and moves away above 2/κ; with a momentum of μ above 2(1 + μ)/κ.

The minima marked were found from a grid of {GRID} × {GRID} points; a narrower one could be missed.
"""
