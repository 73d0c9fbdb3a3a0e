// Points: labelled points that the reader clicks into a plot, drags, and removes.

import { element } from "./dom.js";

const PIXELS_OUT = 24;
const STEPS = 5;
const MOVES = { ArrowLeft: [-STEPS, 0], ArrowRight: [STEPS, 0], ArrowDown: [0, -STEPS], ArrowUp: [0, STEPS] };

export class Points {
  constructor(plots, stage) {
    Object.assign(this, { plots, stage, boards: new Map() });
  }

  show(inputs) {
    for (const [name, board] of this.boards) board.hide(inputs[name]?.kind !== "points");
    for (const [name, spec] of Object.entries(inputs)) {
      if (spec.kind !== "points") continue;
      if (!this.boards.has(name)) this.boards.set(name, new Board(name, this.stage));
      this.boards.get(name).show(this.plots.plots[spec.plot]);
    }
  }

  place() {
    this.show(this.stage.inputs);
  }
}

class Board {
  constructor(name, stage) {
    Object.assign(this, { name, stage, pins: [] });
    this.node = element("div", { class: "sp-board", role: "group" });
    this.node.addEventListener("pointerdown", (event) => this.add(event));
  }

  get spec() {
    return this.stage.inputs[this.name];
  }

  get points() {
    return this.stage.values[this.name];
  }

  hide(hidden) {
    this.node.hidden = hidden;
  }

  show(plot) {
    this.plot = plot;
    this.node.setAttribute("aria-label", this.spec.label);
    plot.cover(this.node);
    while (this.pins.length < this.points.length) this.pins.push(this.make(this.pins.length));
    this.pins.forEach((pin, index) => this.put(pin, index));
  }

  put(pin, index) {
    const point = this.points[index];
    pin.hidden = !point;
    if (!point) return;
    const [x, y, kind] = point;
    const [left, top] = [this.plot.axis("x").d2p(x), this.plot.axis("y").d2p(y)];
    pin.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
    pin.style.setProperty("--knob", `var(--sp-${this.spec.colours[kind]})`);
    pin.dataset.kind = kind;
    pin.setAttribute("aria-label", `point ${index + 1}, ${this.spec.classes[kind]}, at ${x}, ${y}`);
  }

  make(index) {
    const pin = element("button", { type: "button", class: "sp-point" });
    pin.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      this.hold(pin, event);
    });
    pin.addEventListener("pointermove", (event) => {
      if (pin.hasPointerCapture(event.pointerId)) this.drag(pin, index, event);
    });
    pin.addEventListener("lostpointercapture", () => this.drop(pin, index));
    pin.addEventListener("keydown", (event) => this.press(index, event));
    this.node.append(pin);
    return pin;
  }

  // A click where there is no pin makes one, and it can be dragged at once.
  add(event) {
    event.preventDefault();
    const index = this.points.length;
    if (index >= this.spec.most) {
      this.stage.notice(`There is room for ${this.spec.most} points.`);
      return;
    }
    const { x, y } = this.plot.place(event);
    this.set([...this.points, [this.snap(x), this.snap(y), this.stage.controls.rows.get(this.name).kind]]);
    this.show(this.plot);
    this.hold(this.pins[index], event);
  }

  hold(pin, event) {
    pin.setPointerCapture(event.pointerId);
    this.stage.holding = true;
  }

  drag(pin, index, event) {
    const { x, y } = this.plot.place(event);
    pin.classList.toggle("sp-leaving", this.isOut(event));
    this.set(this.points.with(index, [this.snap(x), this.snap(y), this.points[index][2]]));
    this.put(pin, index);
  }

  drop(pin, index) {
    this.stage.holding = false;
    if (pin.classList.contains("sp-leaving")) this.remove(index);
    pin.classList.remove("sp-leaving");
    this.stage.commitSoon(0);
  }

  press(index, event) {
    const [x, y, kind] = this.points[index];
    const move = MOVES[event.key];
    if (move) this.set(this.points.with(index, [this.snap(x + move[0] * this.spec.step), this.snap(y + move[1] * this.spec.step), kind]));
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(index);
    else return;
    event.preventDefault();
    this.show(this.plot);
    this.stage.commitSoon();
  }

  remove(index) {
    this.set(this.points.toSpliced(index, 1));
    this.show(this.plot);
  }

  set(points) {
    this.stage.set(this.name, points);
  }

  snap(number) {
    const { low, high, step, digits } = this.spec;
    return Number((low + Math.round((Math.min(Math.max(number, low), high) - low) / step) * step).toFixed(digits));
  }

  isOut(event) {
    const box = this.node.getBoundingClientRect();
    const beyond = Math.max(box.left - event.clientX, event.clientX - box.right, box.top - event.clientY, event.clientY - box.bottom);
    return beyond > PIXELS_OUT;
  }
}
