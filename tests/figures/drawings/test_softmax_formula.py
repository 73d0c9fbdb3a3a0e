"""The formula says softmax and its derivative, however large or small the numbers are."""

import re
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY, softmax
from pages.shared.figures.drawings import softmax as written
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import PALETTE
from pages.shared.numbers import plain
from tests.figures.looking import places_of, said

some = settings(max_examples=40)
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@some
@given(z=st.floats(-1000.0, 1000.0))
def test_a_power_of_e_is_written_however_large_it_is(z: float) -> None:
    text = written.power_of_e(z)
    digits, _, exponent = text.partition("·10")
    logarithm = log(float(digits)) + (int(exponent.translate(LOWERED)) * log(10.0) if exponent else 0.0)
    assert logarithm == pytest.approx(z, abs=0.08)


def markup_of(logits: FloatArray, label: int) -> Markup:
    row = logits[np.newaxis]
    loss = SOFTMAX_CROSS_ENTROPY(row, np.eye(3)[[label]])
    return written.formula(logits, softmax(row)[0], label, loss)


@pytest.mark.parametrize("label", range(3))
def test_the_formula_is_well_formed_and_every_slot_has_one_place(label: int) -> None:
    markup = markup_of(np.array([1.0, -2.0, 0.5]), label)
    places = places_of(markup)
    # e^z stands in the table and below the fraction.
    assert set(places) == markup.slots.keys()
    assert sorted(places) == sorted([*markup.slots, "e0", "e1", "e2"])
    assert set(re.findall(r"var\(--sp-([\w-]+)\)", markup.html)) <= PALETTE["light"].keys()


def test_the_table_says_softmax_and_its_derivative() -> None:
    logits = np.array([1.0, -2.0, 0.5])
    markup = markup_of(logits, 2)
    total = sum(map(exp, logits))
    for kind, z in enumerate(logits):
        assert said(markup, f"e{kind}") == f"{exp(z):.3f}"
        assert said(markup, f"p{kind}") == f"{exp(z) / total:.4f}"
    assert said(markup, "loss") == f"{-log(exp(0.5) / total):.4f}"
    slopes = [float(said(markup, f"slope{kind}").replace("\N{MINUS SIGN}", "-")) for kind in range(3)]
    assert sum(slopes) == pytest.approx(0.0, abs=2e-4)
    assert slopes[2] == pytest.approx(exp(0.5) / total - 1.0, abs=1e-4)
    assert min(slopes[:2]) > 0.0


def test_even_a_probability_too_small_for_a_float_is_written() -> None:
    markup = markup_of(np.array([-4000.0, 5000.0, 0.0]), 0)
    assert said(markup, "right p") == written.power_of_e(-9000.0)
    assert "⁻" in said(markup, "right p")
    texts = " ".join(str(slot["text"]) for slot in markup.slots.values())
    assert not re.search(r"nan|inf|None", texts)
    assert said(markup, "p1") == plain(1.0, 4)
