"""What a reader can ask for: a target of their own, an activation of their own, in the link like all else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.arrays import FloatArray
from nn_core.grids import lattice, line
from nn_core.networks.activations import ACTIVATIONS, SIGMOID, Activation
from nn_core.plane.labelled import parse_labelled
from nn_core.tables import TableError
from nn_core.targets.curves import (
    NIELSENS_GOAL,
    RANDOM_CURVE,
    TARGETS,
    Target,
    mended,
    polyline,
    random_smooth,
)
from nn_core.targets.formulas import Formula, formula_activation, parse_formula
from nn_core.targets.reading import FormulaError
from nn_core.targets.samples import Samples, parse_samples, read_samples, resample, write_samples
from nn_core.targets.surfaces import SURFACES, WAVES, Surface, typed_surface
from pages.shared.markdown import literal
from pages.shared.stage.entrance import through_app
from pages.shared.stage.inputs.points import Points

Option = TypeVar("Option", str, int)
Number = TypeVar("Number", int, float)

OWN_FORMULA, OWN_DRAWING, OWN_DATA = "your formula", "your drawing", "your data"
POINTS = 501
FIRST_DATA = "0:0~0.25:0.8~0.5:0.3~0.75:1~1:0.4"
UPLOAD_MB = 5
SURFACE_POINTS, HIGHEST_SURFACE = 113, 1e9
FORMULA_WIDTH, NUMBER_WIDTH = 300, 130
FARTHEST, NARROWEST = 1000.0, 0.001
LARGEST = 1e20
# Of weights up to 200, half an interval beyond its ends.
FARTHEST_Z = 300.0
REMARKS, REFUSED = "data remarks", "data refused"
POINTS_REMARKS, POINTS_REFUSED = "points remarks", "points refused"
FORMULA_HELP = (
    "Numbers, + - * / ^, |x|, comparisons such as x > 0.5, pi, e, and sin cos tan exp ln log sqrt abs min "
    "max sign floor tanh sigmoid relu step. 2x means 2·x."
)


def choose(place: DeltaGenerator, label: str, options: Sequence[str], key: str, first: str) -> str:
    """One of a few names from a menu; its place in the link is `key`."""
    _refuse_unknown(label, options, key, first)
    return place.selectbox(
        label, options, index=list(options).index(first), key=key, bind="query-params", persist_state="page"
    )


def pick(place: DeltaGenerator, label: str, options: Sequence[Option], key: str, first: Option) -> Option:
    """One of very few options, all of them in view; its place in the link is `key`."""
    _refuse_unknown(label, options, key, first)
    chosen = place.segmented_control(
        label, options, default=first, required=True, key=key, bind="query-params", persist_state="page"
    )
    # An entry of the link that is empty chooses none.
    return first if chosen is None else chosen


def _refuse_unknown(label: str, options: Sequence[Option], key: str, first: Option) -> None:
    """Say so where the link holds something else, and take it out."""
    through_app()
    asked = st.query_params.get(key)
    if asked is not None and asked not in map(str, options):
        known = ", ".join(map(str, options))
        st.warning(f"{label}: “{literal(asked[:60])}” is not one of {known}; {first} stands.")


def number(place: DeltaGenerator, label: str, key: str, first: Number, low: Number, high: Number) -> Number:
    """A number that the reader types; its place in the link is `key`."""
    through_app()
    asked = st.query_params.get(key)
    if asked is not None and not _within(asked, low, high):
        rule = f"is no number from {low:g} to {high:g}; {first:g} stands."
        st.warning(f"{label} “{literal(asked[:60])}” {rule}")
    form: dict[str, Any] = {"format": "%d" if isinstance(first, int) else "%g", "width": NUMBER_WIDTH}
    typed: Number = place.number_input(
        label, low, high, first, key=key, bind="query-params", persist_state="page", **form
    )
    return typed


def _within(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


def target(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> Target | None:
    """The target that the reader picks, types or pastes; None where they draw it.

    menu: where the menu stands. row: a horizontal container for what it asks for in turn. remarks: for words.
    """
    options = [*TARGETS, OWN_FORMULA, OWN_DRAWING, OWN_DATA]
    name = choose(menu, "Target", options, "target", NIELSENS_GOAL.name)
    if name == OWN_DRAWING:
        return None
    if name == OWN_FORMULA:
        return _typed_target(row, remarks)
    if name == OWN_DATA:
        return _pasted_target(row, remarks)
    if name == RANDOM_CURVE.name:
        return random_smooth(number(row, "Seed", "seed", 1, 0, 9999))
    return TARGETS[name]


def activation(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> Activation:
    """The activation that the reader picks or types; see `target`."""
    name = choose(menu, "Activation f", [*ACTIVATIONS, OWN_FORMULA], "activation", SIGMOID.name)
    if name != OWN_FORMULA:
        return ACTIVATIONS[name]
    formula = _formula(row, remarks, "Your activation", "f", "tanh(z) + z/4", "z")
    holes = _holes(formula)
    if len(holes):
        remarks.error(
            f"{literal(formula.text)} is no finite number at z = {holes[0]:.4g}. Hidden units use it from "
            f"{-FARTHEST_Z:g} to {FARTHEST_Z:g}, so it has to be finite there; {SIGMOID.name} stands."
        )
        return SIGMOID
    return formula_activation(formula)


def named_activation(name: str) -> Activation:
    """The activation of that name, or the one that the text says. Raises ValueError where there is none."""
    if name in ACTIVATIONS:
        return ACTIVATIONS[name]
    formula = parse_formula(name, ("z",))
    if len(_holes(formula)):
        raise ValueError(f"an activation must be finite where it is used, got {name}")
    return formula_activation(formula)


def _holes(formula: Formula) -> FloatArray:
    """Where a formula is no finite number although hidden units use it there."""
    z = np.linspace(-FARTHEST_Z, FARTHEST_Z, 2401)
    return z[~np.isfinite(formula(z))]


# ---- formulas ---------------------------------------------------------------------------------------


def _formula(
    row: DeltaGenerator, remarks: DeltaGenerator, label: str, key: str, first: str, *variables: str
) -> Formula:
    """A formula that the reader types; while it cannot be read, the last one that could stands."""
    kept = f"{key} that could be read"
    place = row.container(width=FORMULA_WIDTH)
    letters = ", ".join(variables)
    text = place.text_input(
        f"{label} f({letters})",
        first,
        key=key,
        bind="query-params",
        persist_state="page",
        max_chars=200,
        help=FORMULA_HELP,
    )
    try:
        formula = parse_formula(text, variables)
    except FormulaError as error:
        formula = parse_formula(st.session_state.get(kept, first), variables)
        said = str(error) if str(error).endswith("?") else f"{error}."
        remarks.error(f"{label}: {literal(said)} {literal(formula.text)} stands.")
    st.session_state[kept] = formula.text
    place.caption(f"$f({letters}) = {formula.latex}$")
    return formula


def _typed_target(row: DeltaGenerator, remarks: DeltaGenerator) -> Target:
    formula = _formula(row, remarks, "Your target", "formula", "x^2 + sin(10x)/4", "x")
    low = number(row, "from x =", "from", 0.0, -FARTHEST, FARTHEST)
    high = number(row, "to x =", "to", 1.0, -FARTHEST, FARTHEST)
    if not high - low >= NARROWEST:
        rule = f"The interval goes from a smaller x to a larger one, at least {NARROWEST:g} apart"
        remarks.error(f"{rule}, got {low:g} and {high:g}; 0 to 1 stands.")
        low, high = 0.0, 1.0
    return _sound(Target(OWN_FORMULA, formula.latex, formula, (low, high)), remarks)


def _sound(typed: Target, remarks: DeltaGenerator) -> Target:
    """The target with its holes mended, and the reader told of them."""
    try:
        usable, holes = mended(typed, line(typed.domain, POINTS))
    except ValueError:
        remarks.error("The formula is finite nowhere on the interval; x² stands.")
        square = parse_formula("x^2")
        return Target(OWN_FORMULA, square.latex, square, typed.domain)
    if len(holes):
        more = f" and at {len(holes) - 1} more of {POINTS} grid points" if len(holes) > 1 else ""
        remarks.warning(
            f"The target has no finite value, or one beyond 10⁹, at x = {holes[0]:.4g}{more}. "
            "It is drawn and measured where it is finite."
        )
    return usable


def surface(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> Surface:
    """The surface that the reader picks or types; see `target`."""
    name = choose(menu, "Target", [*SURFACES, OWN_FORMULA], "surface", WAVES.name)
    if name != OWN_FORMULA:
        return SURFACES[name]
    formula = _formula(row, remarks, "Your surface", "formula", "x*y + sin(6x)/4", "x", "y")
    typed = typed_surface(formula)
    values = formula(*lattice(*(line(ends, SURFACE_POINTS) for ends in typed.domain)).T)
    if np.isfinite(values).all() and np.abs(values).max() <= HIGHEST_SURFACE:
        return typed
    remarks.error(
        f"{literal(formula.text)} is not finite, or beyond 10⁹, somewhere on the unit square; "
        f"{WAVES.name} stands."
    )
    return WAVES


# ---- data -------------------------------------------------------------------------------------------


def _pasted_target(row: DeltaGenerator, remarks: DeltaGenerator) -> Target:
    samples = _linked_samples(remarks)
    with row.popover("Paste or upload two columns"):
        st.text_area(
            "x and y, one pair a line",
            key="pasted",
            height=160,
            placeholder="0, 0.2\n0.5, 0.9\n1, 0.4",
            on_change=lambda: _take(st.session_state["pasted"]),
        )
        st.file_uploader(
            "or a file: CSV or text",
            key="uploaded",
            max_upload_size=UPLOAD_MB,
            on_change=_take_file,
        )
        st.caption(
            "Columns are separated by commas, semicolons, tabs or spaces. Rows are sorted by x, those of the "
            "same x averaged, and more than 64 points are reduced to 64, so that they fit into the link."
        )
    for remark in st.session_state.get(REMARKS, ()):
        remarks.caption(literal(remark))
    if REFUSED in st.session_state:
        remarks.error(f"Your data: {literal(st.session_state[REFUSED])}. The curve before it stands.")
    return polyline(samples.x, samples.y, OWN_DATA)


def _linked_samples(remarks: DeltaGenerator) -> Samples:
    """The points that the link holds; an example where it holds none."""
    try:
        return _drawable(read_samples(st.query_params.get("data", FIRST_DATA)))
    except TableError as error:
        remarks.warning(f"The points in the link: {literal(str(error))}. An example stands.")
        return read_samples(FIRST_DATA)


def _drawable(samples: Samples) -> Samples:
    """The points, if a plot can show them: what travels to it has seven digits and no room for more."""
    for name, numbers in (("x", samples.x), ("y", samples.y)):
        if np.abs(numbers).max() > LARGEST:
            worst = numbers[np.argmax(np.abs(numbers))]
            raise TableError(f"every {name} must be at most {LARGEST:g} in size, got {worst:g}")
    return samples


def _take_file() -> None:
    uploaded = st.session_state["uploaded"]
    if uploaded is not None:
        _take(uploaded.getvalue())


# ---- labelled points ----------------------------------------------------------------------------------


def labelled_points(points: Points, name: str) -> None:
    """Where the reader pastes or uploads points with a class each; they go into the link as `name`."""
    row, remarks = st.container(horizontal=True), st.container()
    with row.popover("Paste or upload three columns"):
        st.text_area(
            "x, y and class, one point a line",
            key="pasted points",
            height=160,
            placeholder="0.2, 0.5, red\n-0.4, 0.1, blue",
            on_change=lambda: _take_labelled(st.session_state["pasted points"], points, name),
        )
        st.file_uploader(
            "or a file: CSV or text",
            key="uploaded points",
            max_upload_size=UPLOAD_MB,
            on_change=lambda: _take_labelled_file(points, name),
        )
        st.caption(
            "The class is any two words or numbers. Points beyond −1 to 1 are scaled to fit, and of more "
            f"than {points.most} points {points.most} are kept, so that they fit into the link."
        )
    for remark in st.session_state.get(POINTS_REMARKS, ()):
        remarks.caption(literal(remark))
    if POINTS_REFUSED in st.session_state:
        remarks.error(f"Your points: {literal(st.session_state[POINTS_REFUSED])}. Those before them stand.")


def _take_labelled_file(points: Points, name: str) -> None:
    uploaded = st.session_state["uploaded points"]
    if uploaded is not None:
        _take_labelled(uploaded.getvalue(), points, name)


def _take_labelled(content: str | bytes, points: Points, name: str) -> None:
    """Put the reader's points into the link, or say why they cannot be read."""
    for key in (POINTS_REMARKS, POINTS_REFUSED):
        st.session_state.pop(key, None)
    if not content:
        return
    try:
        found = parse_labelled(content)
    except TableError as error:
        st.session_state[POINTS_REFUSED] = str(error)
        return
    rows = [
        (*place, int(label))
        for place, label in zip(found.dataset.points.tolist(), found.dataset.labels, strict=True)
    ]
    st.query_params[name] = points.write(points.read(rows).value)
    st.session_state[POINTS_REMARKS] = (
        *found.remarks,
        f"class 0 is {found.names[0]}, class 1 is {found.names[1]}",
    )


def _take(content: str | bytes) -> None:
    """Put the reader's points into the link, or say why they cannot be read."""
    for key in (REMARKS, REFUSED):
        st.session_state.pop(key, None)
    if not content:
        return
    try:
        samples = _drawable(resample(parse_samples(content)))
    except TableError as error:
        st.session_state[REFUSED] = str(error)
        return
    st.query_params["data"] = write_samples(samples)
    st.session_state[REMARKS] = samples.remarks
