// A sketch: a curve drawn on a plot with the pointer, one height for each cell.

import { element } from "./dom.js";
import { holdable } from "./hold.js";
import { Boards } from "./overlay.js";
import { Scale } from "./scale.js";

export class Sketches extends Boards {
  kind = "sketch";

  make(name) {
    return new Pad(name, this.stage);
  }
}

class Pad {
  constructor(name, stage) {
    Object.assign(this, { name, stage });
    this.node = holdable(element("div", { class: "sp-sketch", "aria-hidden": "true" }), stage, {
      take: (event) => {
        event.preventDefault();
        this.last = null;
        this.draw(event);
      },
      move: (event) => (event.getCoalescedEvents?.() ?? [event]).forEach((each) => this.draw(each)),
    });
  }

  show(plot) {
    this.plot = plot;
  }

  // Every cell from the last point to this one takes the height of the straight stroke at its middle.
  draw(event) {
    const { cell, height } = this.point(event);
    const scale = new Scale(this.stage.inputs[this.name]);
    const drawn = [...this.stage.values[this.name]];
    const from = this.last ?? { cell, height };
    const [low, high] = [Math.min(from.cell, cell), Math.max(from.cell, cell)];
    for (let each = low; each <= high; each++) {
      const share = from.cell === cell ? 1 : (each - from.cell) / (cell - from.cell);
      drawn[each] = scale.snap(from.height + share * (height - from.height));
    }
    this.last = { cell, height };
    this.stage.set(this.name, drawn);
  }

  point(event) {
    const { domain: [left, right], cells } = this.stage.inputs[this.name];
    const { x, y } = this.plot.place(event);
    const cell = Math.floor(((x - left) / (right - left)) * cells);
    return { cell: Math.min(Math.max(cell, 0), cells - 1), height: y };
  }
}
