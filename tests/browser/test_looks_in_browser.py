"""Every page and scene on a projector: all in view together, and large enough."""

PAGES = [
    "/", "/single_neuron", "/two_neurons", "/bumps", "/approximator?below=network", "/nonlinearity",
    "/decision_boundary", "/decision_boundary?network=two+hidden+neurons",
    "/decision_boundary?network=trained", "/towers", "/forward_pass", "/gradient_descent",
    "/gradient_descent?scene=landscape", "/gradient_descent?scene=one+step",
    "/gradient_descent?scene=curve", "/gradient_descent?scene=classes",
]  # fmt: skip
PROJECTORS = [(1280, 720), (1024, 768), (1920, 1080)]
LEAST_SHARE = 0.55

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
CLOSE_SIDEBAR = "document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click()"
RESTS = """() => {
  const parts = document.querySelectorAll(".stSidebar, .sp-stage, .sp-plot, .sp-panels, .xtick");
  const place = [...parts].map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left, top, width, height];
  });
  window.calmed = String(place) === window.placed ? window.calmed + 1 : 0;
  window.placed = String(place);
  return window.calmed >= 6;
}"""


# As the browser's Back button does it: without another load.
FOLLOW = """(path) => {
  window.left = document.querySelector(".sp-stage");
  history.pushState({}, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
ARRIVED = """() => {
  const [stage, plot] = [".sp-stage", ".sp-plotly"].map((part) => document.querySelector(part));
  return stage && stage !== window.left && (!plot || plot.querySelector(".main-svg"))
    && !document.querySelector("[data-testid=stStatusWidget]");
}"""


def shrink(reader, width, height):
    """Change the window in place."""
    reader.page.set_viewport_size({"width": width, "height": height})
    rest(reader)


def rest(reader):
    reader.page.evaluate("window.calmed = 0")
    reader.page.wait_for_function(RESTS)


def everywhere(reader):
    """All pages and scenes, one after the other, in one window."""
    for path in PAGES:
        if path != PAGES[0]:
            reader.page.evaluate(FOLLOW, path)
            reader.page.wait_for_function(ARRIVED, timeout=60_000)
        yield path


def test_knobs_picture_and_numbers_are_seen_together_and_large_on_a_projector(go):
    reader = go(PAGES[0], viewport={"width": 1280, "height": 720})
    reader.page.evaluate(CLOSE_SIDEBAR)
    wrong = []
    for path in everywhere(reader):
        for width, height in PROJECTORS:
            shrink(reader, width, height)
            seen = reader.page.evaluate(MEASURED)
            together = (
                seen["titled"]
                and seen["scrolled"] == 0
                and seen["lowest"] <= height
                and seen["share"] >= LEAST_SHARE
            )
            large = (seen["ticks"] or 99) >= 13 * height / 768 and seen["knobs"] >= (
                22 if height == 1080 else 13
            )
            if not (together and large):
                wrong.append((path, width, height, seen))
    assert not wrong, "\n".join(map(str, wrong))
