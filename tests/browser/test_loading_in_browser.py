"""What is loaded, how often, and how much: plotly.js by URL and once, a sweep small enough for a phone."""

from urllib.parse import urlsplit

from tests.browser.reader import Reader

MOST_BYTES_A_SWEEP = 500_000


def test_plotly_is_fetched_once_by_its_url_and_may_be_cached(browser, app_server):
    context = browser.new_context()
    page = context.new_page()
    answers = []
    page.on("response", lambda response: answers.append(response))
    reader = Reader(page).open(f"{app_server.url}/single_neuron")
    page.locator("[data-testid=stSidebarNavLink]").first.click()
    page.wait_for_url(f"{app_server.url}/")
    reader.knob("neurons N").wait_for()
    (plotly,) = [answer for answer in answers if "plotly" in urlsplit(answer.url).path]
    assert plotly.status == 200
    assert "/component/" in plotly.url
    assert plotly.url.endswith("/plotly.min.js")
    assert "public" in plotly.headers["cache-control"]
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


def test_a_lesson_that_is_left_lets_go_of_its_plots(visit, app_server):
    reader = visit(f"{app_server.url}/two_neurons")
    plots = len(reader.marks())
    reader.page.evaluate(COUNT_LET_GO)
    reader.page.get_by_role("link", name="A single neuron").click()
    reader.soon(lambda: reader.page.evaluate("window.letGo"), plots)


def test_a_drag_asks_for_one_sweep_of_less_than_half_a_megabyte_and_one_commit(lesson):
    before = lesson.socket.bytes_received
    lesson.hold("weight w")
    lesson.until(lambda: any(message["sweep"] for message in lesson.socket.messages))
    assert 1_000 < lesson.socket.bytes_received - before < MOST_BYTES_A_SWEEP
    for target in (2.0, 5.0, 8.0):
        lesson.move("weight w", target)
    lesson.release()
    lesson.rests()
    asked = [(request["sweep"], request["commit"]) for request in lesson.socket.requests]
    assert asked == [("weight", False), (None, True)]
