// Pixels: a small picture drawn on a plot with the pointer or with keys. Its ink follows the pointer at once, and goes
// when Python's picture shows what was drawn.

import { drawing, element, lock, oncePerFrame, setText } from "./dom.js";
import { holdable } from "./hold.js";
import { Boards } from "./overlay.js";

// A pixel is all ink up to 0.3 pixels from the pen's way, and paper from 1.3 on.
const REACH = 1.3;
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const RIGHT = 2;

export class PixelBoards extends Boards {
  kind = "pixels";

  make(name) {
    return new Board(name, this.stage);
  }
}

class Board {
  constructor(name, stage) {
    Object.assign(this, { name, stage, at: [0, 0], wet: new Set(), squares: [] });
    this.cursor = drawing("rect", { class: "sp-cursor" });
    this.paper = drawing("svg");
    this.paper.append(this.cursor);
    this.said = element("span", { class: "sp-said", "aria-live": "polite" });
    this.inkSoon = oncePerFrame(() => this.ink());
    this.node = element("div", { class: "sp-pixels", role: "group", tabindex: "0" }, this.paper, this.said);
    this.node.addEventListener("contextmenu", (event) => event.preventDefault());
    this.node.addEventListener("keydown", (event) => this.press(event));
    holdable(this.node, stage, {
      take: (event) => this.take(event),
      move: (event) => {
        const between = event.getCoalescedEvents?.() ?? [];
        for (const each of between.length ? between : [event]) this.draw(each);
      },
    });
  }

  get spec() {
    return this.stage.inputs[this.name];
  }

  get row() {
    return this.stage.controls.rows.get(this.name);
  }

  get levels() {
    return this.stage.values[this.name];
  }

  show(plot) {
    this.plot = plot;
    this.node.closest(".sp-plot").setAttribute("data-sp-pixels", "");
    this.node.setAttribute("aria-label", `${this.spec.label}: arrow keys go from pixel to pixel, space inks and rubs out`);
    this.node.style.setProperty("--knob", `var(--sp-${this.spec.colour})`);
    const { drawn, values, holding } = this.stage;
    if (!holding && String(drawn?.[this.name]) === String(values?.[this.name])) this.wet.clear();
    this.ink();
  }

  take(event) {
    event.preventDefault();
    this.last = null;
    this.rubs = event.button === RIGHT || this.row.rubs;
    this.draw(event);
  }

  // Every pixel near the straight way from the last point to this one gets its ink, or loses it.
  draw(event) {
    const { rows, columns, levels } = this.spec;
    const { x, y } = this.plot.place(event);
    const here = [-y, x];
    const from = this.last ?? here;
    const drawn = [...this.levels];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const share = Math.min(1, REACH - apart([row, column], from, here));
        const place = row * columns + column;
        if (share > 0) drawn[place] = this.inked(drawn[place], Math.round(share * (levels - 1)));
      }
    }
    this.last = here;
    this.put(drawn);
  }

  inked(level, ink) {
    return this.rubs ? Math.min(level, this.spec.levels - 1 - ink) : Math.max(level, ink);
  }

  put(drawn) {
    if (this.row.node.disabled) return;
    const before = this.levels;
    const changed = drawn.flatMap((level, place) => (level === before[place] ? [] : [place]));
    if (!changed.length) return;
    for (const place of changed) this.wet.add(place);
    this.stage.set(this.name, drawn);
    this.inkSoon();
  }

  // A square for each pixel whose ink is not in Python's picture yet.
  ink() {
    const { levels } = this.spec;
    const wet = [...this.wet];
    while (this.squares.length < wet.length) this.squares.push(this.square());
    while (this.squares.length > wet.length) this.squares.pop().remove();
    wet.forEach((place, index) => this.lay(this.squares[index], place, this.levels[place] / (levels - 1)));
    this.lay(this.cursor, this.at[0] * this.spec.columns + this.at[1]);
  }

  square() {
    const node = drawing("rect", { class: "sp-wet" });
    this.cursor.before(node);
    return node;
  }

  lay(node, place, share = 1) {
    const { columns } = this.spec;
    const [row, column] = [Math.floor(place / columns), place % columns];
    const [start, end] = [0.5, -0.5].map((half) => this.plot.within({ x: column - half, y: half - row }));
    if (!start || !end) return;
    const [[left, top], [right, bottom]] = [start, end];
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) node.setAttribute(name, value.toFixed(1));
    node.style.setProperty("--ink", `${(100 * share).toFixed(1)}%`);
  }

  press(event) {
    const move = MOVES[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (move) this.go(move);
    else if (event.key === " ") this.turn();
    else return;
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = this.at;
    const ink = this.levels[row * this.spec.columns + column] ? "ink" : "empty";
    setText(this.said, `row ${row + 1}, column ${column + 1}: ${ink}`);
  }

  go([down, right]) {
    const within = (place, count) => Math.min(Math.max(place, 0), count - 1);
    this.at = [within(this.at[0] + down, this.spec.rows), within(this.at[1] + right, this.spec.columns)];
    this.ink();
  }

  turn() {
    const place = this.at[0] * this.spec.columns + this.at[1];
    this.put(this.levels.with(place, this.levels[place] ? 0 : this.spec.levels - 1));
    this.stage.commitSoon();
  }
}

// How far a place is from the straight way between two points.
function apart([row, column], [row0, column0], [row1, column1]) {
  const [down, right] = [row1 - row0, column1 - column0];
  const length = down ** 2 + right ** 2;
  const share = length ? Math.min(1, Math.max(0, ((row - row0) * down + (column - column0) * right) / length)) : 0;
  return Math.hypot(row - row0 - share * down, column - column0 - share * right);
}

// Among the controls: what the pointer does, and a clean sheet.
export class PixelsRow {
  constructor(name, spec, stage) {
    Object.assign(this, { rubs: false, spec });
    const radio = (label, rubs) =>
      element("label", {}, element("input", { type: "radio", name: `sp-${stage.id}-${name}`, value: label, checked: !rubs, onchange: () => (this.rubs = rubs) }), element("span", {}, label));
    this.clear = element("button", { type: "button", class: "sp-button", onclick: () => stage.assign({ [name]: spec.value.map(() => 0) }) }, "Rub all out");
    this.node = element(
      "fieldset",
      { class: "sp-choice sp-pen" },
      element("legend", {}, `${spec.label}: drawn on the plot`),
      element("div", { class: "sp-segments" }, radio("pen", false), radio("rubber", true)),
      element("div", { class: "sp-buttons" }, this.clear),
    );
  }

  idle(reason) {
    lock(this.node, reason);
  }

  show(levels) {
    const empty = !levels.some(Boolean);
    if (this.clear.disabled !== empty) this.clear.disabled = empty;
  }
}
