"""What is loaded, how often, and how much: plotly.js by URL and once, a sweep small enough for a phone.

And what is done where something does not come.
"""

from urllib.parse import urlsplit

import pytest

from pages.shared.serving.files import BUNDLES
from pages.shared.serving.files import PLOTLY as SERVED
from tests.browser import bench as desk
from tests.browser.conftest import MODULES, PLOTLY
from tests.browser.reader import UNDRAWN, Held, Reader

MOST_BYTES_A_SWEEP = 500_000


def test_plotly_is_fetched_once_by_its_url_and_kept_for_good(browser, app_server):
    context = browser.new_context()
    page = context.new_page()
    answers = []
    page.on("response", lambda response: answers.append(response))
    reader = Reader(page).open(f"{app_server.url}/single_neuron")
    page.locator("[data-testid=stSidebarNavLink]").first.click()
    page.wait_for_url(f"{app_server.url}/")
    reader.knob("neurons N").wait_for()
    (plotly,) = [answer for answer in answers if answer.url.endswith(".min.js")]
    assert plotly.status == 200
    assert plotly.url == f"{app_server.url}/{SERVED.at(PLOTLY.name)}"
    assert "immutable" in plotly.headers["cache-control"]
    assert reader.socket.bytes_received < len(plotly.body()) / 2
    context.close()


COUNT_LET_GO = """() => {
  const { purge } = Plotly;
  window.letGo = 0;
  Plotly.purge = (plot) => {
    window.letGo++;
    return purge(plot);
  };
}"""


def test_a_lesson_that_is_left_lets_go_of_its_plots(go):
    reader = go("/two_neurons")
    plots = len(reader.marks())
    reader.page.evaluate(COUNT_LET_GO)
    reader.page.locator("[data-testid=stSidebarNav]").get_by_role("link", name="A single neuron").click()
    reader.soon(lambda: reader.page.evaluate("window.letGo"), plots)


MOST_BYTES_AGAIN = 20_000


def test_who_comes_again_gets_less_than_twenty_kilobytes(lesson, app_server):
    wire = lesson.page.context.new_cdp_session(lesson.page)
    came = []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    lesson.come_back(f"{app_server.url}/single_neuron", lesson.look, anew=True)
    lesson.until(lambda: not lesson.socket.runs)
    assert 1 <= sum(map(bool, came)) <= 3
    assert 10_000 < sum(came) + lesson.socket.bytes_received < MOST_BYTES_AGAIN
    wire.detach()


def test_a_drag_asks_for_one_sweep_of_less_than_half_a_megabyte_and_one_commit(go):
    lesson = go("/single_neuron")
    before, drawings = lesson.socket.bytes_received, lesson.drawings()
    lesson.hold("weight w")
    lesson.until(lambda: any(message["sweep"] for message in lesson.socket.messages))
    lesson.until(lambda: lesson.drawings() > drawings)
    assert 1_000 < lesson.socket.bytes_received - before < MOST_BYTES_A_SWEEP
    for target in (2.0, 5.0, 8.0):
        lesson.move("weight w", target)
    lesson.release()
    lesson.rests()
    asked = [(request["sweep"], request["commit"]) for request in lesson.socket.requests]
    assert asked == [("weight", False), (None, True)]


# ---- what is seen until it is there --------------------------------------------------------------------

PROJECTED = {"viewport": {"width": 1280, "height": 720}}
MOST_MOVED = 0.02
FRAMES = "[...document.querySelectorAll('.sp-plot')].map((plot) => plot.getBoundingClientRect().height)"
CLAIM = ".stMainBlockContainer > .stVerticalBlock > :nth-child(2) p"


NEAR = 2  # pixels


def opening(reader):
    """How far what moved, and with which words where the page opened, and which stand there now."""
    return reader.moved(), reader.page.evaluate(f"[window.opened, placed('.stMain h1', '{CLAIM}')]")


def assert_opened_quietly(moves, words):
    """Nothing moved while the page came, and the words stand where those stood with which it opened."""
    far, moved = moves
    assert far <= MOST_MOVED, moved
    for (said, *there), (says, *here) in zip(*words, strict=True):
        assert said == says
        assert here == pytest.approx(there, abs=NEAR)


SEEN = """() => {
  const { visibility } = getComputedStyle(document.querySelector("#root"));
  const opening = document.querySelector(".sp-opening");
  return [visibility, opening && getComputedStyle(opening).backgroundColor];
}"""


def test_words_and_a_frame_in_the_readers_colours_stand_before_any_script_and_all_else_before_plotly(
    visit, app_server
):
    reader = visit(f"{app_server.url}/two_neurons")
    page = reader.page
    page.evaluate("localStorage.setItem('superpose scheme', 'dark')")
    scripts, plotly = Held(page, "**/static/js/*.js"), Held(page, "**/plotly*.min.js")
    page.goto(f"{app_server.url}/two_neurons", wait_until="commit")
    page.wait_for_selector(".sp-opening .sp-frame")
    assert page.evaluate(SEEN) == ["hidden", "rgb(18, 22, 28)"]
    assert page.locator(".sp-opening h1").inner_text() == "Two neurons"
    scripts.release()
    page.wait_for_selector(".sp-opening", state="detached")
    assert page.locator(".sp-stage .sp-diagram").first.is_visible()
    assert reader.drawings() == 0
    frames = page.evaluate(FRAMES)
    assert min(frames) > 100
    plotly.release()
    page.wait_for_selector(".sp-stage .main-svg .xtick", state="attached")
    assert page.evaluate(FRAMES) == frames
    assert reader.moved()[0] <= MOST_MOVED


# ---- what does not come --------------------------------------------------------------------------------


def block(route):
    route.abort()


def test_without_plotly_knobs_words_and_frames_stand_and_the_page_says_so_until_it_comes(meet, bench_server):
    drawn = {"shift": 0.5, "load": 1.0, "shape": "line"}
    page = meet(bench_server.url, {"**/plotly*.min.js": block}, whole=UNDRAWN)
    error = page.part("error").filter(visible=True)
    assert error.inner_text().startswith(
        "The plots cannot be shown: plotly.js, which draws them, did not arrive."
    )
    page.drag("slope", -1.0)
    page.soon(page.part("diagram").text_content, f"slope {page.value('slope'):+.2f}")
    page.soon(page.part("says").text_content, f"Its slope is {page.value('slope'):+.2f}.")
    page.link_is(slope=f"{page.value('slope'):g}")
    assert page.part("handle").is_hidden()
    frames = page.page.evaluate(FRAMES)
    assert min(frames) > 200
    tries = []
    page.page.on("requestfailed", lambda request: tries.append(request.url))
    again = page.page.get_by_role("button", name="Try again")
    again.click()
    page.until(lambda: tries)
    assert error.is_visible()
    page.page.unroute("**/plotly*.min.js")
    again.click()
    page.sees_picture(desk.picture(slope=page.value("slope"), **drawn))
    assert error.count() == 0
    assert page.page.evaluate(FRAMES) == frames
    assert page.part("handle").is_visible()
    page.sees_picture(desk.picture(**{**drawn, "slope": page.drag("slope", 1.5)}))


def test_without_its_style_sheet_a_stage_is_plain_and_works(meet, bench_server):
    page = meet(bench_server.url, {"**/stage.css": block})
    shown = page.value("slope")
    page.knob("slope").press("ArrowRight")
    page.sees_picture(desk.picture(slope=shown + 0.05, shift=0.5, load=1.0, shape="line"))
    page.link_is(slope="1.05")


@pytest.fixture
def anew(modules):
    """The blank page, with nothing loaded."""
    modules.goto(MODULES)
    return modules


LOADED = """async ([urls, kind, ...copies]) => {
  const loaded = copies.map(async (copy) => {
    const { loadPlotly, plotlyOf } = await import(`/loading.js?${copy}`);
    return loadPlotly(kind, urls).then(() => typeof plotlyOf(kind).react, (error) => error.message);
  });
  const said = await Promise.all(loaded);
  return [said, document.querySelectorAll("script").length];
}"""
FLAT, SOLID = (f"/{BUNDLES[kind].name}" for kind in ("flat", "solid"))
BOTH = {"flat": FLAT, "solid": SOLID}


def test_plotly_is_loaded_once_by_whatever_copy_of_the_module_and_stays_the_same(anew):
    asked = []
    anew.on("request", lambda request: asked.append(urlsplit(request.url).path))
    assert anew.evaluate(LOADED, [BOTH, "flat", "one", "two"]) == [["function", "function"], 1]
    anew.evaluate("window.first = Plotly")
    newer = {"flat": f"{FLAT}?newer", "solid": f"{SOLID}?newer"}
    assert anew.evaluate(LOADED, [newer, "flat", "three", "one"]) == [["function", "function"], 1]
    assert anew.evaluate("window.first === Plotly")
    assert asked.count(FLAT) == 1


@pytest.mark.parametrize("url", ["/nowhere.js", "/dom.js"], ids=["nothing comes", "something else comes"])
def test_a_load_that_failed_is_forgotten_and_can_be_tried_again(anew, url):
    complaint = f"could not load {url}"
    for _ in range(2):
        wrong = [{"flat": url, "solid": SOLID}, "flat", "one", "two"]
        assert anew.evaluate(LOADED, wrong) == [[complaint, complaint], 0]
    assert anew.evaluate(LOADED, [BOTH, "flat", "one", "two"]) == [["function", "function"], 1]


def test_what_is_no_plotly_is_taken_for_none_although_another_is_there(anew):
    urls = {"flat": FLAT, "solid": "/dom.js"}
    assert anew.evaluate(LOADED, [urls, "flat", "one"]) == [["function"], 1]
    assert anew.evaluate(LOADED, [urls, "solid", "one"]) == [["could not load /dom.js"], 1]


DRAWN_BY = """async (urls) => {
  const { loadPlotly, plotlyOf } = await import("/loading.js");
  await Promise.all([loadPlotly("solid", urls), loadPlotly("flat", urls)]);
  const types = [];
  for (const [kind, type] of [["flat", "heatmap"], ["solid", "surface"], ["flat", "contour"]]) {
    const gd = document.body.appendChild(document.createElement("div"));
    await plotlyOf(kind).newPlot(gd, [{ type, z: [[0, 1], [1, 0]] }]);
    types.push(gd._fullData[0].type);
  }
  return [types, plotlyOf("flat") === plotlyOf("solid")];
}"""


def test_what_draws_in_space_works_beside_what_draws_in_a_plane(anew):
    types, same = anew.evaluate(DRAWN_BY, BOTH)
    assert types == ["heatmap", "surface", "contour"]
    assert same == (FLAT == SOLID)


TURNED = """async ([urls, kinds]) => {
  const { loadPlotly } = await import("/loading.js");
  const { Plots } = await import("/plots.js");
  const moved = [];
  const missing = new Set();
  const root = document.body.appendChild(document.createElement("div"));
  const plots = new Plots(root, () => moved.push(1), (kind) => missing.add(kind));
  const figure = (type) => ({
    data: [{ type, x: [0, 1], y: [0, 1], z: type === "scatter" ? undefined : [[0, 1], [1, 0]] }],
    layout: { height: 200, xaxis: { range: [0, 1] }, yaxis: { range: [0, 1] } },
  });
  const shown = [];
  for (const type of kinds) {
    missing.clear();
    plots.show([figure(type)]);
    for (const kind of missing) await loadPlotly(kind, urls);
    if (missing.size) plots.show([figure(type)]);
    const gd = root.querySelector(".js-plotly-plot");
    const has = (part) => Boolean(gd.querySelector(part));
    shown.push([gd._fullData[0].type, has("canvas"), has(".xtick")]);
  }
  await root.querySelector(".js-plotly-plot").emit("plotly_relayout", {});
  return [shown, moved.length > 0, root.children.length];
}"""


def test_a_plot_that_turns_from_a_plane_into_space_and_back_is_drawn_anew(anew):
    seen, heard, plots = anew.evaluate(TURNED, [BOTH, ["scatter", "surface", "heatmap"]])
    assert seen == [["scatter", False, True], ["surface", True, False], ["heatmap", False, True]]
    assert heard
    assert plots == 1


STYLED = """async (urls) => {
  const { loadStyle } = await import("/loading.js");
  await Promise.all(urls.map(loadStyle));
  const links = [...document.querySelectorAll("link")];
  return links.map((link) => [link.getAttribute("href"), Boolean(link.sheet)]);
}"""


def test_a_style_sheet_is_linked_once_and_one_that_does_not_come_holds_nothing_up(anew):
    assert anew.evaluate(STYLED, ["/nowhere.css", "/nowhere.css"]) == []
    for _ in range(2):
        assert anew.evaluate(STYLED, ["/stage.css", "/stage.css"]) == [["/stage.css", True]]
