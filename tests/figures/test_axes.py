"""Axes keep their range, ticks of a logarithmic one are powers of ten, remarks stand above."""

import pytest

from pages.shared.figures.axes import (
    BELOW,
    OFF,
    SAID,
    Margin,
    Note,
    axis,
    base,
    layout,
    log_axis,
    notation,
    noted,
)


def test_an_axis_has_its_title_and_a_range_that_stays() -> None:
    made = axis("input x", -5.0, 5.0, nticks=3).drawn
    assert (made["title"]["text"], made["range"], made["nticks"]) == ("input x", [-5.0, 5.0], 3)
    assert "autorange" not in made


def test_ticks_of_a_logarithmic_axis_are_powers_of_ten_or_those_that_are_asked_for() -> None:
    made = log_axis("loss", -4.0, 2.0, every=2).drawn
    assert (made["type"], made["range"], made["dtick"]) == ("log", [-4.0, 2.0], 2)
    assert not made["zeroline"], "a logarithm has no zero"
    chosen = log_axis("N", 0.0, 2.0, (1, 10, 100)).drawn
    assert chosen["tickvals"] == (1, 10, 100)
    assert "dtick" not in chosen, "Plotly would say 1 for 2"


def test_a_layout_keeps_what_the_reader_zoomed_into() -> None:
    one, other = base(400), base(360)
    assert (one["height"], other["height"]) == (400, 360)
    assert one["uirevision"] == other["uirevision"]
    assert one["uirevision"]


def test_a_layout_has_its_axes_under_plotlys_names_and_its_room() -> None:
    x, y, right = axis("x", 0.0, 1.0), axis("y", 0.0, 2.0), axis("share", 0.0, 3.0)
    made = layout(200, x, y, margin=Margin(right=99), notes=(Note("so"),), yaxis2=right)
    assert [made[name] for name in ("xaxis", "yaxis", "yaxis2")] == [
        x.drawn | {"ticklabelstandoff": BELOW},
        y.drawn,
        right.drawn,
    ]
    assert (made["height"], made["margin"]) == (200, {"l": 56, "r": 99, "t": 10 + SAID, "b": 44})
    assert [remark["text"] for remark in made["annotations"]] == ["so"]


def test_long_numbers_below_an_axis_stand_off_the_lowest_one_beside_it() -> None:
    far, near = (layout(200, axis("x", low, low + 20.0), axis("y", -0.2, 1.0)) for low in (1.7e9, 0.0))
    off, none = (each["xaxis"]["ticklabelstandoff"] - BELOW for each in (far, near))
    assert off == far["margin"]["b"] - near["margin"]["b"] == OFF
    assert none == 0, "the same parts, so that a sweep may go from one to the other"


def test_a_layout_is_made_once_so_that_along_a_sweep_it_is_the_same() -> None:
    made = [layout(200, axis("x", 0.0, 1.0), log_axis("y", 0.0, 2.0), notes=(Note("so"),)) for _ in range(2)]
    assert made[0] is made[1]
    assert made[0] is not layout(200, axis("x", 0.0, 1.0), log_axis("y", 0.0, 3.0), notes=(Note("so"),))


@pytest.mark.parametrize(("side", "x"), [("left", 0.0), ("right", 1.0)])
def test_a_remark_stands_above_its_plot_at_a_side_and_has_room_there(side: str, x: float) -> None:
    drawn = Note("so", side).drawn
    assert (drawn["x"], drawn["xanchor"]) == (x, side)
    assert (drawn["xref"], drawn["yref"]) == ("x domain", "y domain")
    assert (drawn["y"], drawn["yanchor"]) == (1.0, "bottom"), "over no data"
    silent = layout(200, axis("x", 0.0, 1.0), axis("y", 0.0, 1.0))
    said = noted(silent, [Note("so", side)])
    assert said["margin"]["t"] == silent["margin"]["t"] + SAID
    both = noted(said, [Note("and so")])
    assert both["margin"] == said["margin"]
    assert [note["text"] for note in both["annotations"]] == ["so", "and so"]


# ---- numbers at ticks and under the pointer -----------------------------------------------------------

FARS = [(1.7e9, 1.7e9 + 20), (1e6, 1e6 + 2e-3), (-1e9 - 1.0, -1e9), (99_999.5, 100_000.0)]


@pytest.mark.parametrize("ends", [(0.0, 1.0), (-1e15, 1e15), (0.0, 1e-15), (1990.0, 2000.0), *FARS])
def test_no_number_of_an_axis_has_a_letter_for_a_power_of_ten_or_a_sign_between_thousands(
    ends: tuple[float, float],
) -> None:
    assert notation(*ends)["exponentformat"] in ("power", "none")
    assert layout(200, axis("x", *ends), axis("y", *ends))["separators"] == "."
    assert log_axis("loss", -2.0, 3.0).drawn["exponentformat"] == "power"


@pytest.mark.parametrize("ends", FARS)
def test_far_from_zero_numbers_have_all_their_digits_and_few_ticks(ends: tuple[float, float]) -> None:
    made = axis("x", *ends).drawn
    assert made["exponentformat"] == "none"
    assert made["nticks"] <= 7
    assert made["nticks"] < 7 or axis("x", *ends).label_length <= 8


@pytest.mark.parametrize(
    ("ends", "hover"),
    [
        ((0.0, 1.0), ".3~f"),
        ((-10.0, 10.0), ".2~f"),
        ((1990.0, 2000.0), ".2~f"),
        ((0.0, 4000.0), ".0~f"),
        ((1.7e9, 1.7e9 + 20), ".2~f"),
        ((1e6, 1e6 + 2e-3), ".6~f"),
        ((1e-15, 1e-15 + 2e-20), ".8~e"),
    ],
)
def test_under_the_pointer_a_thousandth_of_the_axis_is_told(ends: tuple[float, float], hover: str) -> None:
    assert notation(*ends)["hoverformat"] == hover


@pytest.mark.parametrize("ends", [(0.0, 1e9), (0.0, 1e-9), (-1e15, 1e15)])
def test_where_powers_of_ten_are_shorter_the_pointer_is_told_them_too(ends: tuple[float, float]) -> None:
    assert "hoverformat" not in notation(*ends), "plotly.js itself writes powers of ten"


def test_long_numbers_at_ticks_have_room_and_ordinary_ones_leave_the_margin_as_it_is() -> None:
    ordinary, far = axis("y", -0.25, 1.25), axis("y", 1e9, 1e9 + 10)
    assert layout(200, ordinary, ordinary)["margin"] == layout(200, axis("x", 0, 9), ordinary)["margin"]
    assert layout(200, ordinary, ordinary)["margin"]["l"] == Margin().left
    wide = layout(200, far, far)["margin"]
    assert wide["l"] >= len("1000000000") * 7 + 20
    assert wide["r"] >= len("1000000000") * 7 / 2
