"""A tour of every page and scene, in one window that changes its size."""

from __future__ import annotations

from tests.browser.reader import Reader

# Each is opened twice in a whole run, once at a desk and once on a phone, and seen there by all who look.
PAGES = [
    "/", "/single_neuron", "/two_neurons", "/bumps", "/approximator?below=network", "/nonlinearity",
    "/approximator?target=your+formula", "/approximator?target=your+data", "/decision_boundary",
    "/decision_boundary?network=two+hidden+neurons", "/decision_boundary?network=trained",
    "/decision_boundary?network=trained&points=your+points", "/towers",
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


def shrink(reader: Reader, width: int, height: int) -> None:
    """Change the window in place, and wait until everything in it has come to rest."""
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.page.evaluate("window.calmed = 0")
    reader.page.wait_for_function(RESTS)
