// Moves: what the reader has let go is one move, whatever moved it; it is taken back, and made again.
//
// What a link, Back or a menu of the page brings is no move: there the moves begin anew, and the browser's own
// history, which knows of that, is left alone.

import { element } from "./dom.js";

const MOST = 200;

// The values where the reader let go, one after the other; where they are now, and what was taken back.
export class Trail {
  constructor() {
    this.begin(null);
  }

  begin(values) {
    Object.assign(this, { now: values, past: [], undone: [] });
  }

  // The values have come to rest.
  rest(values) {
    if (same(values, this.now)) return;
    this.past = [...this.past, this.now].slice(-MOST);
    Object.assign(this, { now: values, undone: [] });
  }

  // The values before the last move; null where there was none.
  back() {
    return this.step(this.past, this.undone);
  }

  // The values after the move that was taken back last.
  again() {
    return this.step(this.undone, this.past);
  }

  step(from, to) {
    if (!from.length) return null;
    to.push(this.now);
    return (this.now = from.pop());
  }
}

let latest = null;

export class Moves {
  constructor(stage) {
    const button = (kind, label, keys, sign, onclick) =>
      element("button", { type: "button", class: `sp-button sp-${kind}`, "aria-label": label, title: `${label}: ${keys}`, disabled: true, onclick }, sign);
    this.undo = button("undo", "undo the last move", "ctrl + z", "↶", () => this.go("back", this.redo));
    this.redo = button("redo", "redo the move", "ctrl + shift + z", "↷", () => this.go("again", this.undo));
    Object.assign(this, { stage, trail: new Trail(), node: element("span", { class: "sp-moves" }, this.undo, this.redo) });
  }

  // What a message says is committed. own: whether it answers who let go here, of the same inputs.
  receive(values, own) {
    if (own) this.rest(values);
    else if (!same(values, this.trail.now)) this.trail.begin(values);
    this.offer();
  }

  rest(values) {
    const before = this.trail.now;
    this.trail.rest(values);
    if (this.trail.now !== before) latest = this.stage;
    this.offer();
  }

  // way: "back" or "again". other: the button that undoes what this one does.
  go(way, other) {
    const { stage } = this;
    if (stage.holding || stage.requests.gripping) return;
    stage.player.stop();
    this.rest(stage.values);
    const values = this.trail[way]();
    if (values) stage.assign(values);
    this.offer(other);
  }

  offer(other) {
    const focused = document.activeElement;
    this.undo.disabled = !this.trail.past.length;
    this.redo.disabled = !this.trail.undone.length;
    if (focused?.disabled && this.node.contains(focused)) other?.focus();
  }
}

// Which of its buttons such a key presses; none where it is no key of ours.
export function moveOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return "";
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? ".sp-redo" : ".sp-undo";
  return letter === "y" && ctrlKey && !shiftKey ? ".sp-redo" : "";
}

// The stage that such a key is for: that which has the focus, or where something was moved last.
export function movedLast(target) {
  const near = target.closest(".sp-stage");
  return near ?? (latest?.view.node.isConnected ? latest.view.node : document.querySelector(".sp-stage"));
}

// Whether values are the same.
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
