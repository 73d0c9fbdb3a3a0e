"""The table of a picture: every number of its curves, as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io

import numpy as np

from pages.shared.figures.axes import axis, layout
from pages.shared.figures.plots.surfaces import surface
from pages.shared.figures.traces import curve
from pages.shared.stage.picture import Picture
from pages.shared.stage.taking.table import curves

X, Y = np.array([0.1, 0.2, 0.3]), np.array([1 / 3, np.nan, -2.0])


def rows_of(picture: Picture) -> list[list[str]]:
    """The table without its head."""
    return list(csv.reader(io.StringIO(curves(picture))))[1:]


def test_every_number_of_a_curve_stands_in_the_table_with_all_its_digits_and_what_its_axes_are_called() -> (
    None
):
    figure = {
        "data": [curve("sum", X, Y, "network"), curve("=cmd()", X, Y, "network", yaxis="y2")],
        "layout": layout(200, axis("input x", 0, 1), axis("output y", 0, 1), yaxis2=axis("z", 0, 1)),
    }
    rows = rows_of(Picture([figure], ""))
    assert rows[0] == ["1", "sum", "input x", "0.1", "output y", repr(1 / 3)]
    assert rows[1] == ["1", "sum", "input x", "0.2", "output y", ""]
    assert [float(row[3]) for row in rows[:3]] == X.tolist()
    assert {row[1] for row in rows[3:]} == {"'=cmd()"}
    assert {row[4] for row in rows[3:]} == {"z"}


def test_a_surface_has_a_row_for_each_place_with_its_height() -> None:
    across, up = np.array([0.0, 1.0, 2.0]), np.array([5.0, 6.0])
    figure = surface(across, up, np.arange(6.0).reshape(2, 3), (0, 6))
    rows = [row for row in rows_of(Picture(figure, "")) if row[1] == "height"]
    found = [(float(x), float(y), float(z)) for _, _, _, x, _, y, _, z in rows]
    assert found == [
        (x, y, float(3 * row + column)) for row, y in enumerate(up) for column, x in enumerate(across)
    ]
    assert rows[0][2::2] == ["x₁", "x₂", "height"]
