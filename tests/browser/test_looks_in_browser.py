"""Every page and scene at a desk: it opens quietly, shuts nobody out, and at every size all is in view.

A page is opened once, and all is read from it that the tests ask for.
"""

import pytest

from tests.browser import tour
from tests.browser.conftest import DESK
from tests.browser.lettered import LIES_OVER
from tests.browser.sheets import worksheets
from tests.browser.test_loading_in_browser import assert_opened_quietly, opening

PROJECTED = {"width": 1280, "height": 720}
PROJECTORS = [(1280, 720), (1024, 768), (1920, 1080)]
ENLARGED = (640, 360)
LEAST_SHARE = 0.55
LEAST_DRAWN = 11
# The fields that a target is typed into take a row of the window.
TYPED = ["/approximator?target=your+formula", "/approximator?target=your+data"]

# How low the first stage reaches, the share of the window that its picture takes, and how large letters are.
MEASURED = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const stage = document.querySelector(".sp-stage");
  const boxes = (parts) => [...stage.querySelectorAll(parts)].map((node) => node.getBoundingClientRect())
    .filter(({ width, height }) => width && height);
  const edge = (side, parts, most) => most(...boxes(parts).map((box) => box[side]));
  const picture = ".sp-plot, .sp-panels";
  const [left, top] = ["left", "top"].map((side) => edge(side, picture, Math.min));
  const [right, bottom] = ["right", "bottom"].map((side) => edge(side, picture, Math.max));
  const letters = (parts) => [...stage.querySelectorAll(parts)]
    .map((node) => parseFloat(getComputedStyle(node).fontSize));
  const header = document.querySelector("[data-testid=stHeader]");
  const opens = document.querySelector("[data-testid=stExpandSidebarButton]").getBoundingClientRect();
  const title = document.createRange();
  title.selectNodeContents(main.querySelector("h1"));
  return {
    scrolled: main.scrollTop,
    titled: getComputedStyle(header).backgroundColor === "rgba(0, 0, 0, 0)"
      && title.getBoundingClientRect().left >= opens.right,
    lowest: Math.max(bottom, edge("bottom", ".sp-controls, .sp-readouts", Math.max)),
    share: (right - left) * (Math.min(bottom, innerHeight) - top) / innerWidth / innerHeight,
    ticks: Math.min(...letters(".xtick text, .ytick text")),
    knobs: Math.min(...letters(".sp-knob label")),
    drawn: Math.min(99, ...[...stage.querySelectorAll(".sp-diagram text")]
      .filter((node) => node.checkVisibility())
      .map((node) => parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a)),
  };
}"""
# The knobs that are nowhere in the window together with the whole of the first picture, and a view that is
# higher than its place, so that it lies over what follows.
APART = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const stage = document.querySelector(".sp-stage");
  const picture = stage.querySelector(".sp-plot") ?? stage.querySelector(".sp-diagram");
  const head = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom;
  const whole = () => {
    const { left, right, top, bottom } = picture.getBoundingClientRect();
    const met = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= head - 1 && bottom <= innerHeight + 1 && picture.contains(met);
  };
  const together = (knob) => Array.from({ length: 9 }).some((_, eighth) => {
    const place = head + eighth / 8 * (innerHeight - knob.offsetHeight - head);
    main.scrollBy(0, knob.getBoundingClientRect().top - place);
    return whole();
  });
  const knobs = [...stage.querySelectorAll(".sp-knob")].filter((knob) => knob.checkVisibility());
  const apart = knobs.filter((knob) => !together(knob));
  main.scrollTop = 0;
  const views = [...document.querySelectorAll(".sp-view")].filter((view) => view.checkVisibility());
  const over = views.filter((view) => view.scrollHeight > view.clientHeight + 1);
  return [...apart.map((knob) => knob.textContent.trim()), ...over.map(() => "a view over what follows")];
}"""

FONTS = """performance.getEntriesByType("resource").map((each) => each.name)
  .filter((name) => name.endsWith(".woff2"))"""
CONTROLS = {"slider", "textbox", "radio", "button", "spinbutton", "combobox", "checkbox", "link"}


def controls(reader):
    """The role and the name of every control, as those are told of it who do not see it."""
    session = reader.page.context.new_cdp_session(reader.page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    said = [(node["role"]["value"], node["name"]["value"].strip()) for node in tree if not node["ignored"]]
    return [(role, name) for role, name in said if role in CONTROLS]


@pytest.fixture(scope="module", params=[*tour.PAGES, *tour.READ], ids=tour.said)
def seen(request, all_walkers, app_server, axe_core):
    """All that is seen of one page: how it opened, whom it shuts out, and what it is like at every size."""
    path = request.param
    reader = tour.come(all_walkers, app_server, path, **{**DESK, "viewport": PROJECTED})
    found = {"path": path, "opening": opening(reader)}
    found["controls"] = controls(reader)
    found["shut out"] = tour.shut_out(reader, path, axe_core)
    reader.page.evaluate(tour.CLOSE_SIDEBAR)
    found["measured"], found["over"], found["too wide"] = {}, {}, {}
    for size in PROJECTORS:
        tour.shrink(reader, *size)
        found["over"][size], found["too wide"][size] = reader.page.evaluate(LIES_OVER), reader.sticks_out()
        if path in tour.PAGES:
            found["measured"][size] = reader.page.evaluate(MEASURED)
    found["sheets"] = worksheets(reader) if path in tour.PAGES else {}
    tour.shrink(reader, *ENLARGED)
    found["too wide"][ENLARGED] = reader.sticks_out()
    found["apart"] = reader.page.evaluate(APART) if path in tour.PAGES else []
    found["fonts"] = reader.page.evaluate(FONTS)
    found["complaints"] = [*reader.complaints]
    reader.has_raised_nothing()
    return found


def test_it_opens_with_its_words_in_their_places_and_nothing_moves_while_it_comes(seen):
    assert_opened_quietly(*seen["opening"])


def test_a_sign_or_two_do_not_bring_streamlits_font_of_all_signs(seen):
    assert seen["fonts"]
    assert not [font for font in seen["fonts"] if "Symbols" in font]


def test_nobody_is_shut_out_and_the_console_is_silent(seen, script):
    assert (seen["shut out"], seen["complaints"]) == ([], [])


def test_every_control_has_an_accessible_name(seen):
    assert len(seen["controls"]) > 3
    assert not [role for role, name in seen["controls"] if not name]


def test_knobs_picture_and_numbers_are_seen_together_and_large_on_a_projector(seen):
    fine = {
        size: measured["titled"]
        and measured["scrolled"] == 0
        and measured["lowest"] <= size[1]
        and measured["share"] >= LEAST_SHARE
        and (measured["ticks"] or 99) >= 13 * size[1] / 768
        and measured["knobs"] >= (22 if size[1] == 1080 else 13)
        and measured["drawn"] >= LEAST_DRAWN - 0.05
        for size, measured in seen["measured"].items()
    }
    wrong = {size: seen["measured"][size] for size in fine if not fine[size]}
    assert seen["path"] in TYPED or not wrong


def test_no_text_of_a_figure_lies_over_another_over_a_handle_or_over_data_and_none_is_cut(seen):
    assert not any(seen["over"].values()), seen["over"]


def test_at_every_size_nothing_is_wider_than_the_window(seen):
    assert not any(seen["too wide"].values()), seen["too wide"]


def test_on_a_worksheet_nothing_is_cut_torn_or_without_room_and_the_answers_have_a_page_of_their_own(seen):
    assert not any(seen["sheets"].values()), seen["sheets"]


def test_at_200_percent_every_knob_is_seen_together_with_the_picture_which_lies_over_nothing(seen):
    assert not seen["apart"]


def test_a_scene_that_is_narrow_is_drawn_in_its_middle_and_every_saved_picture_has_a_name_of_its_own(modules):
    said = modules.evaluate("""async () => {
      const { sceneDomain, fileName } = await import("/plots.js");
      const names = [0, 1, 2].map((place) => fileName("Why nonlinear – Superpose", place));
      return [sceneDomain(500, 400), sceneDomain(500, 800).y, new Set(names).size, names[0]];
    }""")
    assert said == [{"x": [0, 1], "y": [0, 1]}, [0.25, 0.75], 3, "why-nonlinear-superpose"]
