"""Letters of drawings can be read on a desk."""

import re

from nn_core.building.constructions import staircase
from nn_core.targets.curves import TARGETS
from pages.shared.figures.drawings.diagram import many_units

# In pixels: how wide a drawing gets beside the menu of a desk, and the least that its letters are there.
PLACE, LEAST = 528, 11.0


def test_the_letters_of_many_units_are_at_least_eleven_pixels_on_a_desk() -> None:
    html = many_units(staircase(TARGETS["Nielsen's goal"], 40, 100.0)).html
    (width,) = re.findall(r'viewBox="0 0 (\d+)', html)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', html)]
    assert min(sizes) * PLACE / int(width) >= LEAST
