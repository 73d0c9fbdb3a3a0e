"""Squares: one unit a layer whose activation is the square, and the degree that doubles with every layer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.pieces import crossings
from nn_core.building.deep.repeated import chebyshev, rounding_of, squarings
from nn_core.building.theory import polynomial_floor
from nn_core.grids import column
from nn_core.networks.network import Network
from nn_core.targets.curves import Target
from pages.scenes.depth.heights import Window, ask
from pages.shared.figures.plots.approximation import Rate
from pages.shared.figures.plots.deep import rates
from pages.shared.numbers import beside, small
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

ENDS, MOST = (-1.0, 1.0), 6
# Denser at the ends, where Chebyshev's polynomials are steep.
X = -np.cos(np.linspace(0.0, np.pi, 769))
DEGREES = tuple(2**layers for layers in range(1, MOST + 1))
ASKED, STAYS = 5, 0.1
HOW_HIGH = Question(
    f"{ASKED} layers of one square each: of which degree is the polynomial that they make?",
    ("2", "10", "25", "32"),
    {"layers": float(ASKED)},
)


@lru_cache(maxsize=16)
def floors(target: Target) -> FloatArray:
    """The least largest error that a polynomial of each of the degrees can have."""
    x, values = Window(target).values
    return np.array([polynomial_floor(values, x, degree).sup for degree in DEGREES])


@lru_cache(maxsize=MOST)
def polynomial(layers: int) -> FloatArray:
    """Chebyshev's polynomial of degree 2ᴸ on the grid, to the last digit."""
    return chebyshev(X, layers)


@dataclass(frozen=True, eq=False)
class Scene:
    """So many layers of one square each, and a target for polynomials of that degree."""

    layers: int
    target: Target

    @cached_property
    def network(self) -> Network:
        """2z² − 1, repeated."""
        return squarings(self.layers)

    @cached_property
    def values(self) -> FloatArray:
        """What it is on the grid."""
        return self.network(column(X))[:, 0]

    @property
    def degree(self) -> int:
        """Of the polynomial, by its zeros: it has as many as its degree, all between −1 and 1."""
        return crossings(self.values, 0.0)

    @property
    def apart(self) -> float:
        """How far the network is from Chebyshev's polynomial."""
        return float(np.abs(self.values - polynomial(self.layers)).max())

    @property
    def floor(self) -> float:
        """The least error of a polynomial of that degree."""
        return float(floors(self.target)[self.layers - 1])


def picture(
    target: Target, *, layers: float, how_high: str = NOTHING, within: tuple[float, float] | None = None
) -> Picture:
    """2z² − 1 repeated, and how near polynomials of that degree come to a target.

    within: of no use here, for the target itself is not drawn.
    """
    scene, window = Scene(int(layers), target), Window(target)
    unit = float(10.0 ** np.ceil(np.log10(window.height)))
    rate = Rate("best there is", np.array(DEGREES, dtype=float), floors(target), "error", "solid")
    return Picture(
        [
            rates.repeated(X, scene.values, polynomial(scene.layers)),
            rates.against_degree(rate, (float(scene.degree), scene.floor), unit),
        ],
        files=files_along(scene.network, ENDS),
        readouts=readouts(scene),
        measures={"least error of the degree": scene.floor, "hidden layers": layers},
        tasks=tasks(scene, window.height) | {HOW_HIGH.label: judged(how_high)},
        description=f"{scene.layers} layers of one square each make a polynomial of degree {scene.degree}. "
        f"The best polynomial of that degree is {small(scene.floor)} away from the target.",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """The degree, by how it is made, and what it is good for."""
    return {
        "degree, counted by zeros": str(scene.degree),
        "hidden units": f"{scene.layers}, one a layer",
        "parameters": str(scene.network.n_parameters),
        "off Chebyshev’s, on the grid": small(scene.apart),
        "rounding may put it off by": small(rounding_of(scene.layers)),
        "best of that degree": small(scene.floor),
        "best of one layer, degree 2": small(float(floors(scene.target)[0])),
    }


def tasks(scene: Scene, height: float) -> dict[str, Verdict]:
    """A degree that is high enough, and a target for which none of these is."""
    goal, highest = height / 100, float(floors(scene.target)[-1])
    return {
        "A degree at which some polynomial is nearer than a hundredth of the target's height.": Verdict(
            scene.floor < goal,
            f"The best of degree {scene.degree} is {beside(scene.floor, goal)} away; a hundredth is "
            f"{small(goal)}.",
            max(scene.floor / goal - 1.0, 0.0),
        ),
        "Find a target that polynomials of degree 64 still miss by a tenth of its height.": Verdict(
            highest > STAYS * height, f"The best of degree {DEGREES[-1]} misses this one by {small(highest)}."
        ),
    }


def judged(chosen: str) -> Verdict:
    """The degree of so many squares of squares."""
    degree = crossings(squarings(ASKED)(column(X))[:, 0], 0.0)
    return answer(chosen, str(degree), f"Each layer doubles it: {degree}.")


def show() -> None:
    """The stage of squares of squares, and the words below it."""
    st.markdown(
        "In one layer the square is stuck: sums of squares are polynomials of degree 2, however many there "
        "are. Put one behind the other, and the degree **doubles** with each layer. Raise L."
    )
    asked = ask()
    stage(
        "squares",
        asked.over(picture),
        **asked.inputs,
        layers=Knob("layers L", 1, MOST, value=3, step=1, colour="network"),
        how_high=HOW_HIGH,
    )
    two_columns(WHAT, ENOUGH)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Squares of squares

Each layer has **one** unit, and its activation is z². The next one is given 2z² − 1, and squares that. After
L layers the network is a polynomial of degree 2ᴸ, and a famous one: **Chebyshev's**. It goes up and down
between −1 and 1 as often as a polynomial of its degree can.

*Any curve* says that a polynomial activation is stuck. That is true of **one** hidden layer.
"""
ENOUGH = """
## Is the square enough, then?

The lower plot shows how near the **best** polynomial of each degree comes to your target. For a smooth curve
the error falls steeply; for a corner slowly; across a jump of height J it stays at J/2, for any degree.

Deep networks of four such units a layer come as near as you like to any continuous curve (Kidger and Lyons
2020). What is drawn above is one polynomial of that degree, not the best one for your target.
"""
EXACTLY = """
cos 2a = 2 cos² a − 1: so with x = cos a the network is cos(2ᴸ a). What is left between the two is rounding,
as numbers have 16 digits: a layer rounds by at most 3u, u = 2⁻⁵³, and makes what was off before up to four
times as much. So it is at most 4ᴸ u, 4.5·10⁻¹³ after six layers. To see it, the polynomial is computed in
whole numbers, which are not rounded, and its value rounded once. The degree is counted by the zeros between
−1 and 1, on 769 points that lie denser at the ends. The least error is found by exchanging points (Remez
1934), on 501 points and at jumps; it counts as 0 below 10⁻¹⁴ of the target's size. Kidger and Lyons prove it
for every activation that is not a straight line, polynomials too, with two units a layer more than there are
inputs and outputs.
"""
