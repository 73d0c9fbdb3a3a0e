// Swipes: a finger that goes up or down over a plot in space scrolls the page; one that goes sideways turns the plot.

// plotly takes every touch of such a plot. Of a swipe that began upright it learns nothing.
export function letSwipesScroll(node) {
  let start = null;
  let upright = null;
  node.addEventListener("touchstart", ({ touches: [{ clientX, clientY }] }) => {
    start = [clientX, clientY];
    upright = null;
  }, { capture: true, passive: true });
  node.addEventListener("touchmove", (event) => {
    const [{ clientX, clientY }] = event.touches;
    upright ??= event.touches.length === 1 && Math.abs(clientY - start[1]) > Math.abs(clientX - start[0]);
    if (upright) event.stopImmediatePropagation();
  }, { capture: true, passive: true });
}
