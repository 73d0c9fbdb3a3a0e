"""How the picture follows the hand: `python tests/benchmarks/browser.py` prints a table.

A real Chromium drags a knob of a lesson to and fro at 60 Hz, and counts the different pictures that it sees.
The floor is the same figure on an empty page, redrawn by plotly.js alone under the same drag: the ratio of
the two is the figure to quote, for both are taken in one run. `--delay-ms 60` holds every byte back so long;
`--slower 4` is a processor of a quarter of the speed. "main ms" is the processor time of the page's main
thread for each picture: with 20 of them there are 50 pictures a second at most. `--file` saves each picture
as HTML and drags in that file, which no server stands behind: 50 a second are asked of it on a quiet machine.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from math import nan
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pages.shared.serving.files import BUNDLES  # noqa: E402
from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

KNOBS = [
    ("single_neuron", "weight w"),
    ("single_neuron", "bias b"),
    ("two_neurons", "output weight v₁"),
    ("two_neurons", "knot s₁"),
    ("", "neurons N"),
    ("bumps?h1=0.3", "height h₁"),
    ("approximator", "hidden units N"),
    ("approximator?n=50", "steepness w"),
    ("approximator?n=50&below=error+against+N", "steepness w"),
    ("nonlinearity", "nonlinearity α"),
    ("decision_boundary?network=two+hidden+neurons", "w₁₁, from x₁ to neuron 1"),
    ("decision_boundary?network=trained&hidden=8&layers=2", "iteration"),
    ("forward_pass", "hidden layers"),
    ("gradient_descent", "w₁"),
    ("gradient_descent?scene=landscape", "learning rate"),
    ("gradient_descent?scene=one+step", "learning rate r"),
    ("gradient_descent?scene=curve", "iteration"),
    ("gradient_descent?scene=curve&show=ten+seeds", "iteration"),
    ("gradient_descent?scene=classes", "iteration"),
    ("gradient_descent?scene=landscape&seen=surface", "learning rate"),
    ("gradient_descent?scene=three+sines", "iteration"),
    ("depth?scene=folds", "angle of the cut, °"),
    ("depth?scene=typical", "seed"),
    ("recurrence", "weight w"),
    ("recurrence?scene=a+bit+kept", "weight w"),
    ("recurrence?scene=trained", "iteration"),
    ("attention", "sharpness β"),
    ("attention?scene=order", "positions added"),
    ("autoencoder?scene=linear", "iteration"),
    ("autoencoder?scene=variational", "β"),
    ("adversaries", "penalty γ"),
    ("adversaries?scene=judge", "made: mean"),
    ("adversaries?scene=live", "iteration"),
    ("families", "numbers a place d"),
    ("towers", "size"),
    ("towers", "towers along a side R", 1),
]
SWING_S = 1.5
KEYS = 20

# Of a plot in space every drawing is a picture, of others what differs.
WATCH = """(index) => {
  const plot = () => document.querySelectorAll(".js-plotly-plot")[index];
  const seen = window.seen = {times: [], plot: plot(), remounts: 0};
  const ink = () => plot().querySelectorAll(".scatterlayer path");
  const place = (path) => path.getAttribute("d") + path.getAttribute("transform");
  const card = WebGLRenderingContext.prototype;
  card.paint ??= card.drawArrays;
  let painted = 0;
  card.drawArrays = function (...triangles) { painted++; return this.paint(...triangles); };
  const picture = () => plot()._fullLayout.scene ? painted : [...ink()].map(place).join();
  let last = picture();
  const look = () => {
    if (window.seen !== seen) return;
    if (plot() !== seen.plot) {
      seen.remounts++;
      seen.plot = plot();
    }
    const now = picture();
    if (now !== last) seen.times.push(performance.now());
    last = now;
    requestAnimationFrame(look);
  };
  look();
  document.addEventListener("keydown", () => { seen.key = performance.now(); }, true);
}"""

FIGURE = """(index) => {
  const plot = document.querySelectorAll(".js-plotly-plot")[index];
  const finite = (value) => Number.isFinite(value) ? value : null;
  const plain = (values) => ArrayBuffer.isView(values) ? Array.from(values, finite) : values;
  const size = {width: plot._fullLayout.width, height: plot._fullLayout.height};
  const rows = (z) => z?.map(plain);
  const data = plot.data.map((trace) => ({...trace, x: plain(trace.x), y: plain(trace.y),
    ...(trace.type === "scatter3d" ? {z: plain(trace.z)} : {z: rows(trace.z)}),
    surfacecolor: rows(trace.surfacecolor)}));
  return JSON.parse(JSON.stringify({data, layout: {...plot.layout, ...size}}));
}"""

FLOOR = """<!doctype html><meta charset="utf-8">
<input type="range" min="-1" max="1" step="0.002" value="0" aria-label="floor" style="width: 280px">
<div id="plot"></div>
<script src="plotly.min.js"></script>
<script>
  const scaled = (by) => (v) => Array.isArray(v) ? v.map(scaled(by)) : v === null ? null : v * (1 + by);
  window.begin = ({data, layout}) => {
    const up = layout.scene ? "z" : "y";
    const draw = (by) => Plotly.react("plot",
      data.map((trace) => ({...trace, [up]: trace[up].map(scaled(by))})), layout);
    document.querySelector("input").addEventListener("input", (event) => draw(Number(event.target.value)));
    return draw(0).then(() => true);
  };
</script>"""


def delayed(port, seconds):
    """The port of a proxy on this machine that holds every byte for `port` back, both ways."""
    ready = threading.Event()
    found = []

    async def carry(reader, writer):
        waiting = asyncio.Queue()

        async def deliver():
            while True:
                due, data = await waiting.get()
                await asyncio.sleep(due - time.monotonic())
                if not data:
                    return writer.close()
                writer.write(data)

        task = asyncio.create_task(deliver())
        data = b"-"
        while data:
            data = await reader.read(65536)
            waiting.put_nowait((time.monotonic() + seconds, data))
        await task

    async def join(reader, writer):
        far_reader, far_writer = await asyncio.open_connection("localhost", port)
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer), return_exceptions=True)

    async def run():
        server = await asyncio.start_server(join, "127.0.0.1", 0)
        found.append(server.sockets[0].getsockname()[1])
        ready.set()
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    ready.wait()
    return found[0]


def drag(page, knob, seconds, plot=0):
    """Of a knob that is dragged to and fro: pictures per second, the milliseconds to the first one, and the
    main thread's processor time for each."""
    page.evaluate(WATCH, plot)
    knob.scroll_into_view_if_needed()
    box = knob.bounding_box()
    share = knob.evaluate("(range) => (range.value - range.min) / (range.max - range.min)")
    at = lambda part: box["x"] + 9 + (box["width"] - 18) * part  # noqa: E731
    page.mouse.move(at(share), box["y"] + box["height"] / 2)
    page.mouse.down()
    grabbed = page.evaluate("() => { seen.times.length = 0; return performance.now(); }")
    spent = main_thread(page)
    began, moves, before = time.monotonic(), 0, spent()
    while (gone := time.monotonic() - began) < seconds:
        phase = (share + gone / SWING_S) % 2
        page.mouse.move(at(0.05 + 0.9 * min(phase, 2 - phase)), box["y"] + box["height"] / 2)
        moves += 1
        time.sleep(max(0, began + moves / 60 - time.monotonic()))
    worked, gone = spent() - before, time.monotonic() - began
    page.mouse.up()
    # Where there was no picture at all, one is counted.
    times = page.evaluate("() => seen.times") or [grabbed + gone * 1000]
    return len(times) / gone, times[0] - grabbed, worked / len(times)


def main_thread(page):
    """Tells the processor time of the page's main thread so far, in milliseconds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    return spent


def slow_down(page, times):
    """From now on the page's processor is so many times slower."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def floor(context, figure, options):
    """Pictures per second of plotly.js alone."""
    kind = "solid" if "scene" in figure["layout"] else "flat"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "floor.html").write_text(FLOOR)
        (Path(folder) / "plotly.min.js").symlink_to(BUNDLES[kind])
        page = context.new_page()
        page.goto((Path(folder) / "floor.html").as_uri())
        page.evaluate("(figure) => window.begin(figure)", figure)
        slow_down(page, options.slower)
        rate, *_ = drag(page, page.get_by_role("slider"), options.seconds)
        page.close()
    return rate


def key_ms(page, knob, plot):
    """The median time from an arrow key to the changed picture."""
    page.evaluate(WATCH, plot)
    knob.focus()
    page.wait_for_timeout(800)
    found = []
    for press in range(KEYS):
        page.evaluate("() => { seen.times.length = 0; }")
        page.keyboard.press("ArrowRight" if press % 2 else "ArrowLeft")
        page.wait_for_function("() => seen.times.length")
        found.append(page.evaluate("() => seen.times[0] - seen.key"))
    return statistics.median(found)


def release_ms(page, knob):
    """The median time from the commit on the socket to the last answer: server, socket and harness."""
    heard = {}

    def listen(socket):
        socket.on("framesent", lambda _: heard.update(asked=time.perf_counter()))
        socket.on("framereceived", lambda _: heard.update(answered=time.perf_counter()))

    page.on("websocket", listen)
    page.reload()
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(2000)
    found = []
    for press in range(9):
        knob.press("ArrowRight" if press % 2 else "ArrowLeft")
        page.wait_for_timeout(1200)
        found.append((heard["answered"] - heard["asked"]) * 1000)
    return statistics.median(found)


def open_saved(page, folder):
    """Save the picture as a file that lives without the server, and go there."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save …").first.press("Enter")
        page.get_by_role("button", name="picture.html", exact=True).first.press("Enter")
    file = Path(folder) / "picture.html"
    download.value.save_as(file)
    page.goto(file.as_uri())


def measure(browser, url, options, knob_name, plot=0):
    """One row of the table."""
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(2000)
    if options.file:
        with tempfile.TemporaryDirectory() as folder:
            open_saved(page, folder)
            page.wait_for_selector(".js-plotly-plot .main-svg")
            page.wait_for_timeout(2000)
    knob = page.get_by_role("slider", name=knob_name, exact=True)
    figure = page.evaluate(FIGURE, plot)
    slow_down(page, options.slower)
    rate, first, main = drag(page, knob, options.seconds, plot)
    remounts = page.evaluate("() => seen.remounts")
    page.wait_for_timeout(1500)
    key = key_ms(page, knob, plot)
    base = floor(context, figure, options)
    release = nan if options.file else release_ms(page, knob)
    context.close()
    return rate, base, rate / base, main, first, key, release, remounts


def main():
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--delay-ms", type=float, default=0)
    ask.add_argument("--seconds", type=float, default=4)
    ask.add_argument("--slower", type=float, default=1)
    ask.add_argument("--file", action="store_true", help="drag in the picture that was saved as HTML")
    ask.add_argument("--only", default="", help="a part of the name of the lessons to measure")
    options = ask.parse_args()
    server = Server("app.py")
    port = delayed(server.port, options.delay_ms / 1000) if options.delay_ms else server.port
    print(
        f"{'lesson':15}{'knob':12}{'pictures/s':>11}{'floor':>7}{'ratio':>7}"
        f"{'main ms':>9}{'first ms':>10}{'key ms':>8}{'release ms':>12}{'remounts':>10}"
    )
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for lesson, *knob in KNOBS:
                if options.only not in lesson:
                    continue
                row = measure(browser, f"http://localhost:{port}/{lesson}", options, *knob)
                rate, base, ratio, main, first, key, release, remounts = row
                print(
                    f"{lesson or 'home':15}{knob[0]:12}{rate:11.1f}{base:7.1f}{ratio:7.2f}"
                    f"{main:9.1f}{first:10.0f}{key:8.1f}{release:12.1f}{remounts:10}",
                    flush=True,
                )
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
