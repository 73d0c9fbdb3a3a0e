// Kept: what this browser keeps of a reader's way, for itself alone: the tasks once done, the stars of challenges, and
// each lesson's last link.
//
// What cannot be kept, for storage is full or forbidden, is not kept, and all else works. Who changes the form of what
// is stored changes its name, so that no version reads what another one wrote. Tabs share it: each reads before it writes.

import { isAssigned } from "./assign.js";
import { chosen } from "./menu.js";

const FORM = "superpose 1 ";
const WHOLE_NAME = /^\w+$/;
const A_CHALLENGE = /^challenge [a-z_]+$/;
// What was done that is no task of the lesson's own.
const SET_BY_OTHERS = /^(challenge|assignment) /;
const STARS = ["☆☆☆", "★☆☆", "★★☆", "★★★"];
// What belongs to the window and not to the lesson.
const OF_THE_WINDOW = ["embed", "embed_options", "framed", "present"];
const LINKS = "[data-testid=stSidebarNavLink], [data-testid=stPageLink-NavLink]";

export class Kept {
  // storage: gives the browser's own; it may raise. clock: the milliseconds now.
  constructor(storage, clock = Date.now) {
    Object.assign(this, { storage, clock });
  }

  // What is kept of a lesson: its last link, what was true when each of its tasks was done, and when that was written.
  of(lesson) {
    const { link, done, stars, at } = this.read(lesson);
    const sentences = Object.entries(done?.constructor === Object ? done : {}).filter(([, says]) => typeof says === "string");
    return {
      link: typeof link === "string" && link.startsWith("?") ? link : "",
      done: Object.fromEntries(sentences),
      stars: Object.fromEntries(Object.entries(stars?.constructor === Object ? stars : {}).filter(([name, n]) => A_CHALLENGE.test(name) && STARS[n])),
      at: Number.isFinite(at) ? at : 0,
    };
  }

  read(lesson) {
    try {
      return JSON.parse(this.storage().getItem(FORM + lesson)) ?? {};
    } catch {
      return {};
    }
  }

  keep(lesson, change) {
    if (!WHOLE_NAME.test(lesson)) return;
    try {
      this.storage().setItem(FORM + lesson, JSON.stringify({ ...this.of(lesson), ...change, at: this.clock() }));
    } catch {
      // It is not kept.
    }
  }

  // The tasks of a picture that are done: what is true now is kept of those that were not done before. Returns all
  // that were done, also where the browser keeps nothing.
  solve(lesson, tasks) {
    const { done } = this.of(lesson);
    this.win(lesson, tasks);
    const solved = Object.entries(tasks).filter(([task, verdict]) => verdict.done && !(nameOf(task, verdict) in done));
    const news = Object.fromEntries(solved.map(([task, verdict]) => [nameOf(task, verdict), verdict.says]));
    if (solved.length) this.keep(lesson, { done: { ...done, ...news } });
    return { ...done, ...news };
  }

  // The most stars that each challenge among the tasks has earned stay.
  win(lesson, tasks) {
    const { stars } = this.of(lesson);
    const news = Object.values(tasks).filter((verdict) => verdict.stars > (stars[verdict.knownAs] ?? 0));
    if (news.length) this.keep(lesson, { stars: { ...stars, ...Object.fromEntries(news.map((verdict) => [verdict.knownAs, verdict.stars])) } });
  }

  lessons() {
    try {
      const names = Object.keys(this.storage()).filter((name) => name.startsWith(FORM));
      return names.map((name) => name.slice(FORM.length)).filter((name) => WHOLE_NAME.test(name));
    } catch {
      return [];
    }
  }

  forget() {
    for (const lesson of this.lessons()) this.storage().removeItem(FORM + lesson);
  }

  // Style rules that say on cards and in the menu where the reader stands. totals: how many tasks each lesson has.
  marks(totals = {}) {
    const all = this.lessons().map((name) => ({ name, ...this.of(name) }));
    const last = all.reduce((one, other) => (other.at > one.at ? other : one), { at: 0 });
    if (!all.length) return '[class*="st-key-card-1-"]::after { content: "start here"; }';
    const marks = all.flatMap(({ name, done, stars }) => {
      const all = totals[name] ?? 0;
      const count = Math.min(all, Object.keys(done).filter((task) => !SET_BY_OTHERS.test(task)).length);
      const [here, tasks] = [name === last.name, `${count} of ${all} tasks done`];
      const said = [...(count ? [`${tasks} ✓`] : []), ...(here ? ["you were here last"] : [])].join(" · ");
      const link = `a:is([href="${name}"], [href$="/${name}"])`;
      return [
        `[class*="st-key-card-"][class*="-${name}-"]::after { content: "${said}"; }`,
        ...Object.entries(stars).map(([challenge, n]) => `.sp-stars[data-of="${challenge}"]::before { content: "${STARS[n]}"; content: "${STARS[n]}" / "${n} of 3 stars"; }`),
        ...(count ? [`[data-testid="stSidebarNav"] ${link}::after { content: "${count}/${all} ✓"; content: "${count}/${all} ✓" / "${tasks}"; }`] : []),
      ];
    });
    return [...marks, ".st-key-forget { display: flex; }"].join("\n");
  }
}

// What a task is kept under: what it was called first, but for its numbers, which may be those of a state.
export function nameOf(task, { knownAs }) {
  return (knownAs || task).replace(/[−-]?\d+([.,]\d+)*/g, "#");
}

// What stands under a task: how it is now, and once it was done what was true then, where that is known.
export function told({ done, says }, then) {
  return done || then === undefined ? says : `Solved ✓ ${then && `“${then}” `}Now: ${says}`;
}

// The name of the lesson at an address; empty for the home page.
export function lessonAt({ pathname }) {
  return pathname.split("/").pop();
}

// The part of a query that is the lesson's, or what is left.
export function queryOf(search, ofTheWindow = false) {
  const entries = [...new URLSearchParams(search)].filter(([name]) => OF_THE_WINDOW.includes(name) === ofTheWindow);
  return new URLSearchParams(entries).toString();
}

export const KEPT = new Kept(() => window.localStorage);

const sheet = new CSSStyleSheet();
let marked = null;

export function keepWay() {
  if (!document.adoptedStyleSheets.includes(sheet)) {
    document.adoptedStyleSheets.push(sheet);
    for (const press of ["click", "auxclick"]) document.addEventListener(press, clicked, true);
    window.addEventListener("storage", mark);
    mark();
  }
  if (queryOf(location.search)) keepLink();
}

export function mark() {
  const marks = KEPT.marks(totals());
  if (marks !== marked) sheet.replaceSync(marks);
  marked = marks;
}

// How many tasks each lesson has: the page says it as the server sends it.
function totals() {
  const told = document.querySelector("meta[name=superpose-tasks]")?.content ?? "";
  return Object.fromEntries([...told.matchAll(/(\w+)=(\d+)/g)].map(([, lesson, count]) => [lesson, Number(count)]));
}

// The address has been written: a page whose link has changed is kept with it, also where nothing is left of it.
export function written(before, after) {
  if (before.pathname === after.pathname && before.search !== after.search) keepLink();
}

function keepLink() {
  const [lesson, query] = [lessonAt(location), queryOf(location.search)];
  const link = query && `?${query}`;
  if (isAssigned()) return;
  if (link === KEPT.of(lesson).link) return;
  KEPT.keep(lesson, { link });
  mark();
}

function clicked(event) {
  if (event.target.closest(".st-key-forget button")) {
    KEPT.forget();
    mark();
  }
  const link = event.target.closest(LINKS);
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link) return;
  if (elsewhere) lend(link);
  else if (comeBack(new URL(link.href), link)) event.preventDefault();
  else return;
  event.stopPropagation();
}

// In another tab or window a page opens as it was left, too: while the browser follows it, the link says so. Streamlit
// would follow it in this one.
function lend(link) {
  const { href } = link;
  link.href = asLeft(new URL(href)) ?? href;
  setTimeout(() => (link.href = href));
}

// The address of a page as it was left; null where nothing was kept, and where the link says something itself.
function asLeft(there) {
  const last = queryOf(KEPT.of(lessonAt(there)).link);
  if (there.pathname === location.pathname || there.search || !last) return null;
  const query = [last, queryOf(location.search, true)].filter(Boolean).join("&");
  return `${there.pathname}?${query}`;
}

// Goes to a page as it was left, as Back does; says whether it was kept.
function comeBack(there, link) {
  const left = asLeft(there);
  if (!left) return false;
  history.pushState({}, "", left);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  chosen(link);
  return true;
}
