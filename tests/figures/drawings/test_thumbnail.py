"""A small picture says with few corners what its curve says."""

from __future__ import annotations

import numpy as np
import pytest

from pages.shared.figures.drawings.thumbnail import NEAR, corners
from pages.shared.glossary.terms import TERMS

T = np.linspace(0.0, 1.0, 2001)
CURVES = {
    "a straight line": (100 * T, 50 * T),
    "a sigmoid": (100 * T, 80 / (1 + np.exp(12 - 24 * T))),
    "a wave": (100 * T, 40 + 30 * np.sin(15 * T)),
    "a spiral": (50 + 40 * T * np.cos(12 * T), 50 + 40 * T * np.sin(12 * T)),
    "a closed one": (50 + 40 * np.cos(2 * np.pi * T), 50 + 40 * np.sin(2 * np.pi * T)),
    "a point": (np.full_like(T, 5.0), np.full_like(T, 7.0)),
}
MOST_BYTES, ABOUT = 1600, 1000


@pytest.mark.parametrize("name", CURVES)
def test_the_line_through_the_corners_is_near_every_point_of_the_curve(name: str) -> None:
    places = [*zip(*CURVES[name], strict=True)]
    kept = corners(places)
    assert (kept[0], kept[-1]) == (places[0], places[-1])
    assert len(kept) < len(places) / 3
    starts, ends = np.array(kept[:-1])[:, None], np.array(kept[1:])[:, None]
    along, off = ends - starts, np.array(places) - starts
    squares = (along**2).sum(-1)
    share = np.clip((along * off).sum(-1) / np.where(squares, squares, 1.0), 0.0, 1.0)
    away = np.linalg.norm(off - share[..., None] * along, axis=-1).min(0)
    assert away.max() <= NEAR + 1e-9


def test_the_picture_of_a_word_takes_few_bytes() -> None:
    sizes = {term.name: len(term.picture()) for term in TERMS if term.picture}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) / len(sizes) < ABOUT
