"""The chain rule for one parameter, in symbols and in the numbers of the step, and the step it leads to."""

from __future__ import annotations

from functools import lru_cache

from pages.shared.figures.drawings.chain import BACKWARD, MEANINGS, UPDATE, OneStep, by_name, network
from pages.shared.figures.drawings.markup import Markup, Slots, slot
from pages.shared.figures.drawings.mathml import display, letter, number, operator
from pages.shared.figures.theme import colour
from pages.shared.numbers import MINUS, plain

UNKNOWN = "?"
AFTER_EQUALS = {"loss dy", "product", "update before", "update after"}
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
    found = {**factors(step, chosen), "loss dy": step.output_derivative, "product": derivative}
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
    last = {"factor dy": step.output_derivative}
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


def _derivative(name: str) -> str:
    """dL over d of the name."""
    style = f'style="color:{colour("error")}"'
    below = f"<mi>d</mi>{letter(name, 'error')}"
    return f"<mfrac {style}><mrow><mi>d</mi><mi>L</mi></mrow><mrow>{below}</mrow></mfrac>"


def _row(*formulas: list[str]) -> str:
    """Formulas side by side where there is room; each breaks between its pieces where there is none."""
    style = "display:flex;flex-wrap:wrap;align-items:center;font-size:1.1rem"
    inside = "".join(f'<span style="{style};gap:0 0.25em">{"".join(pieces)}</span>' for pieces in formulas)
    return f'<div style="{style};gap:0.2rem {GAP};margin-top:0.4rem">{inside}</div>'


def _slope(j: str) -> str:
    return f"<mrow><mi>f′</mi><mo>(</mo>{letter(f'z{j}', 'ink')}<mo>)</mo></mrow>"


def _symbols(chosen: str) -> list[tuple[str, str]]:
    """The factors as symbols, each with the number below it."""
    found = [(_derivative("y"), number("factor dy", "error"))]
    kind, j = chosen[0], chosen[1:]
    if kind == "c":
        found.append(("<mn>1</mn>", "<mn>1</mn>"))
    if kind == "v":
        found.append((letter(f"a{j}", f"unit-{j}"), number("factor a", f"unit-{j}")))
    if kind in "wb":
        found.append((letter(f"v{j}", "weight"), number("factor v", "weight")))
        found.append((_slope(j), number("factor slope", "ink")))
    if kind == "w":
        found.append((letter("x", "input"), number("factor x", "input")))
    return found


@lru_cache
def _whole(drawn: str, chosen: str) -> str:
    return drawn + _html(chosen)


def _html(chosen: str) -> str:
    says = f'<p style="margin:0.3rem 0 0;min-height:1.4em" {slot("says")}></p>'
    return says + _row(_product(chosen)) + _row(_of_loss(), _update(chosen))


def _product(chosen: str) -> list[str]:
    """The derivative with respect to the parameter as the product of the factors, and its numbers."""
    symbols, numbers = (operator("·").join(each) for each in zip(*_symbols(chosen), strict=True))
    result = number("product", "error")
    return [
        display(_derivative(chosen), operator("="), symbols),
        display(operator("="), numbers, operator("="), result),
    ]


def _of_loss() -> list[str]:
    """The first factor: dL/dy = 2 (y - t)."""
    error = letter("y", "network") + operator("−") + letter("t", "target")
    return [
        display(_derivative("y"), operator("="), "<mn>2</mn>", operator("("), error, operator(")")),
        display(operator("="), number("loss dy", "error")),
    ]


def _update(chosen: str) -> list[str]:
    """The step: p becomes p - r dL/dp, and its numbers."""
    meaning, equals = MEANINGS[chosen], operator("=")
    name, before, after = (
        letter(chosen, meaning),
        number("update before", meaning),
        number("update after", meaning),
    )
    rate, slope = number("update rate", "ink"), number("update slope", "error")
    minus, times = operator("−"), operator("·")
    return [
        display(name, operator("←"), name, minus, "<mi>r</mi>", times, _derivative(chosen)),
        display(equals, before, minus, rate, times, slope, equals, after),
    ]
