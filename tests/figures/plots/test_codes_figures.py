"""Figures of codes: digits are drawn where their codes lie, pictures on a sheet, errors at their heights."""

from __future__ import annotations

import numpy as np
import pytest

from pages.shared.figures.plots.codes import amounts, codes, sheets

PLACES = np.array([[0.5, -1.0], [2.0, 1.0], [-2.0, 0.0]])
LABELS = np.array([7, 7, 3])


def test_each_digit_is_drawn_around_its_code_in_the_colour_that_it_shares_with_one_other() -> None:
    traces = codes.written(PLACES, LABELS)
    assert [each["name"] for each in traces] == ["0 and 5", "1 and 6", "2 and 7", "3 and 8", "4 and 9"]
    sevens = np.column_stack([traces[2]["x"], traces[2]["y"]])
    ends = np.flatnonzero(np.isnan(sevens[:, 0]))
    assert len(ends) == 2
    for place, strokes in zip(PLACES[:2], np.split(sevens, ends[:1] + 1), strict=True):
        assert np.nanmax(np.abs(strokes - place)) <= codes.SIZE + 1e-12
    assert traces[0]["x"].size == 0


def test_ten_digits_have_ten_different_strokes_in_one_box() -> None:
    assert len(set(codes.STROKES)) == 10
    corners = np.array([point for strokes in codes.STROKES for point in strokes])
    assert corners.min() == 0
    assert corners.max(axis=0).tolist() == [1, 2]


def test_the_ring_is_at_the_code_and_crosses_are_where_random_codes_are() -> None:
    drawn = codes.codes(codes.written(PLACES, LABELS), (2.0, 1.0), 3.0, "remark", PLACES)
    ring, crosses = drawn["data"][-1], drawn["data"][-2]
    assert (ring["x"].tolist(), ring["y"].tolist()) == ([2.0], [1.0])
    assert crosses["x"].tolist() == PLACES[:, 0].tolist()
    assert len(codes.codes([], (0.0, 0.0), 3.0, "remark")["data"]) == 1


def test_pictures_are_read_like_words_upright_and_what_is_beyond_ink_and_paper_is_cut_off() -> None:
    pictures = np.zeros((3, 2, 2))
    pictures[0, 0] = -1.0, 2.0
    pictures[2, 1] = 1.0, 0.0
    drawn = sheets.sheet(pictures, ("one", "two", "three"), across=2)
    (trace,) = drawn["data"]
    ground = trace["z"].reshape(len(trace["y"]), len(trace["x"]))
    names = {each["text"]: each for each in drawn["layout"]["annotations"]}
    assert ground.shape == (10, 5)
    assert np.argwhere(ground == 255).tolist() == [[0, 0], [6, 1]]
    assert ground.sum() == 2 * 255
    assert names["one"]["x"] == names["three"]["x"] < names["two"]["x"]
    assert names["one"]["y"] == names["two"]["y"] > names["three"]["y"]
    assert len(drawn["layout"]["shapes"]) == 3


def test_the_cliff_has_a_dot_for_every_seed_and_their_mean_and_stays_in_view() -> None:
    betas, values = np.array([0.0, 1.0]), np.array([[9.0, 1.0], [0.5, 1.5]])
    drawn = amounts.cliff(betas, values, (1.0, 0.5), ("nats", (0.0, 5.0)), ("none", 0.0, "remark"), 0.7)
    named = {each["name"]: each for each in drawn["data"]}
    assert named["a seed"]["x"].tolist() == [0.0, 0.0, 1.0, 1.0]
    assert named["a seed"]["y"].tolist() == [5.0, 1.0, 0.5, 1.5]
    assert named["mean of the seeds"]["y"].tolist() == [5.0, 1.0]
    assert named["a valley from here on"]["x"].tolist() == [0.7, 0.7]
    assert named["none"]["y"].tolist() == [0.0, 0.0]


def test_the_way_down_is_drawn_between_the_heights_that_are_known() -> None:
    drawn = amounts.descent(
        np.array([0, 10, 20]), np.array([0.3, 0.06, 0.05]), [("floor", 0.05)], (20.0, 0.05)
    )
    named = {each["name"]: each for each in drawn["data"] if "name" in each}
    assert named["error"]["y"].tolist() == pytest.approx([amounts.ERRORS[1], 0.06, 0.05])
    assert named["floor"]["y"].tolist() == [0.05, 0.05]
    assert (named["now"]["x"].tolist(), named["now"]["y"].tolist()) == ([20.0], [0.05])
