// Reach: what can be scrolled can be reached with Tab, in every browser; what cannot is no stop on the way.

const SCROLLING = ".sp-diagram, .sp-formula, .katex-display";
// Letters that stick out of their line by a few pixels are no reason to scroll.
const SLACK = 13;
const seen = new WeakSet();
const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => find(target)));

// The page is looked through whenever it gets longer or narrower; it outlives the stages on it.
export function reachAll() {
  const page = document.querySelector("[data-testid=stMainBlockContainer]");
  if (!page || seen.has(page)) return;
  seen.add(page);
  sizes.observe(page);
}

function find(page) {
  for (const node of page.querySelectorAll(SCROLLING)) {
    const { overflowX, overflowY } = getComputedStyle(node);
    const scrolls = (overflowX !== "visible" && node.scrollWidth > node.clientWidth)
      || (overflowY !== "visible" && node.scrollHeight > node.clientHeight + SLACK);
    if (scrolls) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  }
}
