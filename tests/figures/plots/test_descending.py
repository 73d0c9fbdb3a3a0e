"""Figures of going downhill: level lines lie at their heights, and a path is drawn as it was walked."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from nn_core.grids import line, plane
from nn_core.learning.landscapes import LANDSCAPES, TWO_VALLEYS, Landscape, basins, path
from pages.shared.figures.plots import descending, relief
from pages.shared.figures.plots.relief import Relief

STEPS = 20


def relief_of(landscape: Landscape) -> Relief:
    x, y = (line(ends, 41) for ends in landscape.domain)
    heights = landscape(*plane(landscape.domain, 41).T).reshape(41, 41)
    bottoms = landscape(*np.array(landscape.minima).T)
    minima = tuple((*point, "minimum") for point in landscape.minima)
    return Relief(x, y, heights, ("x", "y"), minima, float(bottoms[0]))


@pytest.fixture(scope="module", params=LANDSCAPES.values(), ids=LANDSCAPES.keys())
def ground(request: pytest.FixtureRequest) -> tuple[Landscape, Relief]:
    return request.param, relief_of(request.param)


def walked(landscape: Landscape, rate: float, start: tuple[float, float] = (1.5, -0.8)) -> np.ndarray:
    """A path, NaN behind its end."""
    points = path(landscape, start, rate, STEPS)
    return np.pad(points, ((0, STEPS + 1 - len(points)), (0, 0)), constant_values=np.nan)


def trace(figure: Any, name: str) -> Any:
    return next(each for each in figure["data"] if each["name"] == name)


def form(part: Any) -> Any:
    """What may not change along a knob: all but the numbers of arrays."""
    if isinstance(part, dict):
        return {key: form(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [form(value) for value in part]
    return (part.shape, str(part.dtype)) if isinstance(part, np.ndarray) else part


# ---- the map -----------------------------------------------------------------------------------------


def test_every_point_of_the_level_lines_is_at_one_of_their_heights(ground: tuple[Landscape, Relief]) -> None:
    landscape, seen = ground
    drawn = trace(relief.contours(seen, walked(landscape, 0.05)), "level lines")
    there = np.isfinite(drawn["x"])
    found = landscape(drawn["x"][there], drawn["y"][there])
    levels = np.array(relief.level_heights(seen))
    away = np.abs(found[:, np.newaxis] - levels).min(axis=1)
    # Straight pieces on a grid of mesh h are off by up to a curvature of 12 times h^2 / 8.
    assert away.max() <= 22.0 * 0.1**2 / 8.0
    assert set(np.abs(found[:, np.newaxis] - levels).argmin(axis=1)) == set(range(len(levels)))


def test_level_lines_never_join_what_lies_apart(ground: tuple[Landscape, Relief]) -> None:
    landscape, seen = ground
    drawn = trace(relief.contours(seen, walked(landscape, 0.05)), "level lines")
    lengths = np.hypot(np.diff(drawn["x"]), np.diff(drawn["y"]))
    assert np.nanmax(lengths) <= np.hypot(0.1, 0.1) + 1e-9
    assert np.isfinite(lengths).sum() > 100


def test_level_lines_are_denser_at_the_bottom(ground: tuple[Landscape, Relief]) -> None:
    gaps = np.diff(relief.level_heights(ground[1]))
    assert (gaps > 0.0).all()
    assert gaps[-1] > 3.0 * gaps[0]


@pytest.mark.parametrize("scale", [0.01, 1.0, 300.0])
@pytest.mark.parametrize("low", [0.0, 0.144, -7.0])
def test_level_lines_are_apart_whatever_the_height_of_the_ground(low: float, scale: float) -> None:
    x = line((-1.0, 1.0), 11)
    ground = low + scale * (x[np.newaxis] ** 2 + x[:, np.newaxis] ** 2)
    levels = relief.level_heights(Relief(x, x, ground, ("x", "y"), ((0.0, 0.0, "minimum"),), low))
    assert levels[0] > low
    assert min(np.diff(levels)) > 0.0
    assert levels[-1] < low + 2.0 * scale


def test_a_height_on_the_map_stands_on_its_line(ground: tuple[Landscape, Relief]) -> None:
    landscape, seen = ground
    labels = trace(relief.contours(seen, walked(landscape, 0.05)), "heights")
    assert len(labels["text"]) >= 3
    for x, y, text in zip(labels["x"], labels["y"], labels["text"], strict=True):
        said = float(text.replace("\N{MINUS SIGN}", "-"))
        assert float(landscape(np.array(x), np.array(y))) == pytest.approx(said, abs=0.03)


def test_no_number_or_name_is_cut_by_the_maps_side() -> None:
    x = line((-4.0, 4.0), 41)
    heights = x[np.newaxis] ** 2 + x[:, np.newaxis] ** 2
    minima = ((3.0, 1.0, "one"), (0.0, 0.0, "two"), (-3.9, 0.0, "three"))
    seen = Relief(x, x, heights, ("w", "b"), minima, 0.0)
    figure = relief.contours(seen, np.zeros((3, 2)))
    assert trace(figure, "minima")["textposition"] == ["bottom left", "bottom center", "bottom right"]
    labels = trace(figure, "heights")
    assert np.abs(np.concatenate([labels["x"], labels["y"]])).max() <= 4.0 - 0.06 * 8.0


def test_shades_rise_with_the_height(ground: tuple[Landscape, Relief]) -> None:
    landscape, seen = ground
    shades = relief.contours(seen, walked(landscape, 0.05))["data"][0]["z"]
    order = np.argsort(seen.heights.ravel(), kind="stable")
    assert shades.dtype == np.uint8
    assert (np.diff(shades[order].astype(int)) >= 0).all()
    assert (shades.min(), shades.max()) == (0, 255)


def test_a_path_is_drawn_point_by_point_and_the_ball_is_at_its_end(ground: tuple[Landscape, Relief]) -> None:
    landscape, seen = ground
    points = walked(landscape, 0.05)
    points[8:] = np.nan
    figure = relief.contours(seen, points)
    for name in ("path", "steps"):
        drawn = np.column_stack([trace(figure, name)["x"], trace(figure, name)["y"]])
        np.testing.assert_array_equal(drawn, points)
    ball = trace(figure, "ball")
    assert [ball["x"][0], ball["y"][0]] == points[7].tolist()


def test_a_path_that_leaves_is_cut_on_its_own_line_beyond_the_map() -> None:
    landscape, points = TWO_VALLEYS, walked(TWO_VALLEYS, 0.9, (2.0, 1.9))
    away = int(np.flatnonzero(np.abs(points).max(axis=1) > 8.0)[0])
    drawn = trace(relief.contours(relief_of(landscape), points), "path")
    shown = np.column_stack([drawn["x"], drawn["y"]])
    np.testing.assert_array_equal(shown[:away], points[:away])
    assert np.isnan(shown[away + 1 :]).all()
    assert np.abs(shown[away]).max() == pytest.approx(8.0)
    before, cut, after = points[away - 1], shown[away], points[away]
    across = np.cross(np.append(after - before, 0.0), np.append(cut - before, 0.0))[2]
    assert across == pytest.approx(0.0, abs=1e-6 * np.hypot(*(after - before)))


def test_of_the_surface_the_path_shows_what_lies_on_the_map() -> None:
    seen, points = relief_of(TWO_VALLEYS), walked(TWO_VALLEYS, 0.9, (2.0, 1.9))
    heights = TWO_VALLEYS(*points.T)
    drawn = trace(relief.slopes(seen, points, heights), "path")
    inside = np.abs(points).max(axis=1) <= 2.0
    assert 0 < inside.sum() < len(points)
    np.testing.assert_array_equal(np.isfinite(drawn["x"]), inside)
    lifted = drawn["z"][inside] - heights[inside]
    assert (lifted > 0.0).all()
    assert lifted.max() < 0.03 * np.ptp(seen.heights)


def test_fates_have_the_colour_of_their_minimum() -> None:
    found = basins(TWO_VALLEYS, 9, 0.7, 60)
    found[0, 0] = -1
    figure = relief.fates(relief_of(TWO_VALLEYS), found, walked(TWO_VALLEYS, 0.05))
    field = figure["data"][0]
    assert {0, 1, -1} == set(found.ravel())
    for place, shade in ((0, 0), (1, 255), (-1, 128)):
        assert set(field["z"][found.ravel() == place]) == {shade}
    assert [field["x"][0], field["x"][-1], field["y"][0], field["y"][-1]] == [-2.0, 2.0, -2.0, 2.0]


def test_a_map_shows_both_axes_at_one_scale(ground: tuple[Landscape, Relief]) -> None:
    layout = relief.contours(ground[1], walked(ground[0], 0.05))["layout"]
    assert layout["yaxis"]["scaleanchor"] == "x"
    assert [layout["xaxis"]["range"], layout["yaxis"]["range"]] == [[-2.0, 2.0], [-2.0, 2.0]]


def test_along_a_knob_only_numbers_change() -> None:
    seen = relief_of(TWO_VALLEYS)
    paths = [
        walked(TWO_VALLEYS, rate, start) for rate in (0.0, 0.1, 0.9) for start in ((2.0, 1.9), (0.0, 0.0))
    ]
    for draw in (
        lambda points: relief.contours(seen, points),
        lambda points: relief.slopes(seen, points, points[:, 0]),
        lambda points: relief.fates(seen, basins(TWO_VALLEYS, 5, float(points[1, 0] ** 2) % 1, 5), points),
        lambda points: descending.heights(points[:, 0], 0, 3.0, "height"),
        lambda points: descending.losses(np.full(21, 0.5), points[:, 0], 0),
        lambda points: descending.fit(np.arange(21.0), points[:, 0], points[:, 1], points[:, 0]),
    ):
        forms = [form(draw(points)) for points in paths]
        assert all(one == other for one, other in pairwise(forms))


# ---- heights and losses ------------------------------------------------------------------------------


def test_a_height_of_0_is_drawn_at_the_lowest_that_a_logarithm_shows() -> None:
    figure = descending.heights(np.array([4.0, 1e-3, 0.0, np.nan]), 2, 4.0, "height")
    assert trace(figure, "height")["y"].tolist()[:3] == [4.0, 1e-3, descending.LOWEST]
    assert np.isnan(trace(figure, "height")["y"][3])
    low, high = figure["layout"]["yaxis"]["range"]
    assert (10.0**low, trace(figure, "now")["y"][0]) == (descending.LOWEST, descending.LOWEST)
    assert 10.0**high >= 4.0


def test_the_marks_stand_at_the_step_that_is_shown() -> None:
    theirs = np.array([2.0, 1.0, 0.5, np.nan])
    figure = descending.losses(np.array([2.0, 1.5, 1.2, 1.1]), theirs, 2)
    assert [trace(figure, "now")["x"][0], trace(figure, "now")["y"][0]] == [2.0, 0.5]
    assert trace(figure, "loss from the first settings")["y"].tolist() == [2.0, 1.5, 1.2, 1.1]
    np.testing.assert_array_equal(trace(figure, "loss from yours")["y"], theirs)


def test_the_three_curves_differ_in_more_than_their_colour() -> None:
    curves = descending.fit(np.arange(3.0), np.zeros(3), np.ones(3), np.full(3, np.nan))["data"][:3]
    assert len({each["line"]["dash"] for each in curves}) == 3
