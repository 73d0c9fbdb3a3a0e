"""A block: attention, dense layers, and what goes in is added both times; its shapes and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.transformers import WIDER, Shape
from pages.shared.figures.plots.attention import blocks
from pages.shared.numbers import grouped, percent, shortly
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

MOST_DOUBLINGS = 17
TOKENS = np.array([2.0**each for each in range(MOST_DOUBLINGS + 1)])
GPT_3 = Shape(12288, 96, 128)
SAME, TWICE, FOUR = "as many", "twice as many", "four times as many"
HOW_MANY = Question(
    "A text twice as long is to be read. How many parameters does the block need then?",
    (TWICE, SAME, FOUR),
    {"doublings": 11.0},
)


@dataclass(frozen=True)
class Scene:
    """A block that reads so many tokens."""

    n_heads: int
    head_width: int
    doublings: int

    @cached_property
    def shape(self) -> Shape:
        """Its rows are as wide as all heads together, as is usual."""
        return Shape(self.n_heads * self.head_width, self.n_heads, self.head_width)

    @property
    def tokens(self) -> int:
        """How many rows it reads."""
        return int(2**self.doublings)

    @property
    def share(self) -> float:
        """The share of all products that is spent on looking: on scores, and on means of values."""
        looking = self.shape.products_of_looking(self.tokens)
        return looking / (looking + self.shape.products_of_matrices(self.tokens))


def picture(n_heads: float, head_width: float, doublings: float, how_many: str = NOTHING) -> Picture:
    """The block with its shapes, and what it multiplies for texts of any length."""
    scene = Scene(int(n_heads), int(head_width), int(doublings))
    shape = scene.shape
    matrices: FloatArray = np.array([shape.products_of_matrices(int(each)) for each in TOKENS], float)
    looking: FloatArray = np.array([shape.products_of_looking(int(each)) for each in TOKENS], float)
    at = scene.doublings
    return Picture(
        [
            blocks.shapes(scene.tokens, shape, WIDER),
            blocks.costs(TOKENS, matrices, looking, (TOKENS[at], matrices[at], looking[at])),
        ],
        beside=True,
        readouts={
            "tokens T": grouped(scene.tokens),
            "width of a row d": grouped(shape.width),
            "parameters of the heads": shortly(shape.attention),
            "of the dense layers": shortly(shape.dense),
            "in all": shortly(shape.n_parameters),
            "weights looked with": shortly(shape.n_heads * scene.tokens**2),
            "products spent on looking": percent(scene.share, 1),
        },
        measures={"parameters": float(shape.n_parameters), "share of looking": scene.share},
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"A block of {shape.n_heads} heads of {shape.head_width} reads {grouped(scene.tokens)} "
        f"tokens of {grouped(shape.width)} numbers each. It has {shortly(shape.n_parameters)} parameters.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Build a block of GPT-3, and find where looking costs most."""
    shape, wanted = scene.shape, GPT_3.n_parameters
    away = abs(float(np.log2(shape.n_parameters / wanted)))
    return {
        "Build a block of GPT-3: 96 heads of 128.": Verdict(
            shape == GPT_3,
            f"{shape.n_heads} heads of {shape.head_width}: {shortly(shape.n_parameters)} parameters. Its 96 "
            f"blocks have {shortly(96 * wanted)}.",
            away,
        ),
        "Read a text so long that most products are spent on looking.": Verdict(
            scene.share > 0.5,
            f"At {grouped(scene.tokens)} tokens {percent(scene.share, 1)} are. Half it is at 6d, here "
            f"{grouped(6 * shape.width)}.",
            max(0.5 - scene.share, 0.0),
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """What the length of a text does to the number of parameters: no formula of it asks for the length."""
    before, after = (Scene(12, 64, doublings).shape.n_parameters for doublings in (10, 11))
    right = {1: SAME, 2: TWICE, 4: FOUR}[after // before]
    why = f"{shortly(before)} before and {shortly(after)} after: every row goes through the same matrices."
    return answer(chosen, right, why)


def show() -> None:
    """The stage of the block, and the words below it."""
    st.markdown(
        "Here it all comes together: heads side by side, the dense layers of the first lessons, and what "
        "goes in is **added** to what comes out, twice. That is a **transformer block**; a large language "
        "model is dozens of them, one behind the other."
    )
    stage(
        "block",
        picture,
        presets=[Preset("a block of GPT-3", {"n_heads": 96.0, "head_width": 128.0, "doublings": 11.0})],
        n_heads=Knob("heads h", 1, 96, value=12, step=1, colour="network"),
        head_width=Knob("numbers per head m", 1, 128, value=64, step=1, colour="weight"),
        doublings=Knob("doublings of the tokens", 0, MOST_DOUBLINGS, value=10, step=1, colour="input"),
        how_many=HOW_MANY,
    )
    two_columns(WHAT, COST)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Two halves

A text of T [[tokens]] is a table of T rows, each of d numbers. In the **first half** the rows look at each
other: every head makes queries, keys and values of m numbers, T × T weights, and means of the values. What
all heads find is added up, and added to the rows. In the **second half** each row goes alone through a hidden
layer of 4d units and back, and that is added to it, too.

As the rows are only added to, each block corrects a little what it is given, and a [[gradient]] finds its way
back past every block.
"""
COST = """
## What it costs

The [[parameters]] do not ask how long the text is: the same [[matrices]] serve every row. Two thirds of them
stand in the dense layers, not in the attention.

But **everybody looks at everybody**: twice the tokens, four times the weights. So looking costs little in a
short text, and nearly everything in a very long one. Half of all products it takes from T = 6d on. Move the
tokens.
"""
EXACTLY = """
A head has four matrices of d × m numbers: for queries, keys, values, and the way back. With d = h·m they are
4d² in all; the dense layers have 8d² weights and 5d biases. Products are counted of matrices with rows,
T·(4d² + 8d²), and of queries with keys and of weights with values, 2T²d; the softmax is left out. A real
block also scales its rows before each half (layer normalisation), and often has biases in its heads: both
are left out here. GPT-3: 96 blocks, d = 12,288, 96 heads of 128, T = 2,048 (Brown and others 2020, arXiv
2005.14165). Adding what goes in: He and others 2015, arXiv 1512.03385.
"""
