// Handles: points of a plot that are knobs too. The knob takes the value whose frame brings the handle nearest.

import { element } from "./dom.js";
import { Overlay } from "./overlay.js";

export class Handles extends Overlay {
  colour({ knob }) {
    return this.stage.inputs[knob].colour;
  }

  // The knob is what keyboard and screen reader use; the handle is for the pointer alone.
  make(index) {
    const node = element("div", { class: "sp-handle", "aria-hidden": "true" });
    node.addEventListener("pointerenter", () => this.stage.approach(this.items[index].knob));
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.setPointerCapture(event.pointerId);
      this.stage.holding = true;
      this.stage.grab(this.items[index].knob);
    });
    node.addEventListener("pointermove", (event) => {
      if (this.stage.holding && node.hasPointerCapture(event.pointerId)) this.follow(index, event);
    });
    node.addEventListener("lostpointercapture", () => {
      this.stage.holding = false;
      this.stage.commitSoon(0);
    });
    return node;
  }

  follow(index, event) {
    const { knob, plot } = this.items[index];
    const sweep = this.stage.sweeps.get(knob);
    if (!sweep || sweep.key !== this.stage.key(this.stage.values, knob)) return;
    const box = this.plots.plots[plot].node.getBoundingClientRect();
    const value = this.nearest(sweep, index, event.clientX - box.left, event.clientY - box.top);
    if (value !== null) this.stage.set(knob, value);
  }

  nearest(sweep, index, left, top) {
    const handle = this.items[index];
    const [xs, ys] = ["x", "y"].map((part) => sweep.column("handles", index, part) ?? (() => handle[part]));
    const row = this.stage.controls.rows.get(handle.knob);
    let best = [Infinity, null];
    for (let step = 0; step < row.spec.count; step++) {
      const at = this.plots.plots[handle.plot].pixel({ ...handle, x: xs(step), y: ys(step) });
      if (!at) continue;
      const distance = Math.hypot(at[0] - left, at[1] - top);
      if (distance < best[0]) best = [distance, row.at(step)];
    }
    return best[1];
  }
}
