"""Wherever points of classes are drawn, a legend above them says which class has which colour and mark."""

from __future__ import annotations

from typing import Any

import pytest

from pages.shared.figures.theme import colour
from tests.pages.test_lessons import BOUNDARY, DESCENT, LESSONS, WHY

CLASSES = {colour(f"class-{kind}"): f"class {kind}" for kind in range(3)}
# The pages by themselves, and how many of their figures show points of classes.
CASES: list[tuple[str, dict[str, str], int]] = [
    *((page, {}, {BOUNDARY: 1, WHY: 1}.get(page, 0)) for page in LESSONS),
    (BOUNDARY, {"network": "two hidden neurons"}, 2),
    (BOUNDARY, {"network": "trained"}, 1),
    (DESCENT, {"scene": "classes"}, 1),
]


def marks(figure: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """For every class whose points a figure has, their colour and their mark."""
    points = [trace for trace in figure["data"] if trace.get("marker", {}).get("color") in CLASSES]
    return {
        CLASSES[trace["marker"]["color"]]: (
            trace["marker"]["color"],
            trace["marker"]["symbol"].removesuffix("-open"),
        )
        for trace in points
    }


@pytest.mark.parametrize(("page", "query", "count"), CASES)
def test_a_legend_names_each_class_that_is_drawn_in_its_colour_and_mark_and_nothing_else(
    page: str, query: dict[str, str], count: int, look: Any
) -> None:
    figures = [figure for told in look(page, **query).told.values() for figure in told["picture"]["plots"]]
    drawn = [figure for figure in figures if marks(figure)]
    assert len(drawn) == count
    for figure in drawn:
        named = {
            trace["name"]: (trace["marker"]["color"], trace["marker"]["symbol"])
            for trace in figure["data"]
            if trace.get("showlegend", True)
        }
        assert figure["layout"]["showlegend"]
        assert named == marks(figure)
        assert len({*named.values()}) == len(named)
