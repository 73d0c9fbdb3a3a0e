"""A colour has one meaning, in light and in dark, and stands out from its paper."""

import re
import tomllib
from pathlib import Path

import pytest

from pages.shared.figures.axes import axis, base
from pages.shared.figures.theme import PALETTE, colour

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
QUIET = {"grid", "axis", "paper"}
INK = sorted(set(PALETTE["light"]) - QUIET)
THEMES = sorted(PALETTE)


def luminance(hexadecimal: str) -> float:
    """The relative luminance of an sRGB colour, 0 for black and 1 for white (WCAG 2)."""
    channels = [int(hexadecimal[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("meaning", INK)
def test_a_curve_stands_out_from_its_paper(theme: str, meaning: str) -> None:
    assert contrast(PALETTE[theme][meaning], PALETTE[theme]["paper"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("meaning", INK)
def test_numbers_and_labels_in_a_colour_can_be_read(theme: str, meaning: str) -> None:
    assert contrast(PALETTE[theme][meaning], PALETTE[theme]["paper"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_a_grid_is_quieter_than_an_axis_and_an_axis_than_a_curve(theme: str) -> None:
    colours = PALETTE[theme]
    grid, zero = (contrast(colours[each], colours["paper"]) for each in ("grid", "axis"))
    assert 1 < grid < zero < min(contrast(colours[each], colours["paper"]) for each in INK)


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_drawn_together_has_its_own_colour(theme: str) -> None:
    together = ["network", "unit-1", "unit-2", "unit-3", "target", "error", "ink", "muted"]
    assert len({PALETTE[theme][meaning] for meaning in together}) == len(together)
    parameters = [PALETTE[theme][meaning] for meaning in ("network", "weight", "bias", "input")]
    assert len(set(parameters)) == len(parameters)


@pytest.mark.parametrize("theme", THEMES)
def test_the_plots_paper_is_the_pages_and_the_accent_is_the_networks(theme: str) -> None:
    page, colours = CONFIG["theme"][theme], PALETTE[theme]
    assert page["backgroundColor"].upper() == colours["paper"]
    assert page["textColor"].upper() == colours["ink"]
    assert page["primaryColor"].upper() == colours["network"]


@pytest.mark.parametrize("meaning", list(PALETTE["light"]))
def test_a_colour_is_named_and_looked_up_later(meaning: str) -> None:
    assert colour(meaning) == f"var(--sp-{meaning})"


@pytest.mark.parametrize("unknown", ["", "red", "#0072B2", "Network", "unit-4", "network "])
def test_an_unknown_colour_is_refused_and_the_known_ones_are_named(unknown: str) -> None:
    with pytest.raises(KeyError, match=re.escape(f"no colour for {unknown!r}; there are network")):
        colour(unknown)


def test_an_axis_has_its_title_and_a_range_that_stays() -> None:
    made = axis("input x", -5.0, 5.0, nticks=3)
    assert (made["title"]["text"], made["range"], made["nticks"]) == ("input x", [-5.0, 5.0], 3)
    assert "autorange" not in made


def test_a_layout_keeps_what_the_reader_zoomed_into() -> None:
    one, other = base(400), base(360)
    assert (one["height"], other["height"]) == (400, 360)
    assert one["uirevision"] == other["uirevision"]
    assert one["uirevision"]
