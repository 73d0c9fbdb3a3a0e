// What the reader moves: knobs, choices, presets. It tells the stage what was touched and knows no picture.

import { element, lock, selectOnEntry, setText } from "./dom.js";
import { MatrixRow } from "./matrix.js";
import { NudgeMark } from "./nudge.js";
import { PixelsRow } from "./pixels.js";
import { Scale, numberIn } from "./scale.js";

const PAGE = 10;
const NEAR_MS = 60;

export class Controls {
  constructor(root, stage) {
    Object.assign(this, { root, stage, rows: new Map() });
  }

  build(inputs, presets) {
    this.rows.clear();
    const nodes = [];
    for (const [name, spec] of Object.entries(inputs)) {
      const Row = { knob: KnobRow, choice: ChoiceRow, points: PointsRow, matrix: MatrixRow, pixels: PixelsRow }[spec.kind];
      if (!Row) continue;
      const row = new Row(name, spec, this.stage);
      this.rows.set(name, row);
      nodes.push(row.node);
    }
    nodes.push(this.buttons(inputs, presets));
    this.root.replaceChildren(...nodes);
  }

  buttons(inputs, presets) {
    const button = (label, values, name, kind = "sp-button") =>
      element("button", { type: "button", class: kind, "aria-label": name, onclick: () => this.stage.assign(values) }, label);
    const defaults = Object.fromEntries(Object.entries(inputs).map(([name, spec]) => [name, spec.value]));
    return element(
      "div",
      { class: "sp-buttons" },
      ...presets.map(({ label, values }) => button(label, values, `set ${label}`)),
      button("Reset", defaults, "reset every control", "sp-button sp-reset"),
      this.stage.moves.node,
      element("button", { type: "button", class: "sp-button sp-share", "aria-haspopup": "dialog", onclick: () => this.stage.share() }, "Share"),
      this.stage.take.node,
      this.stage.ghost.button,
    );
  }

  show(values) {
    for (const [name, row] of this.rows) row.show(values[name]);
  }

  nudge(nudges, values) {
    for (const [name, row] of this.rows) row.nudge?.(nudges[name], values[name]);
  }

  // reasons: why a knob does nothing now, by its name.
  idle(reasons) {
    for (const [name, row] of this.rows) row.idle?.(reasons[name] ?? "");
  }

  playing(name) {
    for (const [each, row] of this.rows) row.playing?.(each === name);
  }
}

class KnobRow {
  constructor(name, spec, stage) {
    Object.assign(this, { name, spec, stage, scale: new Scale(spec) });
    const id = `sp-${stage.id}-${name}`;
    this.range = element("input", {
      type: "range", id, min: spec.low, max: spec.high, step: spec.step, "aria-label": spec.label,
      onpointerdown: () => this.hold(true),
      onpointerup: () => this.hold(false),
      onpointercancel: () => this.hold(false),
      onfocus: () => stage.grab(name),
      onblur: () => stage.commitSoon(0),
      oninput: () => stage.set(name, this.scale.snap(Number(this.range.value))),
      onchange: () => this.stage.holding || stage.commitSoon(),
      onkeydown: (event) => this.page(event),
    });
    this.field = selectOnEntry(element("input", {
      type: "text", inputmode: spec.low < 0 ? "text" : "decimal", autocomplete: "off", class: "sp-number", "aria-label": `${spec.label}, as a number`,
      onchange: () => this.typed(),
    }));
    this.button = element("button", {
      type: "button", class: "sp-play", "aria-label": `play ${spec.label}`, "aria-pressed": "false", onclick: () => stage.play(name),
    });
    this.node = element(
      "div",
      { class: "sp-knob", style: `--knob: var(--sp-${spec.colour})`, onpointerenter: () => this.near(), onpointerleave: () => clearTimeout(this.nearing) },
      (this.label = element("label", { for: id }, spec.label)), this.field, this.button, this.range,
      ...(spec.note ? [element("p", { class: "sp-note" }, spec.note)] : []),
    );
  }

  near() {
    this.nearing = setTimeout(() => this.stage.approach(this.name), NEAR_MS);
  }

  hold(on) {
    this.stage.holding = on;
    if (on) this.stage.grab(this.name);
    else this.stage.commitSoon(0);
  }

  // The native range moves by one step for an arrow and to the ends for Home and End.
  page(event) {
    const steps = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (!steps) return;
    event.preventDefault();
    const value = Number(this.range.value) + steps * this.spec.step;
    this.stage.set(this.name, this.scale.snap(value));
    this.stage.commitSoon();
  }

  typed() {
    const { label, low, high } = this.spec;
    const text = this.field.value.trim();
    const number = numberIn(text);
    if (number === null) {
      this.stage.notice(`${label}: “${shortened(text)}” is not a number; ${this.field.dataset.shown} stands.`);
      this.field.value = this.field.dataset.shown;
      return;
    }
    const value = this.scale.snap(number);
    if (number < low || number > high) this.stage.notice(`${label}: ${shortened(text)} is outside ${low} to ${high}; it is now ${value}.`);
    else if (Math.abs(number - value) > 1e-9) this.stage.notice(`${label} moves in steps of ${this.spec.step}; ${shortened(text)} is now ${value}.`);
    else this.stage.notice("");
    this.stage.assign({ [this.name]: value });
    this.show(value);
    this.field.value = this.field.dataset.shown;
  }

  show(value) {
    const text = value.toFixed(this.spec.digits).replace("-", "−");
    if (Number(this.range.value) !== value) this.range.value = value;
    if (this.field.dataset.shown === text) return;
    this.field.value = this.field.dataset.shown = text;
    this.range.setAttribute("aria-valuetext", text);
    this.range.style.setProperty("--fill", (value - this.spec.low) / (this.spec.high - this.spec.low));
  }

  nudge(nudge, value) {
    if (!nudge && !this.mark) return;
    this.mark ??= new NudgeMark(this.node, this.label, this.range);
    const { low, high } = this.spec;
    const share = (at) => (at - low) / (high - low);
    this.mark.show(nudge, share(value), share);
  }

  // A knob that does nothing says why, where its track is otherwise; its value stands.
  idle(reason) {
    if (!reason && !this.why) return;
    if (!this.why) {
      this.why = this.node.appendChild(element("p", { class: "sp-why", id: `${this.range.id}-why` }));
      this.field.setAttribute("aria-describedby", this.why.id);
    }
    setText(this.why, reason);
    this.node.classList.toggle("sp-idle", Boolean(reason));
    for (const part of [this.range, this.field, this.button]) part.disabled = Boolean(reason);
  }

  playing(on) {
    this.button.setAttribute("aria-pressed", on);
  }
}

class ChoiceRow {
  constructor(name, spec, stage) {
    this.scale = { count: spec.options.length, index: (option) => spec.options.indexOf(option) };
    this.radios = spec.options.map((option) =>
      element("input", { type: "radio", name: `sp-${stage.id}-${name}`, value: option, onchange: () => stage.assign({ [name]: option }) }),
    );
    const segments = this.radios.map((radio) => element("label", {}, radio, element("span", {}, radio.value)));
    this.node = element(
      "fieldset",
      { class: "sp-choice", onpointerenter: () => stage.approach(name), onfocusin: () => stage.approach(name) },
      element("legend", {}, spec.label),
      element("div", { class: "sp-segments" }, ...segments),
    );
  }

  show(value) {
    for (const radio of this.radios) radio.checked = radio.value === value;
  }

  idle(reason) {
    lock(this.node, reason);
  }
}

class PointsRow {
  constructor(name, spec, stage) {
    Object.assign(this, { kind: 0, spec });
    const radios = spec.classes.map((label, kind) =>
      element("label", { style: `--knob: var(--sp-${spec.colours[kind]})` },
        element("input", { type: "radio", name: `sp-${stage.id}-${name}`, value: label, checked: kind === 0, onchange: () => (this.kind = kind) }),
        element("span", { class: "sp-kind", "data-kind": kind }, label)),
    );
    const button = (label, change) =>
      element("button", { type: "button", class: "sp-button", onclick: () => stage.assign({ [name]: change(stage.values[name]) }) }, label);
    this.count = element("span", {});
    this.node = element(
      "fieldset",
      { class: "sp-choice" },
      element("legend", {}, `${spec.label}: `, this.count, ". A click adds"),
      element("div", { class: "sp-segments" }, ...radios),
      element("div", { class: "sp-buttons" },
        button("Add one in the middle", (points) => (points.length < spec.most ? [...points, [0, 0, this.kind]] : points)),
        button("Remove all", () => [])),
      element("p", { class: "sp-hint" }, "Drag a point out of the plot to remove it, or press Delete on it."),
    );
  }

  idle(reason) {
    lock(this.node, reason);
  }

  show(points) {
    setText(this.count, `${points.length} of ${this.spec.most}`);
  }
}

function shortened(text) {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

// A list of names and numbers, or of tasks and whether they are done; nodes are kept between pictures.
export class Listing {
  constructor(root, item) {
    Object.assign(this, { root, item, names: "", nodes: [] });
  }

  // more: what else fills the items.
  show(entries, more) {
    const names = Object.keys(entries).join("\n");
    if (names !== this.names) {
      this.names = names;
      this.nodes = Object.keys(entries).map((name) => this.item.make(name));
      this.root.replaceChildren(...this.nodes);
    }
    Object.entries(entries).forEach(([name, value], index) => this.item.fill(this.nodes[index], value, name, more));
  }
}

export const readout = {
  make: (name) => element("div", {}, element("dt", {}, name), element("dd", {})),
  fill: (node, value) => setText(node.lastChild, value),
};
