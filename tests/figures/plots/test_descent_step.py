"""The lines beside the curve are the step's: its tangent, its secant, and where it lands."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import descent_step
from tests.figures.looking import coloured, named


def slope(trace: dict[str, Any]) -> float:
    return float(np.diff(trace["y"])[0] / np.diff(trace["x"])[0])


CURVE = np.linspace(-4, 4, 9), np.linspace(-4, 4, 9) ** 2


def along(*, known: bool = True, moved: bool = True) -> Figure:
    lines = (1.25, (0.5, 0.1, 0.9)) if known else (None, None)
    return descent_step.along("w₁", CURVE, (0.5, 0.25), lines, (-0.75, 0.5625) if moved else None)


def test_the_tangent_has_the_slope_of_the_derivative_and_touches_at_the_point() -> None:
    tangent = named(along(), "tangent")
    assert slope(tangent) == pytest.approx(1.25)
    assert np.interp(0.5, tangent["x"], tangent["y"]) == pytest.approx(0.25)


def test_the_secant_goes_through_both_losses() -> None:
    figure = along()
    ends, secant = named(figure, "p − h and p + h"), named(figure, "secant")
    assert ends["x"].tolist() == [0.0, 1.0]
    assert np.interp(ends["x"], secant["x"], secant["y"]) == pytest.approx([0.1, 0.9])
    assert ends["y"].tolist() == [0.1, 0.9]


def test_the_step_goes_from_the_point_to_where_it_lands() -> None:
    figure = along()
    assert named(figure, "step")["x"].tolist() == [0.5, -0.75]
    assert [named(figure, "after")[axis].tolist() for axis in "xy"] == [[-0.75], [0.5625]]


def test_what_is_not_known_yet_is_nowhere_in_the_view() -> None:
    figure = along(known=False, moved=False)
    for name in ("tangent", "secant"):
        assert np.isnan(named(figure, name)["y"]).all()
    for name in ("p − h and p + h", "after"):
        assert (named(figure, name)["x"] < descent_step.ALONG[0]).all()


def test_agreement_shows_every_h_and_the_one_at_hand() -> None:
    sizes, differences = np.array([1.0, 1e-3, 1e-6]), np.array([0.1, 0.0, 1e-7])
    figure = descent_step.agreement(sizes, differences, 2)
    now = named(figure, "h now")
    assert (now["x"].tolist(), now["y"].tolist()) == ([1e-6], [1e-7])
    shown = named(figure, "relative difference")["y"]
    assert shown.tolist() == [0.1, descent_step.SMALLEST, 1e-7]
    low, high = figure["layout"]["yaxis"]["range"]
    assert ((low <= np.log10(shown)) & (np.log10(shown) <= high)).all()
    hidden = named(descent_step.agreement(sizes, None, 2), "every h")
    assert (np.log10(hidden["y"]) < low).all()


def test_the_error_of_the_pair_is_the_gap_between_answer_and_label() -> None:
    x, y, grid = np.array([-1.0, 1.0]), np.array([0.2, 0.8]), np.linspace(-2, 2, 5)
    figure = descent_step.fit((x, y), 1, grid, (0.5 * grid, None), 0.5)
    gap = named(figure, "y − t")
    assert (gap["x"].tolist(), gap["y"].tolist()) == ([1.0, 1.0], [0.5, 0.8])
    assert named(figure, "the pair")["y"].tolist() == [0.8]
    assert np.isnan(named(figure, "y after the step")["y"]).all()
    unknown = descent_step.fit((x, y), 1, grid, (0.5 * grid, grid), None)
    assert np.isnan(named(unknown, "y − t")["y"]).any()
    assert named(unknown, "y after the step")["y"].tolist() == grid.tolist()


def test_figures_are_valid_plotly() -> None:
    sizes, grid = np.array([1.0, 1e-3]), np.linspace(-2, 2, 5)
    figures = (
        along(),
        along(known=False, moved=False),
        descent_step.agreement(sizes, sizes, 0),
        descent_step.fit((grid, grid), 0, grid, (grid, None), None),
    )
    for figure in figures:
        drawn = coloured(figure, "light")
        assert "var(" not in str(drawn)
        assert len(go.Figure(drawn).data) == len(figure["data"])
