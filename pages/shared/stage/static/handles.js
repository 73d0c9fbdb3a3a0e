// Handles: points of a plot that are one knob each. The browser picks the value of the knob that brings the handle
// nearest to the pointer. (A grip moves several knobs at once, and Python says how.)

import { element } from "./dom.js";
import { holdable } from "./hold.js";
import { Overlay } from "./overlay.js";
import { nearestStep, nextStep } from "./search.js";

export class Handles extends Overlay {
  colour({ knob }) {
    return this.stage.inputs[knob].colour;
  }

  // The knob is what keyboard and screen reader use; the handle is for the pointer alone.
  make(index) {
    const node = element("div", { class: "sp-handle", "aria-hidden": "true" });
    node.addEventListener("pointerenter", () => this.stage.approach(this.items[index].knob));
    return holdable(node, this.stage, {
      take: (event) => {
        event.preventDefault();
        this.held = { index, tried: new Map(), asked: new Set() };
        this.stage.grab(this.items[index].knob);
      },
      move: (event) => this.follow(event),
      drop: () => (this.held = null),
    });
  }

  show(items) {
    super.show(items);
    this.search(true);
  }

  follow(event) {
    const handle = this.items[this.held.index];
    this.held.target = this.plots.plots[handle.plot].under(event);
    const sweep = this.stage.sweeps.of(handle.knob, this.stage.values);
    if (!sweep) return this.search();
    const value = this.nearest(sweep, handle);
    if (value !== null) this.stage.set(handle.knob, value);
  }

  nearest(sweep, handle) {
    const { index, target } = this.held;
    const [xs, ys] = ["x", "y"].map((part) => sweep.column("handles", index, part) ?? (() => handle[part]));
    const { scale } = this.stage.controls.rows.get(handle.knob);
    let best = [Infinity, null];
    for (let step = 0; step < scale.count; step++) {
      const at = this.plots.plots[handle.plot].pixel({ ...handle, x: xs(step), y: ys(step) });
      if (!at) continue;
      const distance = Math.hypot(at[0] - target[0], at[1] - target[1]);
      if (distance < best[0]) best = [distance, scale.at(step)];
    }
    return best[1];
  }

  // Where there is no sweep the pictures are asked for one by one, and each tells where the handle is then.
  search(answered = false) {
    const { held, stage } = this;
    const handle = this.items[held?.index];
    if (!handle || !held.target || stage.requests.busy || stage.sweeps.of(handle.knob, stage.values)) return;
    const { scale } = stage.controls.rows.get(handle.knob);
    const at = this.plots.plots[handle.plot].spot(handle);
    if (at && (answered || !held.tried.size)) held.tried.set(scale.index(stage.values[handle.knob]), at);
    if (!held.tried.size) return;
    const next = nextStep(held.tried, held.target, scale.count);
    // One that was asked for and was not shown raises.
    const step = held.asked.has(next) ? nearestStep(held.tried, held.target) : next;
    held.asked.add(step);
    stage.set(handle.knob, scale.at(step));
  }
}
