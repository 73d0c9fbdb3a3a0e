"""The convex hull holds all points, and needs each of its corners."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.plane.hulls import hull

PLACES = st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=1, max_size=9).map(
    lambda places: np.array(places, dtype=float)
)


def areas(corners: FloatArray, points: FloatArray) -> FloatArray:
    """For each edge and each point on which side it lies: above 0 on the left."""
    along = np.roll(corners, -1, axis=0) - corners
    away = points[np.newaxis] - corners[:, np.newaxis]
    found: FloatArray = along[:, :1] * away[..., 1] - along[:, 1:] * away[..., 0]
    return found


@given(PLACES)
def test_all_points_lie_within_and_corners_are_points_at_which_one_turns_left(points: FloatArray) -> None:
    corners = hull(points)
    assert {tuple(each) for each in corners} <= {tuple(each) for each in points}
    assert areas(corners, points).min() >= 0.0
    if len(corners) > 2:
        ahead = np.roll(corners, -2, axis=0)
        assert np.diag(areas(corners, ahead)).min() > 0.0
    else:
        assert not areas(corners, points).any()


def test_what_has_no_hull_is_refused() -> None:
    for points in (np.empty((0, 2)), np.ones((3, 3)), np.array([[np.nan, 0.0]])):
        with pytest.raises(ValueError, match="points must be finite"):
            hull(points)
