"""The walk: a forward pass multiplies and adds, one number after the other, with numbers of the reader's."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.networks import costs
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, RELU, STEP, Activation
from nn_core.networks.network import Layer, Network
from nn_core.networks.steps import Kind, Walk, n_steps, walk, winners
from pages.shared.activations import offered, turning, written
from pages.shared.asking import menus
from pages.shared.asking.beliefs import GOES_ON
from pages.shared.figures.drawings import passing, sheet
from pages.shared.figures.latex import equations
from pages.shared.glossary.telling import tell as explain
from pages.shared.numbers import compact, grouped, lowered
from pages.shared.programs import files_of
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import linked, stage

Rows = tuple[tuple[float, ...], ...]
Sizes = tuple[int, ...]

UP_TO = tuple(map(str, range(1, 7)))
NO_LAYER = "none"
MENU_WIDTH = 160
NONE = "none"

# ---- the numbers of the network -----------------------------------------------------------------------

FIRST_NUMBERS: dict[str, Rows] = {
    "x": ((2.0, 5.0, 7.0, 3.0, 1.0, 4.0),),
    "W of the first layer": ((2.0, 1.0), (1.0, 1.0), (1.0, 1.0), (-1.0, 1.0)),
    "b of the first layer": ((-9.0, -7.0),),
    "W of the output": ((-1.0,), (1.0,)),
}
Cell = tuple[str, int, int]


def first_number(cell: Cell) -> float:
    """What a cell holds before anybody has typed into it: a whole number from −2 to 2, biases 0."""
    table, row, column = cell
    given = FIRST_NUMBERS.get(table, ())
    if row < len(given) and column < len(given[row]):
        return given[row][column]
    return 0.0 if table.startswith("b") else float((3 * row + 4 * column + 3) % 5 - 2)


def tables(sizes: Sizes) -> dict[str, tuple[str, int, int]]:
    """For every matrix on the stage, by its name, which table of numbers it shows and how much of it."""
    layers = [*("the first layer", "the second layer")[: len(sizes) - 2], "the output"]
    found = {"x": ("x", 1, sizes[0])}
    for index, (layer, (before, after)) in enumerate(zip(layers, pairwise(sizes), strict=True), start=1):
        found[f"W{index}"] = (f"W of {layer}", before, after)
        found[f"b{index}"] = (f"b of {layer}", 1, after)
    return found


def matrices(sizes: Sizes) -> dict[str, Matrix]:
    """The inputs for every number of a network of these sizes."""
    found = {}
    for name, (table, rows, columns) in tables(sizes).items():
        first = tuple(
            tuple(first_number((table, row, column)) for column in range(columns)) for row in range(rows)
        )
        if name == "x":
            found[name] = Matrix("input x", first, "the sample", "an input", "input")
        elif name.startswith("W"):
            found[name] = Matrix(f"weights W{lowered(int(name[1:]))}", first, "an input", "a unit", "weight")
        else:
            found[name] = Matrix(f"biases b{lowered(int(name[1:]))}", first, "the layer", "a unit", "bias")
    return found


def keep_numbers(before: Sizes, after: Sizes, kept: dict[Cell, float]) -> None:
    """Put every number that was set into the link again, as the tables of the new sizes hold it.

    kept: all numbers there have been, cell by cell; those of the link as it is are written into it.
    """
    present = linked(**matrices(before))
    for name, (table, _, _) in tables(before).items():
        for row, cells in enumerate(present[name]):
            kept |= {(table, row, column): cell for column, cell in enumerate(cells)}
        link().pop(name, None)
    for name, matrix in matrices(after).items():
        table, rows, columns = tables(after)[name]
        cells = [[(table, row, column) for column in range(columns)] for row in range(rows)]
        value = tuple(tuple(kept.get(cell, first_number(cell)) for cell in row) for row in cells)
        if value != matrix.first:
            link()[name] = matrix.write(value)
    link().pop("step", None)


def asked_sizes(row: DeltaGenerator) -> Sizes:
    """The menus for the sizes, in the row; where one has changed, the numbers move into their new tables."""
    if "inputs" not in st.session_state:
        for name in ("sizes", "numbers before"):
            st.session_state.pop(name, None)
    places = [row.container(width=MENU_WIDTH) for _ in range(4)]
    inputs = menus.choose(places[0], "Inputs", UP_TO, "inputs", "4")
    first = menus.choose(places[1], "Units of layer 1", UP_TO, "first", "2")
    second = menus.choose(places[2], "Units of layer 2", (NO_LAYER, *UP_TO), "second", NO_LAYER)
    outputs = menus.choose(places[3], "Outputs", UP_TO, "outputs", "1")
    sizes = tuple(int(size) for size in (inputs, first, second, outputs) if size != NO_LAYER)
    move_numbers(sizes)
    return sizes


def move_numbers(sizes: Sizes) -> None:
    """Where the sizes have changed, put the numbers into their new tables."""
    kept = st.session_state.setdefault("numbers before", {})
    now = st.session_state.get("sizes", sizes)
    if now != sizes:
        keep_numbers(now, sizes, kept)
    st.session_state["sizes"] = sizes


# ---- the walk -----------------------------------------------------------------------------------------


def between() -> dict[str, Activation]:
    """What may stand between the layers, by what the menu calls it: the identity is no activation there."""
    names = offered(turning, written, first=(IDENTITY, RELU), last=(STEP,))
    return {NONE if name == IDENTITY.name else name: ACTIVATIONS[name] for name in names}


@lru_cache(64)
def walked(activation: Activation, numbers: tuple[Rows, ...]) -> Walk:
    """The walk through the network that the reader's numbers make: x, W1, b1, W2, b2, ..."""
    x, *rest = (np.array(rows) for rows in numbers)
    functions = [activation] * (len(rest) // 2 - 1) + [IDENTITY]
    layers = tuple(
        Layer(weights, biases[0], function)
        for weights, biases, function in zip(rest[::2], rest[1::2], functions, strict=True)
    )
    return walk(Network(layers), x[0])


FIRST_SUM = "Play nothing yet: with the first numbers, what is z of unit 1?"


@lru_cache(maxsize=32)
def sums(sizes: Sizes) -> tuple[float, float, float]:
    """Of the first numbers z of unit 1, the same without the bias, and with no minus before a weight."""
    first = matrices(sizes)
    x, weights = (np.array(first[name].first) for name in ("x", "W1"))
    bias, weights = first["b1"].first[0][0], weights[:, 0]
    return float(x[0] @ weights + bias), float(x[0] @ weights), float(x[0] @ np.abs(weights) + bias)


def by_hand(sizes: Sizes) -> Question:
    """What unit 1 of layer 1 adds up to, asked before it is played."""
    right, *others = sums(sizes)
    options = dict.fromkeys(compact(each) for each in (*others, right, right + 1.0))
    first = matrices(sizes)
    shows = {name: first[name].first for name in ("x", "W1", "b1")} | {"step": sizes[0] + 1.0}
    return Question(FIRST_SUM, tuple(options), shows)


def picture(sizes: Sizes, step: float, activation: str, unit: str = NOTHING, **given: Rows) -> Picture:
    """So many steps of the walk, as neurons and as a sheet of calculation."""
    numbers = tuple(given[name] for name in tables(sizes))
    shown = walked(between()[activation], numbers)
    count = int(step)
    return Picture(
        [],
        beside=True,
        diagram=passing.neurons(shown, count, sheet.height(sizes)),
        formula=sheet.sheet(shown, count),
        files=files_of(shown.network, np.array(given["x"])),
        readouts={
            "is the output above 0?" if sizes[-1] == 1 else "which output is largest?": passing.told_output(
                shown
            ),
            "parameters": grouped(costs.n_parameters(sizes)),
            "multiplications": grouped(costs.n_multiplications(sizes)),
        },
        tasks={FIRST_SUM: added_up(unit, sizes)}
        | tasks(shown, count, numbers)
        | {GOES_ON.label: learnt_meanwhile(shown, count, numbers)},
        description=f"Step {count} of {len(shown.steps)}. {told_step(shown, count)} The answer of the "
        f"whole pass: {passing.told_output(shown)}.",
    )


def told_step(shown: Walk, count: int) -> str:
    """The last step in words."""
    if not count:
        return "Nothing is calculated yet."
    now = shown.steps[count - 1]
    where = f"Layer {now.layer + 1}, unit {now.unit + 1}:"
    if now.kind is Kind.ANSWER:
        return "Everything is calculated."
    if now.kind is Kind.ACTIVATION:
        return f"{where} the activation gives {compact(now.total)}."
    if now.kind is Kind.BIAS:
        return f"{where} the bias {compact(now.amount)} is added, z is {compact(now.total)}."
    given, weight = (
        compact(float(each[now.index]))
        for each in (shown.inputs(now.layer), shown.network.layers[now.layer].weights[:, now.unit])
    )
    return f"{where} {given} times {weight} is added, the sum is {compact(now.total)}."


def tasks(shown: Walk, count: int, numbers: tuple[Rows, ...]) -> dict[str, Verdict]:
    """The whole walk, one number that changes the answer, and activations that do and do not."""
    now = winners(shown.passed.output[0])
    changed = changed_inputs(numbers[0])
    given, *rest = numbers
    first = (tuple(first_number(("x", 0, column)) for column in range(len(given[0]))),)
    was = winners(walked(shown.activation, (first, *rest)).passed.output[0])
    straight = winners(walked(IDENTITY, numbers).passed.output[0])
    bent = shown.activation != IDENTITY
    same = "the same" if now == straight else "another"
    told = f"With a = z the answer is {same}." if bent else "There is no activation between the layers."
    return {
        "Play the step to its end.": Verdict(
            count == len(shown.steps), f"Step {count} of {len(shown.steps)}."
        ),
        "Change the answer by changing a single number of x.": Verdict(
            changed == 1 and now != was,
            f"{changed} of {len(given[0])} numbers changed. The answer is "
            f"{'another' if now != was else 'still that of the first x'}.",
        ),
        "Find an activation that changes the answer.": Verdict(bent and now != straight, told),
        "Find one that does not.": Verdict(bent and now == straight, told),
    }


def added_up(chosen: str, sizes: Sizes) -> Verdict:
    """Whether that is z of unit 1."""
    z, products, _ = sums(sizes)
    bias = compact(z - products)
    return answer(chosen, compact(z), f"The products add up to {compact(products)}, and the bias is {bias}.")


def learnt_meanwhile(shown: Walk, count: int, numbers: tuple[Rows, ...]) -> Verdict:
    """How many of the network's numbers differ from those that were given, once it has answered."""
    given = np.concatenate([np.ravel(rows) for rows in numbers[1:]])
    after = np.concatenate(
        [np.ravel(part) for layer in shown.network.layers for part in (layer.weights, layer.biases)]
    )
    changed = int((given != after).sum())
    asked = changed_inputs(numbers[0])
    return Verdict(
        count == len(shown.steps) and asked > 0 and not changed,
        f"{asked} numbers of x are new, and {count} of {len(shown.steps)} steps are done. Of {len(after)} "
        f"weights and biases {changed} changed by that.",
        (not asked) + 1.0 - count / len(shown.steps),
    )


def changed_inputs(x: Rows) -> int:
    """How many numbers of x are not those that it starts with."""
    return sum(cell != first_number(("x", 0, column)) for column, cell in enumerate(x[0]))


def show_walk(sizes: Sizes) -> Walk:
    """The stage of the walk; what it shows once its numbers are let go."""
    steps = n_steps(sizes)
    found: dict[str, Any] = matrices(sizes)
    # A stage of its own for other sizes: what the browser still holds of the old tables does not fit.
    values = stage(
        f"forward {' '.join(map(str, sizes))}",
        partial(picture, sizes),
        cards=[GOES_ON.begun(step=float(steps))],
        step=Knob("step", 0, steps, value=1, step=1, colour="weight"),
        activation=Choice("activation between the layers", tuple(between()), NONE),
        unit=by_hand(sizes),
        **found,
    )
    return walked(between()[values["activation"]], tuple(values[name] for name in found))


# ---- the scene ----------------------------------------------------------------------------------------


def show(row: DeltaGenerator) -> Sizes:
    """The menus, the stage and the words; the sizes of the network that is shown. row: for the menus."""
    sizes = asked_sizes(row)
    tell(show_walk(sizes))
    return sizes


def tell(shown: Walk) -> None:
    """The three steps in words, beside the code that does them, and the whole pass in matrices."""
    left, right = st.columns(2, gap="large")
    explain(THREE_STEPS, left)
    right.markdown("## The same in NumPy")
    right.code(equations.listing(shown), language="python")

    st.header("The whole pass")
    whole = st.container()
    for line in equations.matrix_equations(shown):
        whole.latex(line)


# ---- the words ----------------------------------------------------------------------------------------

THREE_STEPS = r"""
### Three steps, layer by layer

1. **Take** the outputs of the layer before; for layer 1 that is x.
2. **Multiply** by the [[matrix]] of weights and **add** the biases: ${z = a\,W + b}$.
3. **Apply** the activation: ${a = f(z)}$.

Then the next layer does the same with its own matrix. W has a row for each input and a column for each unit.

### What to notice

With *none* step 3 is left out: a = z, and all is multiplying and adding. *ReLU* keeps z where it is positive,
*step* says only whether z ≥ 0.

Go back to the first numbers and *none*, and change the second number of x, the 5. The answer stays the same,
whatever you type: both units add it once, and the output subtracts one unit from the other.

A number with zeros at its end was rounded: 1.00 is not exactly 1.
"""
