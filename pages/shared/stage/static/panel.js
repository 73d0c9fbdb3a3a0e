// A panel of markup with slots: made once, then only what its slots say changes.

import { setText } from "./dom.js";

export class Panel {
  constructor(root, stage) {
    this.root = root;
    this.html = null;
    root.addEventListener("click", ({ target }) => this.enter(target.closest("[data-cell]"), stage));
  }

  // A number that is a cell of a matrix leads there.
  enter(node, stage) {
    if (!node) return;
    const [name, row, column] = node.dataset.cell.split(" ");
    stage.controls.rows.get(name)?.focus(Number(row), Number(column));
  }

  show(markup) {
    this.root.hidden = !markup;
    if (!markup) return;
    if (markup.html !== this.html) {
      this.root.innerHTML = this.html = markup.html;
      this.slots = [...this.root.querySelectorAll("[data-slot]")];
    }
    for (const node of this.slots) fill(node, markup.slots[node.dataset.slot] ?? {});
  }
}

function fill(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") setText(node, value);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}
