"""Softmax and cross-entropy as formulas, with the numbers of one point."""

from __future__ import annotations

from functools import lru_cache
from math import exp, log

from nn_core.arrays import FloatArray
from nn_core.plane.clouds import MOST_CLASSES
from pages.shared.figures.drawings.markup import Markup, slot
from pages.shared.figures.drawings.mathml import display, letter, number, operator
from pages.shared.figures.theme import colour
from pages.shared.numbers import plain, power_of_ten, signed, small

# Within these, e^z is written out with three decimals.
LEAST, MOST = -5.0, 7.0
SMALLEST = 0.0001


def power_of_e(z: float) -> str:
    """e^z as text: 0.135, 20.086, or in powers of ten where it is large or small, however large z is."""
    return plain(exp(z), 3) if LEAST <= z <= MOST else power_of_ten(z / log(10.0))


def probability(p: float, loss: float) -> str:
    """p as text with four decimals; where they are all 0, from its loss -ln p, however small p is."""
    return plain(p, 4) if p >= SMALLEST else power_of_e(-loss)


def formula(logits: FloatArray, probabilities: FloatArray, label: int, loss: float) -> Markup:
    """p = e^z over the sum of all e^z, the loss -ln p of the right class, and its gradient p - t.

    logits, probabilities: shape (3,). label: the right class. loss: -ln of its probability.
    """
    slots = {
        "right e": {"text": power_of_e(float(logits[label]))},
        "right p": {"text": probability(float(probabilities[label]), loss)},
        "right p again": {"text": probability(float(probabilities[label]), loss)},
        "loss": {"text": small(loss)},
    }
    for kind in range(MOST_CLASSES):
        z, p = float(logits[kind]), float(probabilities[kind])
        slots[f"z{kind}"] = {"text": signed(z)}
        slots[f"e{kind}"] = {"text": power_of_e(z)}
        slots[f"p{kind}"] = {"text": plain(p, 4)}
        slots[f"slope{kind}"] = {"text": signed(p - (kind == label), 4)}
    return Markup(_html(label), slots)


# ---- pieces of MathML ---------------------------------------------------------------------------------


def _indexed(name: str, kind: int) -> str:
    return letter(f"{name}{kind}", f"class-{kind}")


def _power(kind: int) -> str:
    return f"<msup><mi>e</mi>{_indexed('z', kind)}</msup>"


def _number(name: str, kind: int) -> str:
    return number(name, f"class-{kind}")


def _sum(pieces: list[str]) -> str:
    return f"<mrow>{operator('+').join(pieces)}</mrow>"


def _row(*formulas: str) -> str:
    style = "display:flex;flex-wrap:wrap;align-items:center;gap:0.5rem 0.25em;margin:0.5rem 0"
    return f'<div style="{style}">{"".join(formulas)}</div>'


@lru_cache
def _html(label: int) -> str:
    every = range(MOST_CLASSES)
    symbols = f"<mfrac>{_power(label)}{_sum([_power(kind) for kind in every])}</mfrac>"
    numbers = (
        f"<mfrac>{_number('right e', label)}{_sum([_number(f'e{kind}', kind) for kind in every])}</mfrac>"
    )
    softmax = _row(
        display(_indexed("p", label), operator("="), symbols),
        display(operator("="), numbers, operator("="), _number("right p", label)),
    )
    loss = _row(
        display("<mi>L</mi><mo>=</mo><mo>−</mo><mi>ln</mi>", _indexed("p", label)),
        display("<mo>=</mo><mo>−</mo><mi>ln</mi>", _number("right p again", label)),
        display(operator("="), number("loss", "error")),
    )
    style = "display:flex;flex-wrap:wrap;align-items:center;gap:0.2rem 2.5rem"
    return f'<div style="{style}">{_table(label)}<div style="font-size:1.1rem">{softmax}{loss}</div></div>'


def _table(label: int) -> str:
    """For each class its logit, e^z, its probability, and the derivative of the loss."""
    style = f"font-weight:400;color:{colour('muted')};padding:0 0.6em 0 0;text-align:right"
    head = "".join(f'<th style="{style}">{name}</th>' for name in ("z", "eᶻ", "p", "t", "dL/dz = p − t"))
    rows = "".join(_table_row(kind, kind == label) for kind in range(MOST_CLASSES))
    return f'<table style="border-collapse:collapse;line-height:1.35"><tr><td></td>{head}</tr>{rows}</table>'


def _table_row(kind: int, is_right: bool) -> str:
    cell = "padding:0 0.6em 0 0;text-align:right;min-width:3.4em"
    title = f'<td style="{cell};color:{colour(f"class-{kind}")}">class {kind}</td>'
    named = (f"z{kind}", f"e{kind}", f"p{kind}")
    numbers = "".join(f'<td style="{cell}" {slot(name)}></td>' for name in named)
    right = f'<td style="{cell}">{int(is_right)}</td>'
    slope = f'<td style="{cell};color:{colour("error")}" {slot(f"slope{kind}")}></td>'
    weight = "600" if is_right else "400"
    return f'<tr style="font-weight:{weight}">{title}{numbers}{right}{slope}</tr>'
