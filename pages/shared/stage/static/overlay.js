// What lies over the plots and can be held there.

import { hide } from "./dom.js";

// A node for each item of the picture, at the item's place on the axes.
export class Overlay {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, items: [], nodes: [] });
  }

  show(items) {
    this.items = items;
    while (this.nodes.length < items.length) this.nodes.push(this.make(this.nodes.length));
    this.nodes.forEach((node, index) => {
      const item = items[index];
      hide(node, !item);
      if (!item) return;
      const { over } = this.plots.plots[item.plot];
      if (node.parentNode !== over) over.append(node);
      node.style.setProperty("--knob", `var(--sp-${this.colour(item)})`);
    });
    this.place();
  }

  place() {
    this.items.forEach((item, index) => stand(this.nodes[index], this.plots.plots[item.plot].pixel(item)));
  }
}

// A board over the area between the axes for each input of one kind. A board has a node, and shows itself.
export class Boards {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, boards: new Map() });
  }

  place() {
    const { inputs } = this.stage;
    for (const [name, { node }] of this.boards) hide(node, inputs[name]?.kind !== this.kind);
    for (const [name, spec] of Object.entries(inputs)) {
      if (spec.kind !== this.kind) continue;
      if (!this.boards.has(name)) this.boards.set(name, this.make(name));
      const board = this.boards.get(name);
      const plot = this.plots.plots[spec.plot];
      if (plot.cover(board.node)) board.show(plot);
    }
  }
}

// Puts a node at these pixels; it hides where there are none.
export function stand(node, at) {
  hide(node, !at);
  if (at) node.style.transform = `translate(${at[0].toFixed(1)}px, ${at[1].toFixed(1)}px)`;
}
