// Keys: a lesson without a pointer. 1 to 9 go to the knobs in order, space plays, r resets, ? shows them all; the
// first Tab of the page leads to the knobs. Where something is typed, keys are letters.

import { element } from "./dom.js";
import { moveOf, movedLast } from "./moves.js";
import { presentKey, presenting } from "./present.js";

const KNOBS = ".sp-knob input[type=range]";
const CONTROLS = ".sp-side :is(input, button)";
const TYPED = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=combobox]";
const PRESSED = "button, a, summary, input:not([type=range]), [role=button], [role=application]";
const TOLD = [
  ["1 … 9", "to the knobs, in order"],
  ["← →", "one step of the knob; Home and End: its ends"],
  ["space", "plays the knob, or stops it"],
  ["r", "resets every control"],
  ["ctrl + z", "takes the last move back; ctrl + shift + z, or ctrl + y: makes it again"],
  ["g", "pins the picture as a ghost behind the next ones, or unpins it"],
  ["l", "shares the picture: link, QR code, frame"],
  ["Tab, then ← →", "on a plot: walk along a curve, ↑ ↓ to the next one"],
  ["s", "on a plot: play the curve, its height as pitch, beside its target"],
  ["p", "presents: the picture alone, for a projector; again, or Esc: the page"],
  ["→ ←", "presenting, also PageDown and PageUp: the next stop, the one before"],
  ["b or .", "presenting: blanks the screen; r: the stop again"],
  ["n", "presenting: the speaker’s notes, in a window of their own; c: hides the caption"],
  ["?", "shows these keys"],
];

let way = null;

// Once for the page, whatever lessons come and go on it.
export function listenForKeys() {
  if (way) return;
  const button = (label, onclick) => element("button", { type: "button", class: "sp-button", onclick }, label);
  const buttons = [button("To the knobs", () => (document.querySelector(KNOBS) ?? document.querySelector(CONTROLS))?.focus()), button("All keys", showAll)];
  way = element("nav", { class: "sp-way", "aria-label": "shortcuts" }, ...buttons);
  document.body.prepend(way);
  addEventListener("keydown", heard, true);
}

function heard(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  const move = moveOf(event);
  if (((ctrlKey || altKey || metaKey) && !move) || !(target instanceof Element) || target.closest(TYPED)) return;
  const opened = document.querySelector("dialog[open]");
  // On the way from one lesson to the next there is no stage for a moment; whoever presents is heard all the same.
  if (opened || document.querySelector("[role=dialog]") || !(presenting() || document.querySelector(".sp-stage"))) {
    if (key === "?" && opened?.matches(".sp-keys")) opened.close();
    return;
  }
  if (!presentKey(move || key, target) && !(move ? touch(movedLast(target).querySelector(move), "click") : act(key, target))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Says whether the key was one of ours.
function act(key, target) {
  const stage = target.closest(".sp-stage") ?? document.querySelector(".sp-stage");
  if (/^[1-9]$/.test(key)) return touch(document.querySelectorAll(KNOBS)[key - 1], "focus");
  if (key === " " && !target.closest(PRESSED)) return touch(playOf(target.closest(".sp-knob") ?? stage), "click");
  if (key === "r") return touch(stage.querySelector(".sp-reset"), "click");
  if (key === "g") return touch(stage.querySelector(".sp-pin:not([hidden])"), "click");
  if (key === "l") return touch(stage.querySelector(".sp-share"), "click");
  if (key === "?") showAll();
  return key === "?";
}

function touch(node, how) {
  node?.[how]();
  return Boolean(node);
}

// The play button of a knob; of a stage the one that plays, or else the first.
function playOf(part) {
  return part.querySelector(".sp-play[aria-pressed=true]") ?? part.querySelector(".sp-play:not(:disabled)");
}

function showAll() {
  const rows = TOLD.map(([key, does]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)));
  const close = element("button", { type: "button", class: "sp-button", onclick: () => dialog.close() }, "Close");
  const dialog = element("dialog", { class: "sp-keys", "aria-label": "Keys" }, element("h2", {}, "Keys"), element("dl", {}, ...rows), close);
  dialog.addEventListener("close", () => dialog.remove());
  (document.querySelector(".sp-stage") ?? document.body).append(dialog);
  dialog.showModal();
}
