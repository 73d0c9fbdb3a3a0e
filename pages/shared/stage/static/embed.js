// Embedded: what of a page is shown in a frame on another site (?embed=true&framed=...), and what that site is told.
//
// The page around the frame is told {from, height, done, score, link} whenever one of them changes, and {from,
// statement} when a task is done: the statement has the form of xAPI's, without an actor, for who it is we do not
// know. It goes to the site around the frame alone, as the browser names it; where it names none, nothing is said.

import { nameOf } from "./kept.js";
import { linkOf } from "./link.js";

export const LEVELS = { picture: "The picture alone", knobs: "Picture and knobs", words: "With tasks and words" };
export const FRAMED = "framed";
const FROM = "superpose";
const WHOLE = "words";
const VOCABULARY = "http://adlnet.gov/expapi";
const ACTS = ["pointerup", "keyup", "change"];

// Shows no more than is asked for; once for the page, before anything of it is there.
export function frame({ search } = location) {
  const entries = new URLSearchParams(search);
  if (entries.get("embed") !== "true") return;
  const asked = entries.get(FRAMED) ?? WHOLE;
  document.documentElement.dataset.spFramed = asked in LEVELS ? asked : WHOLE;
}

export function isFramed() {
  return "spFramed" in document.documentElement.dataset;
}

// What is wrong with the level that the link asks for; empty where nothing is.
export function misframed({ search } = location) {
  const asked = new URLSearchParams(search).get(FRAMED);
  if (asked === null || asked in LEVELS) return "";
  return `${FRAMED}: “${asked.slice(0, 30)}” is none of ${Object.keys(LEVELS).join(", ")}; ${WHOLE} stands.`;
}

// The origin of the page around this one; null where there is none, or the browser does not say.
export function originAround({ parent, location, document }) {
  if (parent === window) return null;
  const origin = location.ancestorOrigins?.[0] ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : "");
  return /^https?:/.test(origin) ? origin : null;
}

// What was told, and so what is news.
export class Reports {
  // send: takes a message. clock: the time as a Date.
  constructor(send, clock = () => new Date()) {
    Object.assign(this, { send, clock, told: "" });
  }

  // raw, max: how many tasks of the page are done, and how many there are. title: what the page is called.
  // solved: whether the reader did one of them just now.
  tell({ height, raw, max, link, title, solved }) {
    const done = max > 0 && raw === max;
    const score = max ? raw / max : null;
    const message = { from: FROM, height, done, score, link };
    if (JSON.stringify(message) !== this.told) this.send(message);
    this.told = JSON.stringify(message);
    for (const verb of solved ? ["scored", ...(done ? ["completed"] : [])] : []) {
      this.send({ from: FROM, statement: this.statement(verb, { raw, max, score, done, link, title }) });
    }
  }

  statement(verb, { raw, max, score, done, link, title }) {
    return {
      verb: { id: `${VOCABULARY}/verbs/${verb}`, display: { en: verb } },
      object: {
        objectType: "Activity",
        id: link.split("?")[0],
        definition: { type: `${VOCABULARY}/activities/lesson`, name: { en: title } },
      },
      result: { score: { scaled: score, raw, min: 0, max }, completion: done },
      timestamp: this.clock().toISOString(),
    };
  }
}

const stages = new Set();
let reports = null;
let tallest = 0;
const sizes = new ResizeObserver(() => tell());

// The stage shows something, and its tasks count. solved: whether the reader did one of them just now.
export function report(stage, solved) {
  const origin = isFramed() && originAround(window);
  if (!origin) return;
  stages.add(stage);
  reports ??= listen((message) => window.parent.postMessage(message, origin));
  sizes.observe(page());
  tell(solved);
}

export function leave(stage) {
  stages.delete(stage);
}

function page() {
  return document.querySelector("[data-testid=stMainBlockContainer]");
}

// A frame that takes the height that it is told may lead to another one, and back: until the reader does something
// it only grows.
function listen(send) {
  for (const act of ACTS) document.addEventListener(act, () => (tallest = 0), true);
  return new Reports(send);
}

// Says how it stands, where anybody is to be told.
export function tell(solved = false) {
  if (!reports || !page()) return;
  tallest = Math.max(tallest, Math.ceil(page().offsetTop + page().offsetHeight));
  const tasks = [...stages].flatMap(doneOf);
  const [raw, max] = [tasks.filter(Boolean).length, tasks.length];
  reports.tell({ height: tallest, raw, max, link: linkOf(location), title: document.title, solved });
}

function doneOf({ view, solved }) {
  return Object.entries(view.shown?.tasks ?? {}).map(([task, verdict]) => nameOf(task, verdict) in solved);
}
