// Points: labelled points that the reader clicks into a plot, drags, and removes.

import { element } from "./dom.js";
import { holdable, mayScroll, seize } from "./hold.js";
import { Boards, stand } from "./overlay.js";
import { Scale } from "./scale.js";

const PIXELS_OUT = 24;
const STEPS = 5;
const MOVES = { ArrowLeft: [-STEPS, 0], ArrowRight: [STEPS, 0], ArrowDown: [0, -STEPS], ArrowUp: [0, STEPS] };

export class Points extends Boards {
  kind = "points";

  make(name) {
    return new Board(name, this.stage);
  }
}

class Board {
  constructor(name, stage) {
    Object.assign(this, { name, stage, nodes: [] });
    this.node = element("div", { class: "sp-board", role: "group" });
    this.node.addEventListener("pointerdown", (event) => mayScroll(event) || this.add(event));
    this.node.addEventListener("click", (event) => event.pointerType === "touch" && event.target === this.node && this.add(event));
  }

  get spec() {
    return this.stage.inputs[this.name];
  }

  get points() {
    return this.stage.values[this.name];
  }

  show(plot) {
    this.plot = plot;
    this.node.setAttribute("aria-label", this.spec.label);
    while (this.nodes.length < this.points.length) this.nodes.push(this.make(this.nodes.length));
    this.nodes.forEach((node, index) => this.put(node, index));
  }

  put(node, index) {
    const point = this.points[index];
    stand(node, point && this.plot.within({ x: point[0], y: point[1] }));
    if (!point) return;
    const [x, y, kind] = point;
    node.style.setProperty("--knob", `var(--sp-${this.spec.colours[kind]})`);
    node.dataset.kind = kind;
    node.setAttribute("aria-label", `point ${index + 1}, ${this.spec.classes[kind]}, at ${x}, ${y}`);
  }

  make(index) {
    const node = element("button", { type: "button", class: "sp-point" });
    node.addEventListener("keydown", (event) => this.press(index, event));
    this.node.append(node);
    return holdable(node, this.stage, {
      take: (event) => event.stopPropagation(),
      move: (event) => this.drag(node, index, event),
      drop: () => this.drop(node, index),
    });
  }

  // A click where there is no point makes one, and it can be dragged at once.
  add(event) {
    event.preventDefault();
    const index = this.points.length;
    if (index >= this.spec.most) {
      this.stage.notice(`There is room for ${this.spec.most} points.`);
      return;
    }
    this.set([...this.points, [...this.under(event), this.stage.controls.rows.get(this.name).kind]]);
    this.show(this.plot);
    if (event.type === "click") this.stage.commitSoon(0);
    else seize(this.nodes[index], this.stage, event);
  }

  drag(node, index, event) {
    node.classList.toggle("sp-leaving", this.isOut(event));
    this.set(this.points.with(index, [...this.under(event), this.points[index][2]]));
    this.put(node, index);
  }

  drop(node, index) {
    if (node.classList.contains("sp-leaving")) this.remove(index);
    node.classList.remove("sp-leaving");
  }

  press(index, event) {
    const [x, y, kind] = this.points[index];
    const move = MOVES[event.key];
    const { step } = this.spec;
    if (move) this.set(this.points.with(index, [...this.snap(x + move[0] * step, y + move[1] * step), kind]));
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

  // The point of the scale that lies under the pointer.
  under(event) {
    const { x, y } = this.plot.place(event);
    return this.snap(x, y);
  }

  snap(...numbers) {
    const scale = new Scale(this.spec);
    return numbers.map((number) => scale.snap(number));
  }

  isOut(event) {
    const box = this.node.getBoundingClientRect();
    const beyond = Math.max(box.left - event.clientX, event.clientX - box.right, box.top - event.clientY, event.clientY - box.bottom);
    return beyond > PIXELS_OUT;
  }
}
