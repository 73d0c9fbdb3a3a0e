"""The chain rule for one parameter, in symbols and in the numbers of the step, and the step it leads to."""

from __future__ import annotations

from functools import lru_cache

from pages.shared.figures.drawings.chain import BACKWARD, MEANINGS, UPDATE, OneStep, Slots, by_name, network
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import colour
from pages.shared.numbers import MINUS, plain

UNKNOWN = "?"
AFTER_EQUALS = {"loss da", "product", "update before", "update after"}
GAP = "2em"


def taken_apart(step: OneStep, part: int, chosen: str, rate: float, says: str) -> Markup:
    """The network with its numbers; what the part does, in words; the derivative as a product; the update.

    part: from SAMPLE to UPDATE; numbers of later parts are hidden, or question marks. chosen: the parameter.
    rate: the learning rate of the step. says: one sentence about this part.
    """
    drawn = network(step, part, chosen)
    slots = {**drawn.slots, **_slots(step, part, chosen, rate), "says": {"text": says}}
    return Markup(_whole(drawn.html, chosen), slots)


def _slots(step: OneStep, part: int, chosen: str, rate: float) -> Slots:
    """The numbers of the formulas, under the same names for every parameter: a factor it lacks is empty."""
    derivative = by_name(step.gradients)[chosen]
    found = {**factors(step, chosen), "loss da": step.output_derivative, "product": derivative}
    taken = {
        "update before": by_name(step.network)[chosen],
        "update rate": rate,
        "update slope": derivative,
        "update after": by_name(step.after)[chosen],
    }
    empty: Slots = {f"factor {name}": {"text": ""} for name in ("a", "v", "slope", "x")}
    return empty | {
        name: {"text": _written(name, value) if part >= needed else UNKNOWN}
        for needed, numbers in ((BACKWARD, found), (UPDATE, taken))
        for name, value in numbers.items()
    }


def factors(step: OneStep, chosen: str) -> dict[str, float]:
    """The derivatives along the way from the loss to the parameter, by the names of their slots."""
    last = {"factor da": step.output_derivative}
    kind, j = chosen[0], chosen[1:]
    if kind == "c":
        return last
    unit = step.unit(int(j) - 1)
    if kind == "v":
        return {**last, "factor a": unit["a"]}
    way = {**last, "factor v": by_name(step.network)[f"v{j}"], "factor slope": unit["slope"]}
    return {**way, "factor x": step.x} if kind == "w" else way


def _written(name: str, value: float) -> str:
    """A number; in parentheses where it is negative and follows a sign other than =."""
    text = plain(value)
    return f"({text})" if text.startswith(MINUS) and name not in AFTER_EQUALS else text


# ---- pieces of MathML ---------------------------------------------------------------------------------


def _letter(name: str, meaning: str) -> str:
    """A letter with its index: w1 is w with a small 1."""
    style = f'style="color:{colour(meaning)}"'
    if len(name) == 1:
        return f"<mi {style}>{name}</mi>"
    return f"<msub {style}><mi>{name[0]}</mi><mn>{name[1:]}</mn></msub>"


def _derivative(name: str) -> str:
    """dL over d of the name."""
    style = f'style="color:{colour("error")}"'
    below = f"<mi>d</mi>{_letter(name, 'error')}"
    return f"<mfrac {style}><mrow><mi>d</mi><mi>L</mi></mrow><mrow>{below}</mrow></mfrac>"


def _number(slot: str, meaning: str) -> str:
    return f'<mn style="color:{colour(meaning)}" data-slot="{slot}"></mn>'


def _math(*pieces: str) -> str:
    return f'<math displaystyle="true">{"".join(pieces)}</math>'


def _row(*formulas: list[str]) -> str:
    """Formulas side by side where there is room; each breaks between its pieces where there is none."""
    style = "display:flex;flex-wrap:wrap;align-items:center;font-size:1.1rem"
    inside = "".join(f'<span style="{style};gap:0 0.25em">{"".join(pieces)}</span>' for pieces in formulas)
    return f'<div style="{style};gap:0.2rem {GAP};margin-top:0.4rem">{inside}</div>'


def _operator(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _slope(j: str) -> str:
    return f"<mrow><mi>f′</mi><mo>(</mo>{_letter(f'z{j}', 'ink')}<mo>)</mo></mrow>"


def _symbols(chosen: str) -> list[tuple[str, str]]:
    """The factors as symbols, each with the number below it."""
    found = [(_derivative("a"), _number("factor da", "error"))]
    kind, j = chosen[0], chosen[1:]
    if kind == "c":
        found.append(("<mn>1</mn>", "<mn>1</mn>"))
    if kind == "v":
        found.append((_letter(f"a{j}", f"unit-{j}"), _number("factor a", f"unit-{j}")))
    if kind in "wb":
        found.append((_letter(f"v{j}", "weight"), _number("factor v", "weight")))
        found.append((_slope(j), _number("factor slope", "ink")))
    if kind == "w":
        found.append((_letter("x", "input"), _number("factor x", "input")))
    return found


@lru_cache
def _whole(drawn: str, chosen: str) -> str:
    return drawn + _html(chosen)


def _html(chosen: str) -> str:
    product, numbers = (_operator("·").join(each) for each in zip(*_symbols(chosen), strict=True))
    name = _letter(chosen, MEANINGS[chosen])
    loss = [_operator("="), "<mn>2</mn>", _operator("("), _letter("a", "network"), _operator("−")]
    update = [name, _operator("←"), name, _operator("−"), "<mi>r</mi>", _operator("·"), _derivative(chosen)]
    numbers_again = [_operator("="), _number("update before", MEANINGS[chosen]), _operator("−")]
    step = [_number("update rate", "ink"), _operator("·"), _number("update slope", "error")]
    return "".join(
        [
            '<p style="margin:0.3rem 0 0;min-height:1.4em" data-slot="says"></p>',
            _row(
                [
                    _math(_derivative(chosen), _operator("="), product),
                    _math(_operator("="), numbers, _operator("="), _number("product", "error")),
                ],
            ),
            _row(
                [
                    _math(_derivative("a"), *loss, _letter("y", "target"), _operator(")")),
                    _math(_operator("="), _number("loss da", "error")),
                ],
                [
                    _math(*update),
                    _math(*numbers_again, *step, _operator("="), _number("update after", MEANINGS[chosen])),
                ],
            ),
        ]
    )
