// A panel of markup with slots: made once, then only what its slots say changes.

import { setText } from "./dom.js";

export class Panel {
  constructor(root) {
    this.root = root;
    this.html = null;
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
