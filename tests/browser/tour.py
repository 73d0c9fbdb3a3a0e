"""A tour of every page and scene, in one window that changes its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.browser.reader import Reader

# Neighbours have different stages: one that is there already would not arrive.
PAGES = [
    "/", "/single_neuron", "/two_neurons", "/bumps", "/approximator?below=network", "/nonlinearity",
    "/approximator?target=your+formula", "/decision_boundary",
    "/decision_boundary?network=two+hidden+neurons", "/decision_boundary?network=trained", "/towers",
    "/forward_pass", "/gradient_descent", "/gradient_descent?scene=landscape",
    "/gradient_descent?scene=one+step", "/gradient_descent?scene=curve", "/gradient_descent?scene=classes",
]  # fmt: skip
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


def shrink(reader: Reader, width: int, height: int) -> None:
    """Change the window in place, and wait until everything in it has come to rest."""
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.page.evaluate("window.calmed = 0")
    reader.page.wait_for_function(RESTS)


def everywhere(reader: Reader, paths: Sequence[str] = PAGES) -> Iterator[str]:
    """All these pages, one after the other; the reader is at the first."""
    for path in paths:
        if path != paths[0]:
            reader.page.evaluate(FOLLOW, path)
            reader.page.wait_for_function(ARRIVED, timeout=60_000)
        yield path
