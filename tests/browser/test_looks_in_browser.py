"""Every page and scene at every size: all in view together, large enough, and nothing lies over anything."""

import pytest

from tests.browser import tour
from tests.browser.lettered import LIES_OVER

PROJECTORS = [(1280, 720), (1024, 768), (1920, 1080)]
PHONE, ENLARGED = (360, 740), (640, 360)
LEAST_SHARE = 0.55
# The fields that a formula is typed into take a row of the window.
TYPED = "/approximator?target=your+formula"
LEAST_LETTER = 11

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
  };
}"""
# What scrolls inside itself, but for what is panned and says so; and letters of diagrams that are too small.
CRAMPED = """(least) => {
  const shown = (node) => node.checkVisibility();
  const inside = [...document.querySelectorAll(".sp-stage, .sp-stage *")].filter(shown);
  const scrolls = (node, way, size) => ["auto", "scroll"].includes(getComputedStyle(node)[`overflow${way}`])
    && node[`scroll${size}`] > node[`client${size}`] + 1;
  const high = inside.filter((node) => scrolls(node, "Y", "Height"));
  const wide = inside.filter((node) => scrolls(node, "X", "Width") && !node.matches(".sp-pans"));
  const size = (node) => parseFloat(getComputedStyle(node).fontSize)
    * (node.ownerSVGElement && node.closest(".sp-panels") ? node.getScreenCTM().a : 1);
  const raised = ":is(msub, msup, msubsup) > :not(:first-child)";
  const small = inside.filter((node) => node.matches("text, mi, mn, mo") && node.textContent.trim()
    && !node.closest(raised) && size(node) < least - 0.05);
  return [...new Set([...[...high, ...wide].map((node) => `${node.className} scrolls`),
    ...small.map((node) => `${node.textContent} has ${size(node).toFixed(1)} pixels`)])];
}"""
# The knobs that are nowhere in the window together with the whole of the first picture.
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
  return apart.map((knob) => knob.textContent.trim());
}"""


@pytest.fixture(scope="module")
def seen(guests, app_server):
    """What is seen at every page, by path and size: the page is loaded once for all."""
    reader = guests.take(viewport={"width": 1280, "height": 720}).open(app_server.url)
    reader.page.evaluate(tour.CLOSE_SIDEBAR)
    looks, sizes = {}, [*PROJECTORS, PHONE, ENLARGED]
    for path in tour.everywhere(reader):
        sizes.reverse()  # the size that was last is the first of the next page
        for size in sizes:
            tour.shrink(reader, *size)
            looks[path, size] = {
                "over": [] if size == ENLARGED else reader.page.evaluate(LIES_OVER),
                "measured": reader.page.evaluate(MEASURED) if size in PROJECTORS and path != TYPED else None,
                "cramped": reader.page.evaluate(CRAMPED, LEAST_LETTER) if size == PHONE else [],
                "apart": reader.page.evaluate(APART) if size == ENLARGED else [],
            }
    yield looks
    complaints = reader.complaints
    guests.leave(reader)
    assert not complaints


def wrong(seen, what):
    return "\n".join(f"{path} at {size}: {look[what]}" for (path, size), look in seen.items() if look[what])


def test_knobs_picture_and_numbers_are_seen_together_and_large_on_a_projector(seen):
    fine = {
        (path, size): look["measured"]["titled"]
        and look["measured"]["scrolled"] == 0
        and look["measured"]["lowest"] <= size[1]
        and look["measured"]["share"] >= LEAST_SHARE
        and (look["measured"]["ticks"] or 99) >= 13 * size[1] / 768
        and look["measured"]["knobs"] >= (22 if size[1] == 1080 else 13)
        for (path, size), look in seen.items()
        if look["measured"]
    }
    assert all(fine.values()), "\n".join(
        f"{case}: {seen[case]['measured']}" for case in fine if not fine[case]
    )


def test_no_text_of_a_figure_lies_over_another_over_a_handle_or_over_data_and_none_is_cut(seen):
    assert not wrong(seen, "over")


def test_on_a_phone_no_picture_scrolls_inside_itself_and_letters_can_be_read(seen):
    assert not wrong(seen, "cramped")


def test_at_200_percent_every_knob_is_seen_together_with_the_picture(seen):
    assert not wrong(seen, "apart")


def test_a_scene_that_is_narrow_is_drawn_in_its_middle_and_every_saved_picture_has_a_name_of_its_own(modules):
    said = modules.evaluate("""async () => {
      const { sceneDomain, fileName } = await import("/plots.js");
      const names = [0, 1, 2].map((place) => fileName("Why nonlinear – Superpose", place));
      return [sceneDomain(500, 400), sceneDomain(500, 800).y, new Set(names).size, names[0]];
    }""")
    assert said == [{"x": [0, 1], "y": [0, 1]}, [0.25, 0.75], 3, "why-nonlinear-superpose"]
