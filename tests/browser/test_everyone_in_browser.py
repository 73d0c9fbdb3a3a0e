"""Nobody is shut out: axe-core finds no fault of any impact on any page or scene."""

import pytest

from tests.browser import axe
from tests.browser.conftest import DESK
from tests.browser.test_loading_in_browser import MOST_MOVED

PHONE = {**DESK, "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {**DESK, "viewport": {"width": 1280, "height": 720}}
# Every page and scene as the dark phone and the light desk see it; the long way round takes the others.
LOOKS = [{**PHONE, "color_scheme": "dark"}, DESKTOP]
OTHERS = [PHONE, {**DESKTOP, "color_scheme": "dark"}]
SCENES = [
    "/", "/single_neuron", "/two_neurons", "/bumps", "/approximator?below=network",
    "/approximator?target=your+formula", "/approximator?target=your+data", "/nonlinearity",
    "/decision_boundary", "/decision_boundary?network=two+hidden+neurons",
    "/decision_boundary?network=trained&points=your+points", "/towers", "/forward_pass",
    "/gradient_descent", "/gradient_descent?scene=landscape", "/gradient_descent?scene=one+step",
    "/gradient_descent?scene=curve", "/gradient_descent?scene=classes",
]  # fmt: skip


def shuts_out(go, script, path, looks):
    """What is wrong with the page in each look, on the phone what is too wide for it and what moved besides;
    loaded once."""
    phone, _ = looks
    reader = go(path, **phone)
    far, moved = reader.moved()
    found = {"too wide": reader.sticks_out(), "moved": moved * (far > MOST_MOVED)}
    for look in looks:
        reader.look_like(look)
        found[f"{look['viewport']['width']}, {look['color_scheme']}"] = axe.violations(reader, script)
    return {look: faults for look, faults in found.items() if faults}


@pytest.mark.parametrize("path", SCENES)
def test_nobody_is_shut_out_and_nothing_is_wider_than_the_phone_or_moves_while_it_opens(go, script, path):
    assert shuts_out(go, script, path, LOOKS) == {}


@pytest.mark.smoke
@pytest.mark.parametrize("path", SCENES)
def test_nobody_is_shut_out_on_the_light_phone_and_at_the_dark_desk(go, script, path):
    assert shuts_out(go, script, path, OTHERS) == {}
