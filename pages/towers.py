"""Towers: walls make ridges, ridges a cross, one more layer a tower, and towers side by side a surface."""

from __future__ import annotations

from functools import partial
from math import floor, log10

import numpy as np
import streamlit as st

from nn_core.building.builds import (
    BUILDS,
    MOST_TILES,
    Build,
    SurfaceErrors,
    errors_against_count,
    surface_errors,
    tile_lines,
)
from nn_core.building.towers import cross, ridge, tower, wall
from nn_core.grids import lattice, line
from nn_core.networks.network import Network
from nn_core.targets.surfaces import Surface, surface_values
from pages.shared.asking import menus, targets
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import surfaces
from pages.shared.glossary.telling import words
from pages.shared.numbers import beside, grouped, plain, short, small
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

SIDE = 41
SQUARE = line((0.0, 1.0), SIDE)
SAMPLES = lattice(SQUARE, SQUARE)
WALL, RIDGE, CROSS, TOWER = "a wall", "a ridge", "a cross", "a tower"
ARMED = (CROSS, TOWER)
# Beside a tower's edges so much of its size is left to its walls, which are not upright.
RIM = 0.1
WITHIN = {WALL: (0.0, 1.2), RIDGE: (0.0, 1.2), CROSS: (0.0, 2.2), TOWER: (0.0, 1.2)}


# ---- one tower ----------------------------------------------------------------------------------------


CORNERS = {"0": 0.0, "½": 0.5, "1": 1.0, "2": 2.0}
CORNER = Question(
    "Suppose two ridges cross. How high is the cross where an edge of one meets an edge of the other?",
    tuple(CORNERS),
    {"made": CROSS},
)


def at_the_corner(chosen: str, middle: tuple[float, float], size: float, steepness: float) -> Verdict:
    """The height of the cross where two of its edges meet, to the nearest of the answers."""
    if not chosen:
        return answer(chosen, chosen, "")
    across, up = ((each - size / 2, each + size / 2) for each in middle)
    height = float(cross(across, up, steepness)(np.array([[across[1], up[1]]]))[0, 0])
    right = min(CORNERS, key=lambda name: abs(CORNERS[name] - height))
    return answer(
        chosen, right, f"It is {plain(height, 3)} there: each ridge has half its height at its edge."
    )


def construction(
    made: str,
    steepness: float,
    x1: float,
    x2: float,
    size: float,
    threshold: float,
    sharpness: float,
    corner: str = NOTHING,
) -> Picture:
    """One step of the construction: a wall, a ridge, a cross or a tower."""
    across, up = ((middle - size / 2, middle + size / 2) for middle in (x1, x2))
    network = {
        WALL: lambda: wall(across[0], steepness),
        RIDGE: lambda: ridge(*across, steepness),
        CROSS: lambda: cross(across, up, steepness),
        TOWER: lambda: tower(across, up, steepness, sharpness, threshold),
    }[made]()
    heights = network(SAMPLES)[:, 0].reshape(SIDE, SIDE)
    inside, outside = probes(network, (x1, x2), size)
    arms = plain(outside, 3) if made in ARMED else None
    around = f", at most {arms} on the arms of the cross." if arms else "; it has no arms yet."
    told = f"{plain(inside, 3)} in the middle{around}"
    return Picture(
        surfaces.surface(SQUARE, SQUARE, heights, WITHIN[made]),
        files=files_of(network, np.array([[x1, x2]])),
        readouts={
            "in the middle": plain(inside, 3),
            "on the arms, at most": arms,
            **sizes(network),
        },
        measures={
            "height in the middle": inside,
            "height on the arms": outside,
            "steepness w": steepness,
            "steepness w₂": sharpness,
            **counts(network),
        },
        tasks={
            "A tower: at least 0.95 in the middle, and nowhere more than 0.05 outside a rim around its edges "
            "that is a tenth of its size wide.": Verdict(
                made == TOWER and inside >= 0.95 and outside <= 0.05,
                f"{made.capitalize()} of height {told}",
                (made != TOWER) + max(0.95 - inside, 0.0) + max(outside - 0.05, 0.0),
            ),
            CORNER.label: at_the_corner(corner, (x1, x2), size, steepness),
        },
        description=f"{made.capitalize()}: {told}",
        idle=idle(made),
    )


def idle(made: str) -> dict[str, str]:
    """Why knobs do nothing yet, by their names."""
    threshold = "" if made == TOWER else "only a tower has a threshold"
    across = "" if made in ARMED else f"{made} knows x₁ alone"
    return {"x2": across, "threshold": threshold, "sharpness": threshold}


def probes(network: Network, centre: tuple[float, float], size: float) -> tuple[float, float]:
    """The height in the middle, and the largest one on the arms, outside the rim.

    A cross falls with the distance from its middle, along x and along y. So nowhere outside the rim, inside
    the square or beyond it, is a cross or a tower higher than on the arms just there.
    """
    (x, y), away = centre, (0.5 + RIM) * size
    arms = np.array([[x - away, y], [x + away, y], [x, y - away], [x, y + away]])
    return float(network(np.array([centre]))[0, 0]), float(network(arms).max())


def sizes(network: Network) -> dict[str, str]:
    """How many hidden layers and units there are."""
    widths = [str(layer.biases.size) for layer in network.layers[:-1]]
    return {
        "hidden layers": str(network.depth),
        "hidden units": " + ".join(widths),
        "parameters": grouped(network.n_parameters),
    }


def counts(network: Network) -> dict[str, float]:
    """How many hidden units and parameters there are."""
    return {
        "hidden units": float(sum(layer.biases.size for layer in network.layers[:-1])),
        "parameters": float(network.n_parameters),
    }


# ---- R x R towers -------------------------------------------------------------------------------------

COUNTS = tuple(range(1, MOST_TILES + 1))
LARGEST, MEAN = "largest error", "L2 error"
NETWORK, TARGET = "the network", "the target"


def extent(surface: Surface) -> tuple[float, float]:
    """The least and the largest height of a target on a grid, 0 among them; a whole unit where it is 0."""
    heights = surface_values(surface, lattice(*(line(ends, SIDE) for ends in surface.domain)))
    low, high = min(0.0, float(heights.min())), max(0.0, float(heights.max()))
    return (low, high) if high > low else (low, low + 1.0)


def towers_picture(surface: Surface, build: Build, r: float, look: str, measure: str) -> Picture:
    """R times R towers, or hats, beside how the error depends on R."""
    count = int(r)
    network = build(surface, count)
    found = surface_errors(network, surface, lattice(*tile_lines(surface.domain, count)))
    mean = float(errors_against_count(surface, COUNTS, build)[1][count - 1])
    low, high = extent(surface)
    now = r, mean if measure == MEAN else found.sup_norm
    return Picture(
        [surface_plot(network, surface, count, found, look), errors_plot(surface, now, measure)],
        files=files_of(network, np.array([found.where])),
        readouts={
            LARGEST: small(found.sup_norm),
            "at (x₁, x₂)": f"({plain(found.where[0])}, {plain(found.where[1])})",
            MEAN: small(mean),
            "steepness w": told_steepness(build, surface, count),
            **sizes(network),
        },
        measures={LARGEST: found.sup_norm, MEAN: mean, **counts(network)},
        tasks=tower_tasks(build, found.sup_norm, mean, high - low),
        description=f"{count} by {count} {build}: the largest error is {small(found.sup_norm)}, the L2 "
        f"error {small(mean)}.",
    )


def surface_plot(network: Network, surface: Surface, count: int, found: SurfaceErrors, look: str) -> Figure:
    """The network or its target, coloured by the distance between them; on the network the worst point.

    found: on the grid of `tile_lines`.
    """
    x, y = tile_lines(surface.domain, count)
    samples = lattice(x, y)
    target = surface_values(surface, samples).reshape(len(y), len(x))
    heights = found.values.reshape(target.shape)
    there = np.array([found.where])
    worst = (*found.where, float(network(there)[0, 0]), float(surface(there)[0]))
    low, high = extent(surface)
    room = 0.1 * (high - low)
    return surfaces.surface(
        x,
        y,
        heights if look == NETWORK else target,
        (low - room, high + room),
        distances=np.abs(heights - target),
        worst=worst if look == NETWORK else None,
        unit=high - low,
    )


def errors_plot(surface: Surface, now: tuple[float, float], measure: str) -> Figure:
    """One measure of the error against R, for all that can be built."""
    which = (LARGEST, MEAN).index(measure)
    measured = {name: errors_against_count(surface, COUNTS, build)[which] for name, build in BUILDS.items()}
    return surfaces.errors(np.array(COUNTS, dtype=float), measured, now, measure)


def told_steepness(build: Build, surface: Surface, count: int) -> str | None:
    """The steepness of the walls; None for hats, which have none."""
    return None if build.steepness is None else short(build.steepness(surface.domain, count))


def tower_tasks(build: Build, largest: float, mean: float, span: float) -> dict[str, Verdict]:
    """A small error on average, and a small one everywhere: about a tenth of the target's height."""
    # Of two digits, as the words say it.
    goal = round(span / 10, 1 - floor(log10(span / 10)))
    return {
        f"An L2 error below {small(goal)}, with towers.": Verdict(
            build.steepness is not None and mean < goal,
            f"It is {beside(mean, goal)}, with {build}.",
            None if build.steepness is None else mean,
        ),
        f"A largest error below {small(goal)}, built from anything.": Verdict(
            largest < goal, f"It is {beside(largest, goal)}, with {build}.", largest
        ),
    }


# ---- the page -----------------------------------------------------------------------------------------

st.title("Towers")
st.markdown(
    "How much you like a song, for every tempo and every loudness, is a surface over the plane. Walls and "
    "ridges take one hidden layer. With a **second**, a surface can be built from towers."
)
stage(
    "tower",
    construction,
    made=Choice("built so far", (WALL, RIDGE, CROSS, TOWER), WALL),
    steepness=Knob("steepness w", 5, 200, value=60, step=5, colour="weight"),
    formerly={"x": "x1", "y": "x2"},
    x1=Knob("centre x₁", 0.1, 0.9, value=0.5, step=0.02, colour="unit-1"),
    x2=Knob("centre x₂", 0.1, 0.9, value=0.5, step=0.02, colour="unit-2"),
    size=Knob("size", 0.1, 0.8, value=0.4, step=0.02, colour="network"),
    threshold=Knob("threshold", 0, 2, value=1.5, step=0.05, colour="bias"),
    sharpness=Knob("steepness w₂", 1, 60, value=40, step=1, colour="weight"),
    corner=CORNER,
)
words("parameters")
two_columns(
    """
## From a wall to a tower

A **wall** is one hidden neuron whose weight for x₂ is 0. Two walls make a **ridge**, height 1 between them. A
ridge along x₁ and one along x₂ make a **cross**: 2 in the middle, 1 on the arms, 0 elsewhere.
""",
    """
## The second layer

A sum of ridges along x₁ and x₂ has arms. One more neuron cuts them off: it asks whether the cross is above
**3/2**. So a tower has **two** hidden layers, 4 + 1 units. Drag the threshold below 1, and the arms are back.

By the theorem of *Any curve* one hidden layer is enough for any continuous surface, too, with walls in all
directions; but not by so simple a plan.
""",
)

st.header("Towers side by side")
st.markdown(
    "Each tower is as high as the target in the middle of its tile. Colour shows the error; the two diamonds "
    "stand where it is largest, on the network and on the target."
)
places = st.columns(2)
row, remarks = st.container(horizontal=True), st.container()
target = targets.surface(places[0], row, remarks)
build = BUILDS[menus.choose(places[1], "Built from", [*BUILDS], "build", next(iter(BUILDS)))]
stage(
    "towers",
    partial(towers_picture, target, build),
    r=Knob("towers along a side R", 1, COUNTS[-1], value=6, step=1, colour="network"),
    look=Choice("the surface shows", (NETWORK, TARGET), NETWORK),
    measure=Choice("the lower plot shows the", (LARGEST, MEAN), LARGEST),
)
two_columns(
    """
### A hole at every corner

Where four tiles meet, each of the four towers is at half height along both its ridges: its cross is
½ + ½ = 1, below 3/2, so **all four are off**. However fine the grid and however steep the walls, the network
is near 0 there, and the largest error stays about as large as the target itself.

The holes are small, though, and the steeper the walls, the smaller they are. The [[L2 error]] is the error on
average. Choose *towers that steepen*: their walls become steeper as R grows, and their L2 error goes to 0.
""",
    """
### What has no holes

A **hat** is 1 at one corner of the grid and falls to 0 at the corners beside it. Hats overlap so that they
add up to 1 everywhere, and their weighted sum goes through the target at every corner. With twice as many
along a side the largest error falls to about a quarter, on a smooth target.

It takes **two** hidden layers, as a tower does, of ReLUs.
""",
)
more_exactly(
    """
A hole has an area of about 1/w², where w is the steepness. The walls of *towers that steepen* have a w that
grows like R². The [[largest error]] is looked for on the 57 × 57 points that are drawn, the tiles' corners
among them.

For a **hat** the first hidden layer finds |d₁|, |d₂| and |d₁ − d₂|, where d₁ and d₂ are the distances from
the corner along x₁ and x₂, in cells. Half their sum is the largest of the three, m. The second layer makes
max(0, 1 − m) of it. The largest error falls like 1/R².
"""
)
