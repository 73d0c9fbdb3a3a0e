// Presenting: one stage as large as the window, for a projector, and the keys of a clicker.
//
// Whether one presents stands in the link (present=1), so that Python gives the stops of the lesson; a talk of the
// reader's own (present=talk) is this window's, and goes from lesson to lesson.

import { element, setText } from "./dom.js";
import { NOTES, openNotes } from "./notes.js";
import { app, keepPlayed } from "./own.js";
import { OWN, Talk, beginAt } from "./talk.js";

const PRESENT = "present";
const STEPS = { PageDown: 1, ArrowRight: 1, ArrowDown: 1, PageUp: -1, ArrowLeft: -1, ArrowUp: -1 };
// What uses these keys itself while it has the focus.
const HELD = "input, select, textarea, .sp-plot, .sp-knob";
const TYPED = "input:not([type=range], [type=radio])";
const NO_WINDOW = "The browser opened no window for the notes: allow pop-up windows for this page, and press n again.";
const MOVED = "The picture has moved on from this stop; r comes back to it.";
const BLANK = "The screen is blank; b brings the picture back.";
const PLACEHOLDER = /\{([^{}]+)\}/g;

const root = document.documentElement;
const talk = new Talk(() => refresh());
let shown = null;

export const presenting = () => PRESENT in root.dataset;

// ---- what is on the screen --------------------------------------------------------------------------

const part = (tag, kind, more = {}) => element(tag, { class: kind, ...more });
const name = part("h1", "sp-caption-name");
const says = part("p", "sp-caption-says", { role: "status" });
const count = part("p", "sp-caption-count");
const caption = element("div", { class: "sp-caption" }, element("div", {}, name, says), count);
const blank = element("div", { class: "sp-blank", role: "status", hidden: true });

function refresh() {
  if (!presenting()) return;
  const stage = talk.shown();
  if (stage !== shown) show(stage ?? null);
  if (!stage) return;
  const { node } = stage.view;
  if (caption.parentNode !== node) node.append(caption);
  const { title, stop, stops, at } = talk;
  setText(name, stop?.name ?? title);
  setText(says, stop ? (talk.moved ? MOVED : told(stop)) : stops.length ? "The right arrow, or PageDown, begins." : "");
  setText(count, stops.length ? `${at + 1} of ${stops.length}` : "");
  tell();
}

// The stage that is presented, and what it stands in; none, if null.
function show(stage) {
  shown?.view.node.classList.remove("sp-on");
  for (const each of document.querySelectorAll("[data-sp-around]")) each.removeAttribute("data-sp-around");
  shown = stage;
  shown?.view.node.classList.add("sp-on");
  for (let each = shown?.view.node.parentElement; each; each = each.parentElement) each.setAttribute("data-sp-around", "");
}

// The sentence with the numbers that the picture shows.
function told({ says: sentence, lesson }, stage = talk.shown()) {
  // What the reader has written in braces may be no number of the picture.
  const unknown = (whole) => (lesson === undefined ? "…" : whole);
  return sentence.replace(PLACEHOLDER, (whole, asked) => stage?.view.shown?.readouts?.[asked] ?? setTo(stage, asked) ?? unknown(whole));
}

function setTo(stage, input) {
  const value = stage?.values?.[input];
  return typeof value === "number" ? value.toFixed(stage.inputs[input].digits).replace("-", "−") : value;
}

// ---- the window, and the link that says so ----------------------------------------------------------

let scrolled = 0;
// Which of the two is presented, or was last.
let way = "1";

function inLink() {
  const said = new URLSearchParams(location.search).get(PRESENT);
  if (said !== "1" && said !== OWN) return false;
  way = said;
  return true;
}

// Takes on what the link says.
function follow() {
  if (inLink() === presenting()) return;
  const main = document.querySelector("[data-testid=stMain]");
  if (inLink()) {
    talk.look();
    scrolled = main?.scrollTop ?? 0;
    main?.scrollTo(0, 0);
    root.dataset[PRESENT] = "";
    began ??= Date.now();
    listen();
    if (way === OWN) talk.offer({ title: document.title, stops: [] });
    refresh();
  } else {
    delete root.dataset[PRESENT];
    caption.remove();
    darken(false);
    show(null);
    main?.scrollTo(0, scrolled);
  }
}

function toggle() {
  const url = new URL(location.href);
  if (presenting()) url.searchParams.delete(PRESENT);
  else url.searchParams.set(PRESENT, way);
  go(url);
}

function go(url) {
  history.pushState({}, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

// Plays a talk of the reader's own from one of its stops on. Says whether this browser can keep it for the window.
export function play({ title, stops }, at) {
  if (!keepPlayed({ title, stops })) return false;
  beginAt(at);
  const { lesson, query } = stops[at];
  go(new URL(`${lesson}?${[query, `${PRESENT}=${OWN}`].filter(Boolean).join("&")}`, app()));
  follow();
  return true;
}

function darken(on = blank.hidden) {
  blank.hidden = !on;
  setText(blank, on ? BLANK : "");
  if (!blank.isConnected) document.body.append(blank);
  tell();
}

// ---- keys -------------------------------------------------------------------------------------------

// Says whether the key was one of ours, pressed where it does nothing else.
export function presentKey(key, target) {
  if (key === "p") toggle();
  if (key === "p" || !presenting()) return key === "p";
  if (key === "Escape") return leave(target);
  const ours = !(key in STEPS && target.closest(HELD)) && obey(key);
  if (!ours) talk.touched = true;
  return ours;
}

function obey(key) {
  if (key in STEPS) {
    darken(false);
    talk.step(STEPS[key]);
  } else if (key === "b" || key === ".") darken();
  else if (key === "c") root.classList.toggle("sp-quiet");
  else if (key === "n") note();
  else return key === "r" && talk.reset();
  return true;
}

// Escape gives back first the screen, then the focus, then the page.
function leave(target) {
  if (!blank.hidden) darken(false);
  else if (target.closest(".sp-stage")) target.blur();
  else toggle();
  return true;
}

// A hand that has let go gives the keys back to the clicker; what is being typed stays.
function watchHands() {
  document.addEventListener("pointerdown", () => {
    if (!presenting()) return;
    talk.halt();
    talk.touched = true;
  }, true);
  document.addEventListener("pointerup", () => presenting() && setTimeout(giveBack));
}

function giveBack() {
  const { activeElement } = document;
  if (activeElement?.closest(".sp-on") && !activeElement.matches(TYPED)) activeElement.blur();
}

// ---- the speaker's notes ----------------------------------------------------------------------------

let began = null;
let channel = null;
let last = "";

function listen() {
  if (channel) return;
  channel = new BroadcastChannel(channelName());
  channel.addEventListener("message", ({ data }) => {
    if (data.asks) tell(true);
    else if (presenting() && typeof data.key === "string") obey(data.key);
  });
}

// The same after a load of the page, so that its notes find it again.
function channelName() {
  try {
    const id = sessionStorage.getItem(NOTES) ?? crypto.getRandomValues(new Uint32Array(2)).join("");
    sessionStorage.setItem(NOTES, id);
    return `${NOTES} ${id}`;
  } catch {
    return NOTES;
  }
}

function note() {
  if (!openNotes(channel.name)) shown?.notice(NO_WINDOW);
}

function tell(again = false) {
  const { title, stop, next, stops, at, moved } = talk;
  const now = stop && { ...stop, says: moved ? MOVED : told(stop) };
  const message = { title, began, at, count: stops.length, now, next: next && { ...next, says: told(next, null) }, blank: !blank.hidden };
  const text = JSON.stringify(message);
  if (!channel || (!again && text === last)) return;
  last = text;
  channel.postMessage({ told: message });
}

// ---- what the stages and Python tell ----------------------------------------------------------------

export const offer = (stops) => talk.offer(stops);
export const leaveTalk = (stage) => talk.leave(stage);

let attending = false;

// Each stage is known from its first moment; the first of them all begins to watch the page.
export function attend(stage) {
  talk.attend(stage);
  if (attending) return;
  attending = true;
  addEventListener("popstate", follow);
  watchHands();
  follow();
}

export function received(stage) {
  follow();
  if (presenting()) talk.received(stage);
}

// A picture is shown: what is said of it follows.
export function pictured(stage) {
  if (presenting() && stage === shown) refresh();
}

if (inLink()) follow();
