"""Axes keep their range, ticks of a logarithmic one are powers of ten, remarks stand in corners."""

import pytest

from pages.shared.figures.axes import Margin, Note, axis, base, layout, log_axis


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
    assert [made[name] for name in ("xaxis", "yaxis", "yaxis2")] == [x.drawn, y.drawn, right.drawn]
    assert (made["height"], made["margin"]) == (200, {"l": 56, "r": 99, "t": 10, "b": 44})
    assert [remark["text"] for remark in made["annotations"]] == ["so"]


def test_a_layout_is_made_once_so_that_along_a_sweep_it_is_the_same() -> None:
    made = [layout(200, axis("x", 0.0, 1.0), log_axis("y", 0.0, 2.0), notes=(Note("so"),)) for _ in range(2)]
    assert made[0] is made[1]
    assert made[0] is not layout(200, axis("x", 0.0, 1.0), log_axis("y", 0.0, 3.0), notes=(Note("so"),))


@pytest.mark.parametrize(
    ("corner", "x", "y"),
    [
        ("bottom left", 0.01, 0.0),
        ("top left", 0.01, 1.0),
        ("top right", 0.99, 1.0),
        ("bottom right", 0.99, 0.0),
    ],
)
def test_a_remark_stands_in_its_corner_and_grows_into_the_plot(corner: str, x: float, y: float) -> None:
    drawn = Note("so", corner).drawn
    assert (drawn["x"], drawn["y"], f"{drawn['yanchor']} {drawn['xanchor']}") == (x, y, corner)
    assert (drawn["xref"], drawn["yref"]) == ("x domain", "y domain")
