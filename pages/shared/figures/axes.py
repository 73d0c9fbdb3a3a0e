"""A figure is plain data, and this is what every figure has: quiet axes and room around them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pages.shared.figures.theme import colour

Figure = dict[str, Any]
"""A Plotly figure as plain data, {"data": [traces], "layout": {...}}; arrays are NumPy's."""


@lru_cache
def axis(title: str, low: float, high: float, **more: Any) -> dict[str, Any]:
    """A quiet axis of fixed range: few grid lines, a visible zero."""
    return {
        "title": {"text": title, "standoff": 6, "font": {"size": 14}},
        "range": [low, high],
        "gridcolor": colour("grid"),
        "zeroline": True,
        "zerolinecolor": colour("axis"),
        "zerolinewidth": 1,
        "nticks": 7,
        "fixedrange": False,
        **more,
    }


@lru_cache
def base(height: int) -> dict[str, Any]:
    """What every layout starts with."""
    return {
        "height": height,
        "margin": {"l": 56, "r": 16, "t": 10, "b": 44},
        "paper_bgcolor": colour("paper"),
        "plot_bgcolor": colour("paper"),
        "font": {"color": colour("ink"), "size": 13},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "zoom",
        "uirevision": "the reader's",
    }
