"""The figures of generator and judge: arrows point where the slopes do, and marks stand on their curves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pages.shared.figures.plots.rivals import bells, chase

PLACES = np.array([[0.0, 1.0], [-2.0, 0.5], [1.0, 1.0]])
WAYS = np.array([[0.2, 0.0], [0.0, -9.0], [0.0, 0.0]])


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def test_an_arrow_goes_through_its_place_along_its_way_and_none_is_too_long() -> None:
    across, up = (each.reshape(len(PLACES), -1) for each in chase.arrows(PLACES, WAYS))
    assert np.isnan(across[:, -1]).all()
    tails, tips = (np.column_stack([across[:, at], up[:, at]]) for at in (0, 1))
    assert (tails + tips) / 2 == pytest.approx(PLACES)
    assert tips[0] - tails[0] == pytest.approx(WAYS[0])
    assert tips[1] - tails[1] == pytest.approx([0.0, -chase.LONGEST])
    assert tips[2] == pytest.approx(tails[2])


def test_the_head_of_an_arrow_lies_behind_its_tip_on_both_sides() -> None:
    across, up = (each.reshape(len(PLACES), -1) for each in chase.arrows(PLACES, WAYS))
    left, right = (np.array([across[0, at], up[0, at]]) for at in (2, 4))
    assert max(left[0], right[0]) < across[0, 1]
    assert left[1] - 1.0 == pytest.approx(1.0 - right[1])
    assert left[1] != right[1]


def test_a_distance_that_leaves_the_window_is_marked_at_its_edge() -> None:
    figure = chase.distances(np.array([1.0, 1e-9, 1e9]), 2)
    (line,), (now,) = named(figure, "distance"), named(figure, "now")
    assert line["y"].tolist() == [1.0, 1e-3, 10.0]
    assert (now["x"].tolist(), now["y"].tolist()) == ([2.0], [10.0])


def test_mean_and_width_are_marked_where_the_iteration_is_inside_the_plot() -> None:
    iterations = np.array([0.0, 10.0, 20.0])
    made = np.array([0.0, 2.0, np.nan]), np.array([1.0, 0.5, np.nan])
    figure = bells.over_time(iterations, made, (3.0, 0.7), (10.0, 2.0, 0.5))
    (now,) = named(figure, "now")
    assert (now["x"].tolist(), now["y"].tolist()) == ([10.0, 10.0], [2.0, 0.5])
    assert [each["y"].tolist() for each in named(figure, "genuine")] == [[3.0, 3.0], [0.7, 0.7]]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0.0
    assert high > 20.0


def test_every_quantity_is_marked_at_the_distance_that_is_now() -> None:
    distances = np.array([0.0, 5.0, 10.0])
    told = [bells.Told("a", distances / 10, "network"), bells.Told("b", distances, "unit-2", "dash")]
    figure = bells.against_distance(distances, told, (5.0, (0.5, 5.0)), "how much", 2.0)
    (now,) = named(figure, "now")
    assert (now["x"].tolist(), now["y"].tolist()) == ([5.0, 5.0], [0.5, 5.0])
    assert [named(figure, name)[0]["line"]["dash"] for name in "ab"] == ["solid", "dash"]
