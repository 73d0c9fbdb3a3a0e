// A sketch: a curve drawn on a plot with the pointer, one height for each cell of the sketch.

import { element } from "./dom.js";

export class Sketches {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, pads: new Map() });
  }

  show(inputs) {
    for (const [name, pad] of this.pads) pad.hidden = inputs[name]?.kind !== "sketch";
    for (const [name, spec] of Object.entries(inputs)) {
      if (spec.kind !== "sketch") continue;
      if (!this.pads.has(name)) this.pads.set(name, this.make(name));
      const pad = this.pads.get(name);
      const plot = this.plots.plots[spec.plot];
      if (pad.parentNode !== plot.over) plot.over.append(pad);
      const [across, up] = [plot.axis("x"), plot.axis("y")];
      Object.assign(pad.style, {
        left: `${across._offset}px`, top: `${up._offset}px`, width: `${across._length}px`, height: `${up._length}px`,
      });
    }
  }

  make(name) {
    const pad = element("div", { class: "sp-sketch", "aria-hidden": "true" });
    pad.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      pad.setPointerCapture(event.pointerId);
      this.stage.holding = true;
      this.last = null;
      this.draw(name, pad, event);
    });
    pad.addEventListener("pointermove", (event) => {
      if (pad.hasPointerCapture(event.pointerId)) for (const each of event.getCoalescedEvents?.() ?? [event]) this.draw(name, pad, each);
    });
    pad.addEventListener("lostpointercapture", () => {
      this.stage.holding = false;
      this.stage.commitSoon(0);
    });
    return pad;
  }

  // Every cell from the last point to this one takes the height of the straight stroke at its middle.
  draw(name, pad, event) {
    const { spec, cell, height } = this.point(name, pad, event);
    const drawn = [...this.stage.values[name]];
    const from = this.last ?? { cell, height };
    const [low, high] = [Math.min(from.cell, cell), Math.max(from.cell, cell)];
    for (let each = low; each <= high; each++) {
      const share = from.cell === cell ? 1 : (each - from.cell) / (cell - from.cell);
      drawn[each] = snapped(spec, from.height + share * (height - from.height));
    }
    this.last = { cell, height };
    this.stage.set(name, drawn);
  }

  point(name, pad, event) {
    const spec = this.stage.inputs[name];
    const plot = this.plots.plots[spec.plot];
    const box = pad.getBoundingClientRect();
    const x = plot.axis("x").p2d(event.clientX - box.left);
    const height = plot.axis("y").p2d(event.clientY - box.top);
    const [left, right] = spec.domain;
    const cell = Math.floor(((x - left) / (right - left)) * spec.cells);
    return { spec, cell: Math.min(Math.max(cell, 0), spec.cells - 1), height };
  }
}

function snapped({ low, high, step, digits }, height) {
  const inside = Math.min(Math.max(height, low), high);
  return Number((low + Math.round((inside - low) / step) * step).toFixed(digits));
}
