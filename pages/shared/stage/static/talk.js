// A talk: the stops of a lesson, or of a talk of the reader's own, which of them is shown, and how the next one is reached.
//
// A stop is a link. Where only what the stage on screen can move differs from it, knobs glide there, after all else has
// changed at once; another scene or page is gone to as Back goes there, without a load.

import { Glide } from "./glide.js";
import { lessonAt, queryOf } from "./kept.js";
import { app, playedTalk } from "./own.js";
import { numberIn } from "./scale.js";

// What the link says where a talk of the reader's own is played.
export const OWN = "talk";
const PLACE = "superpose place in the talk";
// How long the answer to what was asked before is waited for.
const PATIENCE_MS = 700;
const SUDDEN = matchMedia("(prefers-reduced-motion: reduce)");

export class Talk {
  // changed: told whenever there is something else to be seen or said.
  constructor(changed) {
    Object.assign(this, { changed, stages: new Set(), title: "", stops: [], at: -1, held: null, touched: false, glides: [] });
  }

  // The stops of the page that is open, as Python has them; where a talk of the reader's own is played, that one.
  offer(told) {
    const own = ownTalk();
    const { title, stops } = own ?? told;
    const lesson = own ? OWN : lessonAt(location);
    if (this.lesson === lesson && JSON.stringify(stops) === JSON.stringify(this.stops)) return;
    Object.assign(this, { lesson, title, stops, at: this.place(lesson, stops), touched: false });
    this.changed();
  }

  // Where the talk goes on: at the stop that the link says, or else at the last one that was shown.
  place(lesson, stops) {
    const kept = read();
    const known = kept.lesson === lesson && kept.at < stops.length ? kept.at : -1;
    // A talk of the reader's own may come to a picture twice.
    if (known >= 0 && lesson === OWN) return known;
    const here = stops.findIndex((stop) => isHere(stop) && sameEntries(stop.query, queryOf(location.search)));
    return here >= 0 ? here : known;
  }

  get stop() {
    return this.stops[this.at] ?? null;
  }

  get next() {
    return this.stops[this.at + 1] ?? null;
  }

  step(by) {
    const to = this.at + by;
    if (this.stops[to]) this.go(to);
  }

  reset() {
    if (this.stop) this.go(this.at);
    return Boolean(this.stop);
  }

  go(to) {
    this.halt(false);
    Object.assign(this, { at: to, touched: false });
    keep({ lesson: this.lesson, at: to });
    this.changed();
    this.setOut(performance.now());
  }

  // Once no answer is on its way any more: it would say what was before.
  setOut(asked) {
    cancelAnimationFrame(this.waiting);
    if (this.live().some((stage) => stage.requests.asked) && performance.now() - asked < PATIENCE_MS) {
      this.waiting = requestAnimationFrame(() => this.setOut(asked));
      return;
    }
    // Who presses again before a link has come sees the stages of the page before.
    const sudden = SUDDEN.matches || this.pending;
    this.pending = null;
    const way = sudden ? null : this.way(this.stop);
    if (!way) this.visit(this.stop, new Map());
    else if (way.others) this.visit({ ...this.stop, query: way.query }, way.goals);
    else this.glide(way.goals);
  }

  // How the stop is reached from here on the stages that are there: where their knobs get to, and the link with all
  // else that differs; null where something differs that is no input of theirs, or is no number.
  way(stop) {
    if (!isHere(stop)) return null;
    const { query } = stop;
    const [now, then] = [queryOf(location.search), query].map((each) => new Map(new URLSearchParams(each)));
    const others = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name) && !this.knob(name));
    if (!others.every((name) => this.owner(name))) return null;
    const [goals, mixed] = [new Map(), new Map(then)];
    for (const stage of this.live()) {
      for (const name of Object.keys(stage.inputs).filter((each) => stage.inputs[each].kind === "knob")) {
        const goal = goalOf(stage, name, then.get(name));
        if (goal === null) return null;
        if (goal === stage.values[name]) continue;
        goals.set(stage, { ...goals.get(stage), [name]: goal });
        mixed.delete(name);
        if (now.has(name)) mixed.set(name, now.get(name));
      }
    }
    return { goals, others: others.length > 0, query: new URLSearchParams([...mixed]).toString() };
  }

  // As the browser's Back button goes there. goals: where knobs glide to once the stage has come.
  visit({ lesson, query }, goals) {
    this.pending = goals;
    for (const stage of this.live()) stage.drop();
    const all = [query, queryOf(location.search, true)].filter(Boolean).join("&");
    const { pathname } = lesson === undefined ? location : new URL(lesson, app());
    history.pushState({}, "", `${pathname}?${all}`);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  glide(goals) {
    this.glides = [...goals].map(([stage, goal]) => new Glide(stage, goal, () => this.arrived()));
    for (const each of this.glides) each.start();
    if (!this.glides.length) this.arrived();
  }

  // Knobs stay where they are. kept: whether that is to be the link, as where a hand took over.
  halt(kept = true) {
    for (const each of this.glides.splice(0)) each.stop(kept);
  }

  arrived() {
    this.held = this.values();
    this.fetchAhead();
    this.changed();
  }

  // The frames on the way to the next stop, where one knob makes it.
  fetchAhead() {
    const way = this.next && !SUDDEN.matches && this.way(this.next);
    if (!way || way.others || way.goals.size !== 1) return;
    const [[stage, goal]] = [...way.goals];
    const names = Object.keys(goal);
    if (names.length === 1) stage.approach(names[0]);
  }

  // ---- what the stages tell ---------------------------------------------------------------------

  attend(stage) {
    this.stages.add(stage);
  }

  leave(stage) {
    this.stages.delete(stage);
  }

  received(stage) {
    if (this.pending && stage.idle() && stage.lesson === lessonAt(location)) {
      const goals = new Map([...this.pending].filter(([each]) => this.stages.has(each)));
      this.pending = null;
      this.glide(goals);
    }
    if (!this.touched) this.held = this.values();
    this.changed();
  }

  // Whether the reader has moved on from the stop.
  get moved() {
    return this.touched && this.values() !== this.held;
  }

  values() {
    return JSON.stringify(this.shown()?.values);
  }

  live() {
    return [...this.stages].filter((stage) => stage.inputs && stage.view.node.isConnected).sort(inOrder);
  }

  // The stage that the stop is about: the last one that its link sets; else the one that was looked at.
  shown() {
    const live = this.live();
    if (!this.stop) return live.includes(this.looked) ? this.looked : live[0];
    const set = new URLSearchParams(this.stop.query);
    return live.findLast((stage) => Object.keys(stage.inputs).some((name) => set.has(name))) ?? live[0];
  }

  look() {
    this.looked = this.live().find((stage) => stage.view.node.getBoundingClientRect().bottom > innerHeight / 2);
  }

  owner(name) {
    return this.live().find((stage) => name in stage.inputs);
  }

  knob(name) {
    return this.owner(name)?.inputs[name].kind === "knob";
  }
}

function ownTalk() {
  return new URLSearchParams(location.search).get("present") === OWN ? playedTalk() : null;
}

// Whether a stop is one of the page that is open.
function isHere({ lesson }) {
  return lesson === undefined || lesson === lessonAt(location);
}

function goalOf(stage, name, text) {
  if (text === undefined) return stage.inputs[name].value;
  const number = numberIn(text);
  return number === null ? null : stage.controls.rows.get(name).scale.snap(number);
}

function inOrder(one, other) {
  return one.view.node.compareDocumentPosition(other.view.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function sameEntries(one, other) {
  const [here, there] = [one, other].map((query) => JSON.stringify([...new URLSearchParams(query)].sort()));
  return here === there;
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

// The next talk of the reader's own that is offered begins at this stop.
export const beginAt = (at) => keep({ lesson: OWN, at });

function keep(place) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch {
    // A load begins the talk anew.
  }
}
