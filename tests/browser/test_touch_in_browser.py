"""On a phone a knob follows the finger, and the page stays where it is."""

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def phone(stay, app_server):
    return stay(app_server, "/single_neuron", **PHONE)


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


UNDER_A_THUMB = """(node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === node;
}"""
IN_VIEW = """(node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && node.contains(seen);
}"""


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/bumps", ["left edge s₁", "height h", "height h₁", "height h₅"]),
        ("/approximator", ["hidden units N", "units added, %"]),
        ("/nonlinearity", ["nonlinearity α"]),
        ("/gradient_descent?scene=curve", ["iteration"]),
        ("/gradient_descent?scene=classes", ["probe x₁"]),
    ],
)
def test_the_curve_is_in_view_where_a_knob_is_under_the_thumb(go, path, labels):
    phone = go(path, **PHONE)
    for label in labels:
        knob = phone.knob(label)
        knob.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
        before, start = phone.ink(), phone.spot(label, phone.value(label))
        end = phone.page.viewport_size["width"] - start[0], start[1]
        assert knob.evaluate(UNDER_A_THUMB)
        plot = knob.evaluate_handle("(node) => node.closest('.sp-stage').querySelector('.sp-plot')")
        assert plot.evaluate(IN_VIEW)
        scrolled = phone.page.evaluate(SCROLLED)
        swipe(phone, start, end)
        complaint = f"{label}: the plot stood still"
        phone.until(
            lambda before=before: phone.ink() != before, complaint=lambda complaint=complaint: complaint
        )
        assert plot.evaluate(IN_VIEW)
        assert phone.page.evaluate(SCROLLED) == scrolled


def test_a_short_stage_leaves_no_hole_between_its_picture_and_its_knob(go):
    phone = go("/", **PHONE)
    picture, knob = phone.part("plot").bounding_box(), phone.part("knob").bounding_box()
    assert 0 <= knob["y"] - picture["y"] - picture["height"] < 24


def test_a_finger_draws_a_target_and_the_page_stays(go):
    phone = go("/approximator?target=your+drawing", **PHONE)
    phone.part("sketch").scroll_into_view_if_needed()
    scrolled = phone.page.evaluate(SCROLLED)
    target = phone.trace(0, "target")
    swipe(phone, phone.at(0, 0.1, 0.9), phone.at(0, 0.9, -0.9))
    phone.until(lambda: "drawing" in phone.link())
    phone.rests()
    heights = [float(cell or "nan") for cell in phone.link()["drawing"].split("_")]
    assert heights[10] > 0.6
    assert heights[53] < -0.6
    phone.until(lambda: phone.array(0, target)[150:350].min() < 0)
    assert phone.page.evaluate(SCROLLED) == scrolled


def test_a_finger_draws_a_digit_and_the_page_stays(go):
    phone = go("/convolution?scene=yours", **PHONE)
    phone.part("pixels").scroll_into_view_if_needed()
    scrolled = phone.page.evaluate(SCROLLED)
    swipe(phone, phone.at(0, 3.5, -1.0), phone.at(0, 3.5, -6.0))
    phone.until(lambda: "drawing" in phone.link())
    assert {phone.link()["drawing"][8 * row + 3] for row in range(1, 7)} == {"d"}
    assert phone.page.evaluate(SCROLLED) == scrolled


LESSON_LINKS = "stSidebarNavLink"
MENU_RIGHT = "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right"


def test_the_menu_closes_after_a_choice_and_is_closed_after_a_reload(visit, app_server):
    phone = visit(app_server.url + "/single_neuron", **PHONE)
    phone.page.get_by_test_id("stExpandSidebarButton").tap()
    phone.until(lambda: phone.page.evaluate(MENU_RIGHT) > 100)
    phone.page.get_by_test_id(LESSON_LINKS).filter(has_text="Two neurons").tap()
    phone.page.get_by_role("heading", level=1, name="Two neurons").wait_for()
    phone.until(lambda: phone.page.evaluate(MENU_RIGHT) <= 0)
    phone.open(phone.page.url)
    assert phone.page.evaluate(MENU_RIGHT) <= 0


OWN = "/decision_boundary?network=trained&points=your+points&own=0_0_0"


@pytest.mark.parametrize("path", [OWN, "/towers"])
def test_a_swipe_over_a_picture_scrolls_the_page_and_moves_nothing(go, path):
    assert_a_swipe_scrolls(go(path, **PHONE))


def assert_a_swipe_scrolls(phone):
    """A swipe over the first picture scrolls the page, and the link stays."""
    plot = phone.part("plot").first
    plot.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
    box, link, scrolled = plot.bounding_box(), phone.link(), phone.page.evaluate(SCROLLED)
    start = box["x"] + 0.62 * box["width"], box["y"] + 0.7 * box["height"]
    swipe(phone, start, (start[0], start[1] - 250))
    phone.until(lambda: phone.page.evaluate(SCROLLED) > scrolled + 50)
    phone.rests()
    assert phone.link() == link


@pytest.fixture
def landscape(stay, app_server):
    """A phone at the landscape; its console complains of nothing."""
    phone = stay(app_server, "/gradient_descent?scene=landscape", **PHONE)
    yield phone
    assert not phone.complaints


def test_a_swipe_over_a_landscape_scrolls_the_page_and_drops_nothing(landscape):
    assert_a_swipe_scrolls(landscape)


def test_a_tap_drops_what_a_swipe_leaves_alone(go):
    """On a page of its own: the first touch after a swipe only ends the scrolling."""
    phone = go("/gradient_descent?scene=landscape", **PHONE)
    phone.part("plot").first.scroll_into_view_if_needed()
    phone.rests()
    phone.page.touchscreen.tap(*phone.at(0, 1.0, 1.0))
    phone.until(lambda: phone.link().get("p"))
    assert float(phone.link()["p"]) == pytest.approx(1.0, abs=0.1)


def test_a_picture_is_saved_on_a_phone(landscape):
    with landscape.page.expect_download() as saved:
        landscape.page.get_by_role("button", name="Save …").first.tap()
        landscape.page.get_by_role("button", name="picture.png").first.tap()
    assert saved.value.suggested_filename.endswith(".png")
