"""A figure is plain data, and this is what every figure has: quiet axes, room around them, a remark."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10
from typing import Any, NamedTuple

from pages.shared.figures.theme import colour
from pages.shared.numbers import decimals, figures, plain

Figure = dict[str, Any]
"""A Plotly figure as plain data, {"data": [traces], "layout": {...}}; arrays are NumPy's."""
Range = tuple[float, float]

TICKS, FEW_TICKS = 7, 3
# An axis is far from 0 where its length is a smaller share of its size. The powers of ten from
# FEWEST to MOST are written with all digits, on an axis that is far from 0 up to HIGHEST.
FAR, DIGITS, HIGHEST = 1e-3, 5, 1e15
# plotly.js writes no more decimals.
MOST_DECIMALS, MOST_PLAIN = 20, 9
# Labels of more than an ordinary length need room of their own, in pixels: of a character, and of the title
# beside them; of labels with many characters there are few. Below an axis they reach under the lowest label
# of the other one, and stand off so far.
ORDINARY, MANY, CHARACTER, TITLE, OFF = 6, 8, 7.2, 32, 6
# How far every label stands off its axis: where two axes meet, and beside a mark on one of them.
BESIDE, BELOW = 6, 4
# The room above a plot for a remark, in pixels.
SAID = 10


@dataclass(frozen=True)
class Axis:
    """A quiet axis of fixed range: few grid lines, a visible zero. more: what Plotly is told besides."""

    title: str
    ends: Range
    more: tuple[tuple[str, Hashable], ...] = ()

    @property
    def drawn(self) -> dict[str, Any]:
        """The axis as Plotly reads it."""
        return {
            "title": {"text": self.title, "standoff": 4, "font": {"size": 14}},
            "range": list(self.ends),
            "gridcolor": colour("grid"),
            "zeroline": True,
            "zerolinecolor": colour("axis"),
            "zerolinewidth": 1,
            "ticklabelstandoff": BESIDE,
            "nticks": TICKS if self.label_length <= MANY else FEW_TICKS,
            "fixedrange": False,
            **notation(*self.ends),
            **dict(self.more),
        }

    @property
    def label_length(self) -> int:
        """About how many characters the longest number at a tick has, if the axis is not logarithmic."""
        size, step = _size(*self.ends), abs(self.ends[1] - self.ends[0]) / TICKS
        if dict(self.more).get("type") == "log" or not step:
            return 0
        if notation(*self.ends)["exponentformat"] == "none" or 10.0**-DIGITS <= size < 10.0 ** (DIGITS + 1):
            return max(len(plain(end, max(0, -floor(log10(step))))) for end in self.ends)
        power, behind = floor(log10(size)), floor(log10(size)) - floor(log10(step))
        return len(f"1.×10{power // 10}") + behind


def notation(low: float, high: float) -> dict[str, Any]:
    """How plotly.js writes the numbers of an axis that is not logarithmic: at ticks, and under the pointer.

    Never with a letter for a power of ten, and never with a sign between thousands. Sizes from 10⁶ and below
    10⁻⁵ have powers of ten; but far from 0 beside its length an axis has all digits, so that no two ticks
    have one label. Under the pointer a thousandth of the length is told.
    """
    size, digits = _size(low, high), decimals(low, high)
    shown: dict[str, Any] = {"exponentformat": "power", "minexponent": DIGITS}
    if abs(high - low) >= FAR * size:
        plainly = digits <= MOST_PLAIN and size < 10.0 ** (DIGITS + 1)
        return {**shown, "hoverformat": f".{digits}~f"} if plainly else shown
    if 10.0**-DIGITS <= size < HIGHEST:
        shown["exponentformat"] = "none"
    hover = f".{digits}~f" if digits <= MOST_DECIMALS else f".{figures(low, high)}~e"
    return {**shown, "hoverformat": hover}


def _size(low: float, high: float) -> float:
    return max(abs(low), abs(high))


def axis(title: str, low: float, high: float, **more: Hashable) -> Axis:
    """An axis from low to high."""
    return Axis(title, (low, high), tuple(more.items()))


def log_axis(title: str, low: float, high: float, every: int | tuple[float, ...] = 1) -> Axis:
    """A logarithmic axis from 10^low to 10^high.

    every: how many powers of ten from tick to tick, or where ticks stand.
    """
    ticks = {"tickvals": every} if isinstance(every, tuple) else {"dtick": every}
    return axis(title, low, high, type="log", zeroline=False, hoverformat="", **ticks)


class Margin(NamedTuple):
    """The room around a plot, in pixels."""

    left: int = 56
    right: int = 16
    top: int = 10
    bottom: int = 44


class Note(NamedTuple):
    """A remark above a plot, at its left or its right, where it lies over no data."""

    text: str
    side: str = "left"

    @property
    def drawn(self) -> dict[str, Any]:
        """The remark as Plotly reads it."""
        return {
            "text": self.text,
            "x": 0.0 if self.side == "left" else 1.0,
            "xref": "x domain",
            "xanchor": self.side,
            "y": 1.0,
            "yref": "y domain",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"color": colour("muted"), "size": 13},
        }


ROOM = Margin()


@lru_cache
def base(height: int, margin: Margin = ROOM) -> dict[str, Any]:
    """What every layout starts with."""
    left, right, top, bottom = margin
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": colour("paper"),
        "plot_bgcolor": colour("paper"),
        "font": {"color": colour("ink"), "size": 13},
        "showlegend": False,
        "separators": ".",
        "hovermode": "closest",
        "dragmode": "zoom",
        "uirevision": "the reader's",
    }


@lru_cache(maxsize=1024)
def layout(
    height: int, x: Axis, y: Axis, *, margin: Margin = ROOM, notes: tuple[Note, ...] = (), **axes: Axis
) -> dict[str, Any]:
    """The layout of a plot over two axes, made once. axes: others, under Plotly's names for them.

    Where numbers at ticks are long the margin is wider than it is given, and above for the notes.
    """
    others = {name: other.drawn for name, other in axes.items()}
    across, up = (CHARACTER * each.label_length if each.label_length > ORDINARY else 0.0 for each in (x, y))
    off = OFF if across else 0
    roomy = margin._replace(
        left=max(margin.left, round(up + TITLE) if up else 0),
        right=max(margin.right, round(across / 2)),
        bottom=margin.bottom + off,
    )
    below = {**x.drawn, "ticklabelstandoff": BELOW + off}
    drawn = {**base(height, roomy), "xaxis": below, "yaxis": y.drawn, **others, "annotations": []}
    return noted(drawn, notes) if notes else drawn


def noted(drawn: dict[str, Any], notes: Sequence[Note]) -> dict[str, Any]:
    """The layout with these remarks besides, and room for remarks above the plot."""
    margin = drawn["margin"]
    room = margin if drawn["annotations"] else {**margin, "t": margin["t"] + SAID}
    return {**drawn, "margin": room, "annotations": [*drawn["annotations"], *(note.drawn for note in notes)]}
