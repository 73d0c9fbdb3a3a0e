"""On a phone a knob follows the finger, and the page stays where it is."""

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def phone(visit, app_server):
    return visit(f"{app_server.url}/single_neuron", **PHONE)


def swipe(reader, start, end, steps=12):
    """A finger from here to there."""
    finger = reader.page.context.new_cdp_session(reader.page)

    def touch(kind, *points):
        spots = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    touch("touchStart", start)
    for step in range(1, steps + 1):
        share = step / steps
        touch("touchMove", tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)))
    touch("touchEnd")


def test_a_finger_on_a_knob_moves_the_picture_and_not_the_page(phone):
    phone.knob("weight w").scroll_into_view_if_needed()
    scrolled, before = phone.page.evaluate(SCROLLED), phone.ink()
    across, down = phone.spot("weight w", phone.value("weight w"))
    swipe(phone, (across, down), (phone.spot("weight w", 8.0)[0], down - 60))
    phone.until(lambda: phone.ink() != before)
    phone.until(lambda: float(phone.link().get("weight", 1)) > 5)
    assert phone.page.evaluate(SCROLLED) == scrolled


def test_a_finger_beside_the_knobs_scrolls_the_page(phone):
    """Otherwise the test above would prove nothing."""
    box = phone.page.locator(".sp-buttons").bounding_box()
    start = PHONE["viewport"]["width"] / 2, box["y"] + box["height"] / 2
    swipe(phone, start, (start[0], start[1] - 300))
    phone.until(lambda: phone.page.evaluate(SCROLLED) > 50)
