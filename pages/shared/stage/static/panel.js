// A panel of markup with slots: made once, then only what its slots say changes.

import { hide, setText } from "./dom.js";

// The least height of letters, in pixels: where a drawing would be smaller it is wider than its place, and panned.
const LEGIBLE = 11;

export class Panel {
  constructor(root, stage) {
    this.root = root;
    this.html = null;
    new ResizeObserver(() => root.classList.toggle("sp-pans", root.scrollWidth > root.clientWidth + 1)).observe(root);
    root.addEventListener("click", ({ target }) => this.enter(target.closest("[data-cell]"), stage));
  }

  // A number that is a cell of a matrix leads there.
  enter(node, stage) {
    if (!node) return;
    const [name, row, column] = node.dataset.cell.split(" ");
    stage.controls.rows.get(name)?.focus(Number(row), Number(column));
  }

  show(markup) {
    hide(this.root, !markup);
    if (!markup) return;
    if (markup.html !== this.html) {
      this.root.innerHTML = this.html = markup.html;
      this.slots = [...this.root.querySelectorAll("[data-slot]")];
    }
    for (const node of this.slots) fill(node, markup.slots[node.dataset.slot] ?? {});
    if (this.measured !== markup.html) this.measure(markup.html);
  }

  measure(html) {
    this.measured = html;
    for (const svg of this.root.querySelectorAll("svg[viewBox]")) {
      const letters = [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize));
      const least = (svg.viewBox.baseVal.width * LEGIBLE) / Math.min(...letters);
      svg.style.setProperty("--sp-legible", `${Math.ceil(Number.isFinite(least) ? least : 0)}px`);
    }
  }
}

function fill(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") setText(node, value);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}
