// What lies over the plots: a node for each item, at the item's place on the axes.

export class Overlay {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, items: [], nodes: [] });
  }

  show(items) {
    this.items = items;
    while (this.nodes.length < items.length) this.nodes.push(this.make(this.nodes.length));
    this.nodes.forEach((node, index) => {
      const item = items[index];
      node.hidden = !item;
      if (!item) return;
      const { over } = this.plots.plots[item.plot];
      if (node.parentNode !== over) over.append(node);
      node.style.setProperty("--knob", `var(--sp-${this.colour(item)})`);
    });
    this.place();
  }

  place() {
    this.items.forEach((item, index) => {
      const at = this.plots.plots[item.plot].pixel(item);
      const node = this.nodes[index];
      node.hidden = !at;
      if (at) node.style.transform = `translate(${at[0].toFixed(1)}px, ${at[1].toFixed(1)}px)`;
    });
  }
}
