// A sketch: a curve drawn on a plot with the pointer, one height for each cell. Its ink follows the pointer at once,
// and goes when Python's picture shows what was drawn.

import { drawing, element, oncePerFrame } from "./dom.js";
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
    this.ink = drawing("path");
    const paper = drawing("svg");
    paper.append(this.ink);
    this.inkSoon = oncePerFrame(() => this.trace(this.stage.values[this.name]));
    this.node = holdable(element("div", { class: "sp-sketch", "aria-hidden": "true" }, paper), stage, {
      take: (event) => {
        event.preventDefault();
        this.last = null;
        this.draw(event);
      },
      move: (event) => {
        const between = event.getCoalescedEvents?.() ?? [];
        for (const each of between.length ? between : [event]) this.draw(each);
      },
    });
  }

  show(plot) {
    this.plot = plot;
    const { inputs, values, drawn, holding } = this.stage;
    this.node.style.setProperty("--knob", `var(--sp-${inputs[this.name].colour})`);
    if (!holding && String(drawn?.[this.name]) === String(values?.[this.name])) this.trace([]);
  }

  // A line through the middles of the cells; an empty one lifts the pen.
  trace(heights) {
    const { domain: [left, right], cells } = this.stage.inputs[this.name];
    let pen = "M";
    const path = heights.map((y, cell) => {
      const at = y === null ? null : this.plot.within({ x: left + ((cell + 0.5) * (right - left)) / cells, y });
      const piece = at ? `${pen}${at[0].toFixed(1)},${at[1].toFixed(1)}` : "";
      pen = at ? "L" : "M";
      return piece;
    });
    this.ink.setAttribute("d", path.join(""));
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
    this.inkSoon();
  }

  point(event) {
    const { domain: [left, right], cells } = this.stage.inputs[this.name];
    const { x, y } = this.plot.place(event);
    const cell = Math.floor(((x - left) / (right - left)) * cells);
    return { cell: Math.min(Math.max(cell, 0), cells - 1), height: y };
  }
}
