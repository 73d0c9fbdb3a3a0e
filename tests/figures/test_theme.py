"""A colour has one meaning, in light and in dark, and stands out from its paper."""

import re
import tomllib
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from nn_core.arrays import FloatArray
from pages.shared.figures.theme import PALETTE, colour
from tests.tables import every

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
QUIET = {"grid", "axis", "paper"}
INK = sorted(set(PALETTE["light"]) - QUIET)
THEMES = sorted(PALETTE)


def linear(hexadecimal: str) -> FloatArray:
    """How much red, green and blue light an sRGB colour is, each from 0 to 1."""
    channels = np.array([int(hexadecimal[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(hexadecimal: str) -> float:
    """The relative luminance of an sRGB colour, 0 for black and 1 for white (WCAG 2)."""
    return float(linear(hexadecimal) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_black_on_white_is_21_and_of_a_colour_on_itself_1() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_light_and_dark_name_the_same_meanings() -> None:
    assert THEMES == ["dark", "light"]
    assert list(PALETTE["light"]) == list(PALETTE["dark"])


@pytest.mark.parametrize("theme", THEMES)
def test_a_colour_is_six_hexadecimal_digits(theme: str) -> None:
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for value in PALETTE[theme].values())


@every("theme, meaning", product(THEMES, INK))
def test_a_curve_stands_out_from_its_paper(theme: str, meaning: str) -> None:
    assert contrast(PALETTE[theme][meaning], PALETTE[theme]["paper"]) >= 3


@every("theme, meaning", product(THEMES, INK))
def test_numbers_and_labels_in_a_colour_can_be_read(theme: str, meaning: str) -> None:
    assert contrast(PALETTE[theme][meaning], PALETTE[theme]["paper"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_a_grid_is_quieter_than_an_axis_and_an_axis_than_a_curve(theme: str) -> None:
    colours = PALETTE[theme]
    grid, zero = (contrast(colours[each], colours["paper"]) for each in ("grid", "axis"))
    assert 1 < grid < zero < min(contrast(colours[each], colours["paper"]) for each in INK)


# ---- what stands in one picture -----------------------------------------------------------------------

# A parameter has the colour of the unit that it belongs to in its formula.
ONE_COLOUR = [{"weight", "unit-1"}, {"bias", "unit-2", "class-2"}, {"input", "unit-3"}]
TOGETHER = {
    "curves": ["network", "target", "error", "unit-1", "unit-2", "unit-3"],
    "a neuron": ["network", "weight", "bias", "input", "ink"],
    "one step": ["network", "weight", "bias", "input", "target", "error"],
    "classes": ["class-0", "class-1", "class-2", "error", "network", "ink"],
}
# Readers with one kind of cone missing tell these apart by their shapes alone: a ring around a disc, a thick
# line beside a thin and dashed one, a derivative below an edge and a weight above it.
BY_SHAPE = [{"error", "unit-1"}, {"error", "weight"}, {"error", "class-0"}]
# Distances of 2.3 are just noticed side by side (CIE 1976).
APART, APART_WITH_TWO_CONES, NOT_BY_CHANCE = 25.0, 9.0, 5.0
# What is left of linear red, green and blue where one kind of cone is missing (Machado et al. 2009).
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopes": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def lab(hexadecimal: str, reader: str = "everybody") -> FloatArray:
    """A colour as lightness, red against green, and yellow against blue (CIELAB), as these readers see it."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    seen = np.clip(SEEN_BY[reader] @ linear(hexadecimal), 0.0, 1.0)
    share = to_xyz @ seen / to_xyz.sum(axis=1)
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(theme: str, pair: tuple[str, str], reader: str = "everybody") -> float:
    """How far apart two meanings look in a theme."""
    one, other = (lab(PALETTE[theme][meaning], reader) for meaning in pair)
    return float(np.hypot.reduce(one - other))


def test_distances_are_those_of_cielab() -> None:
    assert lab("#FFFFFF") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#FF0000") == pytest.approx([53.2, 80.1, 67.2], abs=0.1)
    red, green = lab("#D00000", "deuteranopes"), lab("#7A7A00", "deuteranopes")
    assert np.hypot.reduce(red - green) < 20 < np.hypot.reduce(lab("#D00000") - lab("#7A7A00"))


def test_every_class_and_every_unit_stands_in_a_picture_with_the_others() -> None:
    for prefix, picture in (("class-", "classes"), ("unit-", "curves")):
        assert {name for name in PALETTE["light"] if name.startswith(prefix)} <= {*TOGETHER[picture]}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("picture", TOGETHER)
def test_what_stands_in_one_picture_is_told_apart_at_a_glance(picture: str, theme: str) -> None:
    for pair in combinations(TOGETHER[picture], 2):
        assert distance(theme, pair) >= APART, pair


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("picture", TOGETHER)
@pytest.mark.parametrize("reader", SEEN_BY)
def test_readers_with_two_kinds_of_cones_tell_it_apart_too_or_by_its_shape(
    reader: str, picture: str, theme: str
) -> None:
    for pair in combinations(TOGETHER[picture], 2):
        assert distance(theme, pair, reader) >= APART_WITH_TWO_CONES or set(pair) in BY_SHAPE, pair


@pytest.mark.parametrize("theme", THEMES)
def test_two_meanings_have_one_colour_only_where_they_mean_one_thing(theme: str) -> None:
    for pair in combinations(PALETTE[theme], 2):
        same = any({*pair} <= group for group in ONE_COLOUR)
        assert (PALETTE[theme][pair[0]] == PALETTE[theme][pair[1]]) == same, pair
        assert same or distance(theme, pair) >= NOT_BY_CHANCE, pair


# ---- the page, and unknown colours --------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_the_plots_paper_is_the_pages_and_the_accent_is_the_networks(theme: str) -> None:
    page, colours = CONFIG["theme"][theme], PALETTE[theme]
    assert page["backgroundColor"].upper() == colours["paper"]
    assert page["textColor"].upper() == colours["ink"]
    assert page["primaryColor"].upper() == colours["network"]


@every("meaning", list(PALETTE["light"]))
def test_a_colour_is_named_and_looked_up_later(meaning: str) -> None:
    assert colour(meaning) == f"var(--sp-{meaning})"


@pytest.mark.parametrize("unknown", ["", "red", "#0072B2", "Network", "unit-4", "network "])
def test_an_unknown_colour_is_refused_and_the_known_ones_are_named(unknown: str) -> None:
    with pytest.raises(KeyError, match=re.escape(f"no colour for {unknown!r}; there are network")):
        colour(unknown)
