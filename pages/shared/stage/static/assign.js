// Assign: the page of a student. It shows the task of the link and nothing else, counts attempts, hints and time, and
// gives the link of the answer. What is counted stays in this tab; the verdict is Python's, from the state.

import { element, setText } from "./dom.js";
import { linkOf } from "./link.js";

const TASK = "task";
const COUNTED = "did";
const FORM = ["1", "end"];
const STORED = "superpose assigned ";
const root = document.documentElement;

// Shows nothing but what the link is about; once for the page, before anything of it is there.
export function assign({ search } = location) {
  if (isAssigned({ search })) root.dataset.spAssigned = "";
}

// A page with a task is not where the reader was last in the lesson.
export function isAssigned({ search } = location) {
  return new URLSearchParams(search).has(TASK);
}

// What was done so far, kept while the tab is open.
export class Counts {
  // storage: gives the tab's own; it may raise. clock: the milliseconds now.
  constructor(name, storage, clock = Date.now) {
    Object.assign(this, { name, storage, clock, attempts: 0, hints: 0, began: clock(), seconds: null });
    const { attempts, hints, began, seconds } = this.stored();
    if ([attempts, hints, began].every(Number.isFinite)) Object.assign(this, { attempts, hints, began, seconds });
  }

  stored() {
    try {
      return JSON.parse(this.storage().getItem(STORED + this.name)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    const { attempts, hints, began, seconds } = this;
    try {
      this.storage().setItem(STORED + this.name, JSON.stringify({ attempts, hints, began, seconds }));
    } catch {
      // It is not kept, and counted all the same.
    }
  }

  // Something was let go; until it is done for the first time, that is an attempt.
  attempt(done) {
    if (this.seconds !== null) return;
    this.attempts += 1;
    if (done) this.seconds = this.now();
    this.keep();
  }

  hint() {
    this.hints += 1;
    this.keep();
  }

  now() {
    return this.seconds ?? Math.round((this.clock() - this.began) / 1000);
  }

  // As an answer link says it.
  written(done) {
    return [FORM[0], this.attempts, this.hints, this.now(), Number(done), FORM[1]].join(".");
  }
}

export class Assigned {
  constructor(stage) {
    Object.assign(this, { stage, task: null, counts: null });
    this.said = element("p", { class: "sp-counts", role: "status" });
    this.button = element("button", { type: "button", class: "sp-button sp-answer", "aria-haspopup": "dialog", onclick: () => this.hand() }, "Answer link");
    this.anew = element("a", { class: "sp-button" }, "Try it yourself");
    this.node = element("div", { class: "sp-assigned", hidden: true }, this.said, this.button, this.anew);
  }

  // What Python says is assigned; null where nothing is.
  take(task) {
    if (task) root.dataset.spAssigned = "";
    else delete root.dataset.spAssigned;
    this.node.hidden = !task;
    if (task && task.name !== this.task?.name) this.counts = new Counts(task.name, () => window.sessionStorage);
    this.task = task;
    this.tell();
  }

  // The state was let go, and Python has judged it.
  judged() {
    if (!this.task || this.isAnswer()) return;
    this.counts.attempt(this.done());
    this.tell();
  }

  // Whether what is shown is somebody's answer: it says nothing of who looks at it.
  isAnswer() {
    return Boolean(this.task?.answer);
  }

  done() {
    return Boolean(this.stage.view.shown?.tasks[this.task.words]?.done);
  }

  mayHint() {
    return !this.task || this.counts.hints < this.task.hints;
  }

  // A step of a hint is shown that was not shown before.
  hinted() {
    if (!this.task) return;
    this.counts.hint();
    this.tell();
  }

  tell() {
    if (!this.task) return;
    const { answer, hints } = this.task;
    this.button.hidden = Boolean(answer);
    this.anew.hidden = !answer;
    if (answer) {
      this.anew.href = `${location.pathname}?${new URLSearchParams({ [TASK]: new URLSearchParams(location.search).get(TASK) })}`;
      setText(this.said, `An answer. Its browser counted ${counted(answer)}; the verdict is computed from the picture.`);
      return;
    }
    const { attempts, hints: used } = this.counts;
    setText(this.said, `${several(attempts, "attempt")}${hints ? `, ${used} of ${several(hints, "hint")}` : ""}.`);
  }

  hand() {
    this.stage.share({
      title: "Your answer",
      more: () => ({ [COUNTED]: this.counts.written(this.done()) }),
      says: "Hand in this link. It says what you have set, and how many attempts, hints and minutes it took. Whoever opens it sees the picture, and the verdict is computed anew.",
    });
  }
}

// The page where a picture becomes a task. name: what the stage is called.
export function formOf(name) {
  const { origin, pathname } = location;
  const base = pathname.slice(0, pathname.lastIndexOf("/") + 1);
  const of = linkOf(location).slice(origin.length + base.length);
  return `${base}assign?${new URLSearchParams({ of: escaped(of), picture: escaped(name) })}`;
}

// As Python's inputs/reading.py has it: each byte of another character is _ and two digits.
export function escaped(text) {
  const plain = (byte) => String.fromCharCode(byte);
  const code = (byte) => `_${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return [...new TextEncoder().encode(text)].map((byte) => (/[A-Za-z0-9-]/.test(plain(byte)) ? plain(byte) : code(byte))).join("");
}

function counted({ attempts, hints, seconds }) {
  return `${several(attempts, "attempt")}, ${several(hints, "hint")}, ${several(Math.ceil(seconds / 60), "minute")}`;
}

function several(count, what) {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
