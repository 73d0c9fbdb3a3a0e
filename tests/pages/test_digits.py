"""The handwritten digits that are shipped: whole, apart, and of known origin."""

from __future__ import annotations

import numpy as np

from pages.shared.digits.pictures import FILE, held_out, to_learn


def test_three_of_four_are_learnt_from_and_none_of_those_is_held_out() -> None:
    learnt, kept = to_learn(), held_out()
    assert (len(learnt.labels), len(kept.labels)) == (1348, 449)
    rows = {tuple(each.ravel()) for each in learnt.pictures}
    assert not rows & {tuple(each.ravel()) for each in kept.pictures}


def test_every_digit_is_there_about_as_often_and_every_pixel_between_paper_and_ink() -> None:
    for digits in (to_learn(), held_out()):
        counts = np.bincount(digits.labels, minlength=10)
        assert counts.min() > 0.08 * len(digits.labels)
        assert digits.pictures.shape[1:] == (8, 8)
        assert digits.pictures.min() == 0.0
        assert digits.pictures.max() == 1.0
        assert (digits.targets.argmax(axis=1) == digits.labels).all()


def test_the_licence_stands_beside_the_data() -> None:
    said = FILE.with_name("LICENCE.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in said or "Attribution 4.0" in said
    assert FILE.stat().st_size < 60_000
