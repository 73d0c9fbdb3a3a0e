"""What a reader types as a formula: read with patience, and the last one that could be read stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.arrays import FloatArray
from nn_core.networks.activations import ACTIVATIONS, SIGMOID, Activation
from nn_core.targets.formulas import Formula, formula_activation, parse_formula
from nn_core.targets.reading import FormulaError
from pages.shared.asking.bound import follow, lead
from pages.shared.asking.menus import choose
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.inputs.choice import named
from pages.shared.stage.inputs.reading import Reading, escaped, unescaped

OWN_FORMULA = "your formula"
FORMULA_WIDTH = 300
# Of weights up to 200, half an interval beyond its ends.
FARTHEST_Z = 300.0
FORMULA_HELP = (
    "Numbers, + - * / ^, |x|, comparisons such as x > 0.5, pi, e, and sin cos tan asin acos atan sinh cosh "
    "tanh exp ln log2 log10 sqrt abs min max mod sign floor ceil sigmoid relu step. 2x means 2·x; log is ln."
)


@dataclass(frozen=True)
class Typed:
    """A formula to be typed: what it is called, its place in the link, its variables and the first one.

    letter: of the function. written: the variables in LaTeX.
    """

    label: str
    key: str
    variables: tuple[str, ...]
    value: str
    letter: str
    written: tuple[str, ...]

    def ask(self, row: DeltaGenerator, remarks: DeltaGenerator) -> Formula:
        """The formula that the reader types; while it cannot be read, the last one that could stands."""
        kept = f"{self.key} that could be read"
        place = row.container(width=FORMULA_WIDTH)
        follow(self.key, self)
        text = self._field(place)
        try:
            formula = parse_formula(text, self.variables)
            lead(self.key, self, text)
        except FormulaError as error:
            formula = parse_formula(st.session_state.get(kept, self.value), self.variables)
            said = str(error) if str(error).endswith("?") else f"{error}."
            remarks.error(f"{self.label}: {literal(said)} {literal(formula.text)} stands.")
        st.session_state[kept] = formula.text
        place.caption(f"${self.letter}({', '.join(self.written)}) = {formula.latex_in(*self.written)}$")
        return formula

    def read(self, given: object) -> Reading:
        """The text of the formula; whether it can be read as one is found when it is asked for."""
        return Reading(unescaped(str(given)))

    def write(self, value: str) -> str:
        """The text as a link says it."""
        return escaped(value)

    def _field(self, place: DeltaGenerator) -> str:
        called = ", ".join(each.translate(_INDICES) for each in self.written)
        return place.text_input(
            f"{self.label} {self.letter}({called})",
            key=self.key,
            max_chars=200,
            help=FORMULA_HELP,
        )


_INDICES = str.maketrans({"_": "", "1": "₁", "2": "₂"})
YOUR_ACTIVATION = Typed("Your activation", "f", ("z",), "tanh(z) + z/4", "f", ("z",))


def activation(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> Activation:
    """The activation that the reader picks or types.

    menu: where the menu stands. row: a horizontal container for what it asks for in turn. remarks: for words.
    """
    name = choose(menu, "Activation f", [*ACTIVATIONS, OWN_FORMULA], "activation", SIGMOID.name)
    if name != OWN_FORMULA:
        return ACTIVATIONS[name]
    formula = YOUR_ACTIVATION.ask(row, remarks)
    holes = _holes(formula)
    if len(holes):
        remarks.error(
            f"{literal(formula.text)} is no finite number at z = {short(holes[0], 4)}. Hidden units use it "
            f"from {short(-FARTHEST_Z)} to {short(FARTHEST_Z)}, so it has to be finite there; "
            f"{SIGMOID.name} stands."
        )
        return SIGMOID
    return formula_activation(formula)


def named_activation(name: str) -> Activation:
    """The activation of that name, or the one that the text says. Raises ValueError where there is none."""
    known = named(name, ACTIVATIONS)
    if known is not None:
        return ACTIVATIONS[known]
    formula = parse_formula(name, ("z",))
    if len(_holes(formula)):
        raise ValueError(f"an activation must be finite where it is used, got {name}")
    return formula_activation(formula)


def _holes(formula: Formula) -> FloatArray:
    """Where a formula is no finite number although hidden units use it there."""
    z = np.linspace(-FARTHEST_Z, FARTHEST_Z, 2401)
    return z[~np.isfinite(formula(z))]
