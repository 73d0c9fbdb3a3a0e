"""What many pictures show is laid over one another as it is; what has nothing to lay over another says so."""

import numpy as np
import pytest

from pages.shared.figures.plots import plane
from pages.shared.figures.plots.overlaid import line_of, overlaid
from tests.figures import examples
from tests.figures.looking import named
from tests.figures.plots.test_plane import VIEW, whole_plane
from tests.figures.plots.test_surface_figures import compared, errors


def test_boundaries_are_laid_on_the_points_and_not_what_else_is_drawn_of_the_network() -> None:
    shares = np.array([0.5, 1.0]), np.array([0.5, 0.75])
    losses = plane.learning(np.array([0.0, 10.0]), np.array([0.7, 0.1]), shares, 1)
    ways = (1.0, 2.0), (2.0, -1.0), (0.5, 0.5)
    pictures = [[whole_plane(way), losses] for way in ways]
    lines = [line for each in pictures if (line := line_of(each))]
    assert [each.kind for each in lines] == ["decision boundary"] * 3
    data = overlaid(lines, 1)["data"]
    points = ["class 0", "class 1", "class 0, held out", "class 1, held out"]
    assert [each["name"] for each in data] == [*["an answer"] * 3, *points, "this answer"]
    for trace, way in zip([*data[:3], data[-1]], [*ways, ways[1]], strict=True):
        ends = np.array([trace["x"], trace["y"]])
        drawn = np.isfinite(ends).all(axis=0) & (np.abs(ends) <= VIEW.half).all(axis=0)
        assert drawn.any()
        assert np.array(way) @ ends[:, drawn] + 0.5 == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_array_equal(data[-1]["y"], named(pictures[1][0], "decision boundary")["y"])


def test_curves_are_laid_on_the_target_in_the_whole_width_of_the_plot() -> None:
    lines = [line for times in (1.0, 3.0) if (line := line_of(examples.approximation_of(times)))]
    assert [each.kind for each in lines] == ["curve"] * 2
    figure = overlaid(lines, 0)
    assert [each["name"] for each in figure["data"]] == ["an answer", "an answer", "target", "this answer"]
    assert figure["layout"]["margin"]["r"] < lines[0].layout["margin"]["r"]
    assert "annotations" not in figure["layout"], "they are about one network"


def test_a_surface_has_nothing_that_could_be_laid_over_another() -> None:
    assert line_of([compared(), errors()]) is None
