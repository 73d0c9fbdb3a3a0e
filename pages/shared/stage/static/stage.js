// The stage: shows the frame under the reader's thumb, and asks Python for what it does not have.
//
// One request is under way at a time, of all the stages on a page. While a sweep is missing, the latest values
// are sent again and again; once it is there, nothing needs to be asked until the values are committed.

import { Controls, Listing, readout, task } from "./controls.js";
import { element, oncePerFrame, setText } from "./dom.js";
import { Grips } from "./grips.js";
import { Handles } from "./handles.js";
import { Panel } from "./panel.js";
import { Points } from "./points.js";
import { Player } from "./player.js";
import { Plots, loadPlotly } from "./plots.js";
import { Sketches } from "./sketch.js";
import { Sweep } from "./sweep.js";
import { Theme } from "./theme.js";
import { unpack } from "./wire.js";

const KEYS_REST_MS = 400;
const LOST_MS = 5000;

const stages = new WeakMap();
let count = 0;

// The stage whose request is under way, and those that wait: a second run would cut the first one short.
let asking = null;
const waiting = new Set();

export async function mount({ data, parentElement, setTriggerValue }, plotlyUrl) {
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  const stage = stages.get(parentElement);
  stage.send = (request) => setTriggerValue("request", request);
  const needed = [unpack(data), stage.arriving, stage.styled, loadPlotly(plotlyUrl)];
  stage.arriving = Promise.all(needed).then(([message]) => message);
  stage.receive(await stage.arriving);
  // Streamlit also calls this where the next message has overtaken this one, and the stage is still there.
  return () => parentElement.isConnected || stage.close();
}

class Stage {
  constructor(parent) {
    this.id = ++count;
    this.values = null;
    this.sweeps = new Map();
    this.asked = null;
    this.wanted = null;
    this.holding = false;
    this.latest = null;
    this.patience = LOST_MS;
    this.drawSoon = oncePerFrame(() => this.draw());
    this.build(parent);
  }

  build(parent) {
    const part = (name, tag = "div", more = {}) => (this[`${name}Node`] = element(tag, { class: `sp-${name}`, ...more }));
    this.styled = style();
    this.node = element(
      "section",
      { class: "sp-stage", "aria-label": "interactive picture" },
      element("div", { class: "sp-side" }, part("controls"), part("notice", "p", { role: "status" }), part("readouts", "dl")),
      element(
        "div",
        { class: "sp-view" },
        element("div", { class: "sp-panels" }, part("diagram"), part("formula")),
        part("error", "p", { role: "alert" }),
        part("plots", "div", { role: "group", "aria-label": "plots", "aria-describedby": `sp-words-${this.id}` }),
      ),
      element("div", { class: "sp-try" }, element("h4", {}, "Try this"), part("tasks", "ul")),
      part("words", "p", { "aria-live": "polite", id: `sp-words-${this.id}` }),
    );
    parent.append(this.node);
    this.theme = new Theme(this.node);
    this.controls = new Controls(this.controlsNode, this);
    this.diagram = new Panel(this.diagramNode, this);
    this.formula = new Panel(this.formulaNode, this);
    this.readouts = new Listing(this.readoutsNode, readout);
    this.tasks = new Listing(this.tasksNode, task);
    this.plots = new Plots(this.plotsNode, () => [this.handles, this.grips, this.points].forEach((each) => each.place()));
    this.handles = new Handles(this.plots, this);
    this.grips = new Grips(this.plots, this);
    this.points = new Points(this.plots, this);
    this.sketches = new Sketches(this.plots, this);
    this.player = new Player(this);
  }

  close() {
    this.player.stop();
    this.plots.show([]);
    clearTimeout(this.resting);
    clearTimeout(this.losing);
    waiting.delete(this);
    this.yield();
  }

  // ---- what Python says ------------------------------------------------------------------------

  receive(message) {
    const outdated = this.theme.refresh(message.palette) || message.identity !== this.identity;
    if (outdated) this.sweeps.clear();
    this.identity = message.identity;
    const others = !same(this.inputs, message.inputs);
    this.inputs = message.inputs;
    this.settle(message);
    this.committed = message.committed;
    message.picture = this.theme.resolve(message.picture);
    const shape = JSON.stringify([message.inputs, message.presets]);
    if (others || this.idle()) this.values = { ...message.committed };
    if (shape !== this.shape) {
      this.controls.build(message.inputs, message.presets);
      this.shape = shape;
    }
    if (message.sweep) this.keep(message);
    this.drawn = message.values;
    if (!this.covering()) this.show(message.picture);
    this.drawSoon();
    if (outdated && this.inputs[this.latest] && this.inHand()) this.fetch(this.latest);
    this.pump();
  }

  // An answer ends the request under way; a session that knows of no request has lost it.
  settle({ reply, values }) {
    if (!this.asked) return;
    const { id, sweep, commit, grip } = this.asked;
    if (reply !== null && reply !== id) return;
    this.patience = LOST_MS;
    clearTimeout(this.losing);
    this.asked = null;
    this.yield();
    if (reply === null) this.want({ sweep, commit, grip });
    else if (grip) this.values = { ...values };
  }

  // No answer: it was lost, or the server is busy, and to ask for a sweep again would keep it so.
  lose() {
    const { commit, grip } = this.asked;
    this.asked = null;
    this.patience *= 2;
    this.yield();
    this.want({ commit, grip });
  }

  keep({ sweep, values, picture }) {
    sweep.columns = sweep.columns.map((column) => this.theme.resolve(column));
    const kept = new Sweep(sweep, this.key(values, sweep.name));
    kept.picture = picture;
    this.sweeps.set(sweep.name, kept);
  }

  idle() {
    return !this.asked && !this.wanted && !this.resting && !this.player.name && !this.holding;
  }

  inHand() {
    return this.holding || this.player.name || this.node.contains(document.activeElement);
  }

  // ---- what the reader does --------------------------------------------------------------------

  grab(name) {
    this.player.stop(name);
    this.fetch(name);
  }

  approach(name) {
    if (this.idle()) this.fetch(name);
  }

  fetch(name) {
    this.latest = name;
    const kept = this.sweeps.get(name);
    if (kept && kept.key === this.key(this.values, name)) return;
    if (this.asked?.sweep === name && this.key(this.asked.values, name) === this.key(this.values, name)) return;
    this.want({ sweep: name });
  }

  set(name, value) {
    if (this.values[name] === value) return;
    this.values = { ...this.values, [name]: value };
    this.notice("");
    this.drawSoon();
  }

  assign(values) {
    this.player.stop();
    this.values = { ...this.values, ...values };
    this.drawSoon();
    this.commitSoon(0);
  }

  play(name) {
    this.player.toggle(name);
  }

  notice(text) {
    setText(this.noticeNode, text);
  }

  // Let go: the values go into the link. Keys rest a moment first, so that ten presses are one commit.
  commitSoon(delay = KEYS_REST_MS) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = null;
      setText(this.wordsNode, this.shown?.description ?? "");
      if (this.asked?.grip || this.wanted?.grip || !same(this.values, this.committed)) this.want({ commit: true });
    }, delay);
  }

  // ---- asking ----------------------------------------------------------------------------------

  want(more) {
    this.wanted = { ...this.wanted, ...more };
    this.pump();
  }

  // Lets the stages that wait ask.
  yield() {
    if (asking === this) asking = null;
    for (const stage of [...waiting]) stage.pump();
  }

  pump() {
    if (this.asked || !this.wanted) return;
    if (asking) {
      waiting.add(this);
      return;
    }
    asking = this;
    waiting.delete(this);
    const { sweep = null, commit = false, grip = null } = this.wanted;
    this.wanted = null;
    this.asked = { id: `${Date.now()}-${Math.random()}`, values: this.values, sweep: commit ? null : sweep, commit, grip };
    if (commit && sweep) this.wanted = { sweep };
    this.losing = setTimeout(() => this.lose(), this.patience);
    this.send(this.asked);
  }

  // ---- drawing ---------------------------------------------------------------------------------

  key(values, name) {
    return JSON.stringify({ ...values, [name]: null });
  }

  // A sweep that has a frame for the present values; the one that is shown where two have.
  covering() {
    const fitting = [...this.sweeps.values()].filter((sweep) => sweep.key === this.key(this.values, sweep.name));
    return fitting.find((sweep) => sweep.picture === this.shown) ?? fitting[0];
  }

  index(name, value = this.values[name]) {
    const { kind, low, step, options } = this.inputs[name];
    return kind === "choice" ? options.indexOf(value) : Math.round((value - low) / step);
  }

  draw() {
    this.controls.show(this.values);
    const sweep = this.covering();
    if (sweep) {
      const index = this.index(sweep.name);
      if (this.shown === sweep.picture && sweep.index === index) return;
      const paths = sweep.apply(sweep.picture, index);
      sweep.index = index;
      this.show(sweep.picture, this.shown === sweep.picture ? paths : null);
    } else if (!same(this.values, this.drawn)) {
      this.drawn = this.values;
      this.want({});
    }
  }

  // Shows a picture; where `paths` is given, only what lies under them has changed.
  show(picture, paths = null) {
    this.node.classList.toggle("sp-failed", Boolean(picture.error));
    setText(this.errorNode, picture.error ?? "");
    if (picture.error) return;
    this.shown = picture;
    this.node.classList.toggle("sp-diagram-below", picture.diagramBelow);
    this.node.classList.toggle("sp-beside", picture.beside);
    this.node.classList.toggle("sp-lead", picture.lead);
    this.plots.show(picture.plots, paths);
    this.diagram.show(picture.diagram);
    this.formula.show(picture.formula);
    this.readouts.show(picture.readouts);
    this.tasks.show(picture.tasks);
    this.handles.show(picture.handles);
    this.grips.show(picture.grips);
    this.controls.nudge(picture.nudges, this.values);
    this.sketches.show(this.inputs);
    this.points.show(this.inputs);
    if (!paths && !this.holding) setText(this.wordsNode, picture.description);
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function style() {
  const href = new URL("./stage.css", import.meta.url).href;
  const found = document.querySelector(`link[href="${href}"]`);
  if (found?.sheet) return Promise.resolve();
  const link = found ?? document.head.appendChild(element("link", { rel: "stylesheet", href }));
  return new Promise((resolve) => link.addEventListener("load", resolve));
}
