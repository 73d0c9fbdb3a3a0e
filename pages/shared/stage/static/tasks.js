// The tasks: what to try, how it stands, and hints that Python finds from the values on the screen.

import { element, setText } from "./dom.js";
import { Listing } from "./controls.js";
import { nameOf, told } from "./kept.js";
import { keyOf } from "./sweep.js";

// What the button says when so many of the steps are open; behind the last one it closes them.
const ASKS = ["Hint", "Which way?", "How far?"];
const BEYOND = "No control does it alone, as they move here: do it at the address above.";

export class Tasks {
  // root: where they stand. above: where those stand that somebody has set: a challenge, or an assignment.
  constructor(root, above, stage) {
    this.stage = stage;
    const item = { make: (text) => (this.rows[text] = new Row(text, stage)).node, fill: (node, verdict, name, solved) => node.row.show(verdict, stage.assigned.isAnswer() ? undefined : solved[nameOf(name, verdict)]) };
    this.rows = {};
    this.listing = new Listing(root, item);
    this.given = new Listing(above, item);
  }

  // solved: what readers' browsers know of tasks that were done before.
  show(entries, solved) {
    const isSet = ({ stars, met }) => stars !== undefined || met !== undefined || Boolean(this.stage.assigned.task);
    const all = Object.entries(entries);
    this.listing.show(Object.fromEntries(all.filter(([, verdict]) => !isSet(verdict))), solved);
    this.given.show(Object.fromEntries(all.filter(([, verdict]) => isSet(verdict))), solved);
  }

  get areGiven() {
    return this.given.nodes.length > 0;
  }

  // A hint has come, found from these values.
  hint(hint, values) {
    this.rows[hint.task]?.take(hint, values);
  }
}

class Row {
  constructor(text, stage) {
    Object.assign(this, { text, stage, found: null, opened: 0, seen: 0 });
    this.done = element("span", { class: "sp-done", role: "img" });
    this.says = element("span", { class: "sp-says" });
    this.button = element("button", { type: "button", class: "sp-hint-button", onclick: () => this.more() });
    this.steps = element("ol", { class: "sp-hints", "aria-live": "polite" });
    this.question = Object.entries(stage.inputs).find(([, { kind, label }]) => kind === "question" && label === text)?.[0];
    this.card = stage.cards.find(({ label }) => label === text);
    this.asks = element("div", { class: "sp-asks" }, ...this.answers(), ...this.try());
    const words = this.card ? element("span", { class: "sp-card-words" }, this.card.words) : "";
    const beyond = stage.within?.includes(text) === false ? element("span", { class: "sp-beyond" }, BEYOND) : "";
    this.node = element(
      "li", { class: this.card ? "sp-card" : null },
      this.done, element("span", { class: "sp-task" }, text), this.button, words, beyond, this.asks, this.says, this.steps,
    );
    this.node.row = this;
    this.tell();
  }

  // The answers to choose among, and what shows how it is: it can be used once there is an answer.
  answers() {
    if (!this.question) return [];
    const { options, shows } = this.stage.inputs[this.question];
    const set = (values) => this.stage.assign(values);
    this.radios = options.map((option) =>
      element("input", { type: "radio", name: `sp-${this.stage.id}-${this.question}`, value: option, onchange: () => set({ [this.question]: option }) }));
    const labels = this.radios.map((radio) => element("label", {}, radio, element("span", {}, radio.value)));
    this.showing = element("button", { type: "button", class: "sp-button", "aria-label": `Show it: ${this.text}`, onclick: () => set(shows) }, "Show it");
    const show = Object.keys(shows).length ? [this.showing] : [];
    return [element("div", { class: "sp-segments", role: "radiogroup", "aria-label": this.text }, ...labels), ...show];
  }

  // A card begins where its button sets the picture.
  try() {
    if (!this.card || !Object.keys(this.card.values).length) return [];
    const { values } = this.card;
    return [element("button", { type: "button", class: "sp-button", "aria-label": `Try it: ${this.text}`, onclick: () => this.stage.assign(values) }, "Try it")];
  }

  // Shows what is answered.
  answered() {
    const chosen = this.stage.values[this.question];
    for (const radio of this.radios) radio.checked = radio.value === chosen;
    this.showing.disabled = !chosen;
  }

  // then: what was true when it was done before.
  show(verdict, then) {
    setText(this.says, told(verdict, then));
    if (this.question) this.answered();
    if (this.found && (verdict.done || !this.holds())) this.take(null);
    const { dataset } = this.node;
    const [done, kept] = [String(verdict.done), String(then !== undefined)];
    if (dataset.done === done && dataset.kept === kept) return;
    for (const [name, said] of Object.entries({ done, kept })) if (dataset[name] !== said) dataset[name] = said;
    this.done.setAttribute("aria-label", verdict.done ? "done" : then === undefined ? "to do" : "done before");
    this.hide();
  }

  // A question has no hint; nor has what is done, nor an assignment whose hints are used up, but for those that are open.
  hide() {
    const more = this.opened < this.seen || this.stage.assigned.mayHint();
    this.button.hidden = this.node.dataset.done === "true" || Boolean(this.question) || !(more || this.opened);
  }

  // A hint is about one control: it holds while the others stay.
  holds() {
    const { name, values } = this.found;
    return keyOf(values, name) === keyOf(this.stage.values, name);
  }

  more() {
    if (!this.found) {
      setText(this.button, "Looking …");
      this.stage.requests.want({ hint: this.text });
      return;
    }
    const ends = this.opened === this.found.says.length || (this.opened === this.seen && !this.stage.assigned.mayHint());
    this.opened = ends ? 0 : this.opened + 1;
    this.see();
    this.tell();
  }

  take(hint, values) {
    this.found = hint && { ...hint, values };
    this.opened = hint ? 1 : 0;
    this.seen = 0;
    this.see();
    this.tell();
  }

  // Steps that were not shown before are counted.
  see() {
    if (this.opened <= this.seen) return;
    this.seen = this.opened;
    this.stage.assigned.hinted();
  }

  tell() {
    const says = this.found?.says.slice(0, this.opened) ?? [];
    this.steps.replaceChildren(...says.map((text) => element("li", {}, text)));
    this.steps.hidden = !says.length;
    const last = this.found && (this.opened === this.found.says.length || (this.opened === this.seen && !this.stage.assigned.mayHint()));
    const text = last && this.opened ? "Hide" : ASKS[this.opened];
    setText(this.button, text);
    this.button.setAttribute("aria-label", `${text}: ${this.text}`);
    this.hide();
  }
}
