"""A figure is plain data, and this is what every figure has: quiet axes, room around them, a remark."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pages.shared.figures.theme import colour

Figure = dict[str, Any]
"""A Plotly figure as plain data, {"data": [traces], "layout": {...}}; arrays are NumPy's."""
Range = tuple[float, float]


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
            "title": {"text": self.title, "standoff": 6, "font": {"size": 14}},
            "range": list(self.ends),
            "gridcolor": colour("grid"),
            "zeroline": True,
            "zerolinecolor": colour("axis"),
            "zerolinewidth": 1,
            "nticks": 7,
            "fixedrange": False,
            **dict(self.more),
        }


def axis(title: str, low: float, high: float, **more: Hashable) -> Axis:
    """An axis from low to high."""
    return Axis(title, (low, high), tuple(more.items()))


def log_axis(title: str, low: float, high: float, every: int | tuple[float, ...] = 1) -> Axis:
    """A logarithmic axis from 10^low to 10^high.

    every: how many powers of ten from tick to tick, or where ticks stand.
    """
    ticks = {"tickvals": every} if isinstance(every, tuple) else {"dtick": every, "exponentformat": "power"}
    return axis(title, low, high, type="log", zeroline=False, **ticks)


class Margin(NamedTuple):
    """The room around a plot, in pixels."""

    left: int = 56
    right: int = 16
    top: int = 10
    bottom: int = 44


class Note(NamedTuple):
    """A remark in a corner of a plot."""

    text: str
    corner: str = "bottom left"

    @property
    def drawn(self) -> dict[str, Any]:
        """The remark as Plotly reads it."""
        up, side = self.corner.split()
        return {
            "text": self.text,
            "x": 0.01 if side == "left" else 0.99,
            "xref": "x domain",
            "xanchor": side,
            "y": 0.0 if up == "bottom" else 1.0,
            "yref": "y domain",
            "yanchor": up,
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
        "hovermode": "closest",
        "dragmode": "zoom",
        "uirevision": "the reader's",
    }


@lru_cache(maxsize=1024)
def layout(
    height: int, x: Axis, y: Axis, *, margin: Margin = ROOM, notes: tuple[Note, ...] = (), **axes: Axis
) -> dict[str, Any]:
    """The layout of a plot over two axes, made once. axes: others, under Plotly's names for them."""
    others = {name: other.drawn for name, other in axes.items()}
    remarks = [note.drawn for note in notes]
    return {**base(height, margin), "xaxis": x.drawn, "yaxis": y.drawn, **others, "annotations": remarks}
