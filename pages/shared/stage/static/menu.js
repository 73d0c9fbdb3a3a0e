// Menu: on a phone it lies over the page, so it closes once something is chosen; Streamlit then remembers it closed.

const OVER = matchMedia("(max-width: 768px)");
const CLOSE = "[data-testid=stSidebarCollapseButton] button";
const CHOICE = "[data-testid=stSidebar] a";

// A page that outlives a new version of the app has two copies of this module: one listens.
export function closeAfterChoice() {
  const { dataset } = document.documentElement;
  if (dataset.spMenu) return;
  dataset.spMenu = "closes";
  document.addEventListener("click", ({ target }) => chosen(target));
}

// Something was chosen; where it was chosen in the menu, that closes.
export function chosen(node) {
  if (OVER.matches && node.closest(CHOICE)) document.querySelector(CLOSE)?.click();
}
