// Grips: points of a plot that move several knobs at once. Python says how; one request is under way at a time.

import { element } from "./dom.js";

export class Grips {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, grips: [], nodes: [] });
  }

  show(grips) {
    this.grips = grips;
    while (this.nodes.length < grips.length) this.nodes.push(this.make(this.nodes.length));
    this.nodes.forEach((node, index) => {
      const grip = grips[index];
      node.hidden = !grip;
      if (!grip) return;
      const over = this.plots.plots[grip.plot].over;
      if (node.parentNode !== over) over.append(node);
      node.style.setProperty("--knob", `var(--sp-${grip.colour})`);
    });
    this.place();
  }

  place() {
    this.grips.forEach((grip, index) => {
      const at = this.plots.plots[grip.plot].pixel({ ...grip, xaxis: "x", yaxis: "y" });
      const node = this.nodes[index];
      node.hidden = !at;
      if (at) node.style.transform = `translate(${at[0].toFixed(1)}px, ${at[1].toFixed(1)}px)`;
    });
  }

  // The knobs are what keyboard and screen reader use; the grip is for the pointer alone.
  make(index) {
    const node = element("div", { class: "sp-handle sp-grip", "aria-hidden": "true" });
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.setPointerCapture(event.pointerId);
      this.stage.player.stop();
      this.stage.holding = true;
    });
    node.addEventListener("pointermove", (event) => {
      if (!node.hasPointerCapture(event.pointerId)) return;
      const { name, plot } = this.grips[index];
      this.stage.want({ grip: { name, ...this.plots.plots[plot].place(event) } });
    });
    node.addEventListener("lostpointercapture", () => {
      this.stage.holding = false;
      this.stage.commitSoon(0);
    });
    return node;
  }
}
