// School: how a file tells a school's system (SCORM 1.2) what was done in it, and comes back to where it was left.
//
// The system has an object API in a window around the file, or in the one that opened it. Where there is none, or it
// belongs to another site, nothing is told, and all else works. Source: ADL, SCORM 1.2 Run-Time Environment (2001).

import { nameOf } from "./kept.js";

const MOST_FRAMES = 7;
const FORM = 1;
const DONE = ["completed", "passed"];
const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score";

// What the school's system is told through; null where there is none.
export function schoolAround(window) {
  return climbed(window) ?? climbed(window.opener);
}

function climbed(frame) {
  for (let depth = 0; frame && depth <= MOST_FRAMES; depth++) {
    const found = apiOf(frame);
    if (found) return found;
    if (frame.parent === frame) return null;
    frame = frame.parent;
  }
  return null;
}

// A window of another site does not say.
function apiOf(frame) {
  try {
    return typeof frame.API?.LMSInitialize === "function" ? frame.API : null;
  } catch {
    return null;
  }
}

// What was done best in each of the tasks that count: the share of an assignment's goals, or of another task all or none.
export class Tally {
  // tasks: those of the saved picture. within: the names of those that can be done in the file.
  constructor(tasks, within) {
    const counted = Object.entries(tasks).filter(([task, { met }]) => met || within.includes(task));
    this.names = counted.map(([task, verdict]) => nameOf(task, verdict));
    this.assigned = counted.some(([, { met }]) => met);
    this.best = this.names.map(() => 0);
    this.done = this.names.map(() => false);
  }

  see(tasks) {
    for (const [task, verdict] of Object.entries(tasks ?? {})) {
      const at = this.names.indexOf(nameOf(task, verdict));
      if (at < 0) continue;
      this.best[at] = Math.max(this.best[at], verdict.met ? verdict.met[0] / verdict.met[1] : Number(verdict.done));
      this.done[at] ||= verdict.done;
    }
  }

  // From 0 to 100; null where there is nothing to do.
  get score() {
    const total = this.best.reduce((sum, share) => sum + share, 0);
    return this.best.length ? Math.round((100 * total) / this.best.length) : null;
  }

  get over() {
    return this.done.every(Boolean);
  }

  // The tasks that were done, as the stage knows them.
  get solved() {
    return Object.fromEntries(this.names.filter((_, at) => this.done[at]).map((name) => [name, ""]));
  }

  // What a system has kept, whoever wrote it.
  take({ best, done }) {
    const fits = (list, kind) => Array.isArray(list) && list.length === this.names.length && list.every(kind);
    if (fits(best, (share) => typeof share === "number" && share >= 0 && share <= 1)) this.best = best;
    if (fits(done, (each) => typeof each === "boolean")) this.done = done;
  }
}

export class School {
  // api: the system's. file: what this file is known by: what was kept of another one does not fit.
  constructor(api, file, clock = Date.now) {
    Object.assign(this, { api, file, clock, began: clock(), refused: "", knows: false });
    this.open = this.call("LMSInitialize", "");
    if (!this.open) return;
    this.status = this.get(STATUS);
    if (!DONE.includes(this.status)) this.put(STATUS, (this.status = "incomplete"));
  }

  call(name, ...words) {
    try {
      const said = String(this.api[name](...words)) === "true";
      if (!said) this.refused = `${name} ${words[0]} (error ${this.api.LMSGetLastError()})`.replace("  ", " ");
      return said;
    } catch {
      this.refused = name;
      return false;
    }
  }

  get(name) {
    try {
      return String(this.api.LMSGetValue(name));
    } catch {
      return "";
    }
  }

  put(name, value) {
    return this.call("LMSSetValue", name, String(value));
  }

  // What was kept of this file; empty where nothing was.
  kept() {
    try {
      const found = JSON.parse(this.get("cmi.suspend_data"));
      this.knows = found?.form === FORM && found.file === this.file;
      return this.knows ? found : {};
    } catch {
      return {};
    }
  }

  // moved, at: the input that was moved, and to which step.
  tell(tally, moved, at) {
    if (!this.open) return;
    const { score, over, best, done } = tally;
    // A system need not have the ends.
    if (score !== null) for (const [part, number] of [["min", 0], ["max", 100]]) this.put(`${SCORE}.${part}`, number);
    this.refused = "";
    this.knows = true;
    if (score !== null) this.put(`${SCORE}.raw`, score);
    if (over && !DONE.includes(this.status)) this.put(STATUS, (this.status = tally.assigned ? "passed" : "completed"));
    this.put("cmi.suspend_data", JSON.stringify({ form: FORM, file: this.file, moved, at, best, done }));
    this.call("LMSCommit", "");
  }

  leave() {
    if (!this.open) return;
    this.open = false;
    this.put("cmi.core.session_time", timespan(this.clock() - this.began));
    this.put("cmi.core.exit", "suspend");
    this.call("LMSCommit", "");
    this.call("LMSFinish", "");
  }

  // How it stands, in words.
  says({ done, score }) {
    if (this.refused) return `Your school's system did not take it: ${this.refused}.`;
    if (!this.knows) return "What you do here is told to your school's system.";
    if (score === null) return "Your school's system knows that you were here.";
    const count = done.filter(Boolean).length;
    return `Your school's system knows: ${count} of ${done.length} ${done.length === 1 ? "task" : "tasks"} done, score ${score} of 100.`;
  }
}

// Hours, minutes and seconds, as the system wants them: 0000:00:00.00.
export function timespan(milliseconds) {
  const hundredths = Math.max(0, Math.round(milliseconds / 10));
  const pad = (number, digits) => String(number).padStart(digits, "0");
  const [hours, minutes, seconds] = [Math.min(Math.floor(hundredths / 360000), 9999), Math.floor(hundredths / 6000) % 60, (hundredths % 6000) / 100];
  return `${pad(hours, 4)}:${pad(minutes, 2)}:${pad(seconds.toFixed(2), 5)}`;
}
