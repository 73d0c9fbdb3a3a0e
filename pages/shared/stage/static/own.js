// A talk of the reader's own: links with a sentence each; how it is read, kept in this browser, and told to others.
//
// A stop is { link, says, ask }, as it was typed: what is wrong with it is said, and nothing of it is lost.

import { queryOf } from "./kept.js";
import { numberIn } from "./scale.js";

export const TALK = "superpose talk 1";
const [BEFORE, PLAYED] = ["superpose talk before 1", "superpose talk played"];
const FORM = { superpose: "talk", version: 1 };
// At the head of a packed talk: who changes the form of what follows changes it.
const PACKED = "1.";
const [ROW, CELL] = ["\n", "\t"];
export const MOST = { stops: 100, title: 120, link: 2000, says: 300, ask: 300 };
export const UNNAMED = "My talk";
const LONGEST_FILE = 1_000_000;

export const app = () => new URL("./", document.baseURI);
export const emptyTalk = () => ({ title: UNNAMED, stops: [] });

// ---- what people write ------------------------------------------------------------------------------

// What a link leads to. lessons: for the name of each lesson its title, the entries that a link to it may have, and the
// rules of their values.
// Returns the lesson and the query, and in `wrong` what is to be said of it; without a lesson it is dead.
export function destination(link, lessons, base = app()) {
  const text = link.trim();
  const dead = (wrong) => ({ wrong });
  if (!text) return dead("There is no link yet: open a lesson, copy its address, and paste it here.");
  const here = /^[a-z][\w+.-]*:/i.test(text) ? text : text.replace(/^\/+/, "");
  const url = URL.parse?.(here, base) ?? (URL.canParse(here, base) ? new URL(here, base) : null);
  if (!url || !/^https?:$/.test(url.protocol) || /\s/.test(text)) return dead(`${quoted(text)} is no link: one looks like ${base}bumps?height=1.`);
  if (url.host !== base.host) return dead(`This link leads to ${url.host}, and a talk shows only pictures of ${base.host}.`);
  const name = url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length).replace(/\/$/, "") : url.pathname;
  if (!Object.hasOwn(lessons, name)) return dead(`There is no lesson ${quoted(name)}: a link begins with one of ${Object.keys(lessons).filter(Boolean).join(", ")}.`);
  return { lesson: name, ...known(url.search, lessons[name]) };
}

function known(search, { title, entries, values }) {
  const said = [...new URLSearchParams(queryOf(search))].map(([name, text]) => [name.replace(/^amp;/, ""), text]);
  const strange = [...new Set(said.map(([name]) => name).filter((name) => !entries.includes(name)))];
  const judged = said.filter(([name]) => entries.includes(name)).map(([name, text]) => ({ name, text, ...judgedValue(values[name], name, text) }));
  const query = new URLSearchParams(judged.filter(({ lost }) => !lost).map(({ name, text }) => [name, text])).toString();
  const unknown = strange.length ? [`${title} has nothing called ${strange.map(quoted).join(", ")}: that part of the link is left out.`] : [];
  return { query, wrong: [...unknown, ...judged.map(({ wrong }) => wrong).filter(Boolean)].join(" ") };
}

// What is wrong with a value, by the rule of its entry, and whether it is left out; nothing where there is no rule.
function judgedValue(rule, name, text) {
  if (!rule) return {};
  const { options, low, high } = rule;
  if (options) {
    if (options.some((option) => letters(option) === letters(text))) return {};
    return { lost: true, wrong: `${name} must be one of ${options.join(", ")}, and is ${quoted(text)}: that part of the link is left out.` };
  }
  const [number, ends] = [numberIn(text), [low, high].map((end) => String(end).replace("-", "−")).join(" to ")];
  if (number === null) return { lost: true, wrong: `${name} must be a number from ${ends}, and is ${quoted(text)}: that part of the link is left out.` };
  return number < low || number > high ? { wrong: `${name} must be from ${ends}, and is ${text.trim()}: the nearest is shown.` } : {};
}

// What tells a name from others, however a link writes it.
function letters(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9.-]/g, "");
}

// A stop for each row of a text: a link, and behind it a sentence; behind a tab what to ask.
export function stopsOf(text) {
  return text.split(/\r?\n/).map((row) => row.trim()).filter(Boolean).map(stopOf);
}

function stopOf(row) {
  const [first, ...cells] = row.split(CELL).map((cell) => cell.trim());
  const [link, ...words] = first.split(" ");
  const [says, ask] = words.length ? [words.join(" "), cells.join(" ")] : [cells[0], cells.slice(1).join(" ")];
  return { link, says: says ?? "", ask: ask ?? "" };
}

function quoted(text) {
  return text.length > 40 ? `“${text.slice(0, 40)}…”` : `“${text}”`;
}

// The link as a talk keeps it: from the app on, so that the talk can be played where else the app is.
export function shortened(link) {
  const [text, { href }] = [link.trim(), app()];
  return text.startsWith(href) ? text.slice(href.length) : text;
}

// A talk of what was given, whoever wrote it, and what is to be said of what was left out.
export function talkOf(given) {
  const [notes, cells] = [new Set(), ["link", "says", "ask"]];
  const text = (value, most, called) => {
    const row = typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
    if (row.length > most) notes.add(`${called} may have ${most} characters: what was longer is cut.`);
    return row.slice(0, most);
  };
  const rows = Array.isArray(given?.stops) ? given.stops : [];
  const whole = rows.filter((stop) => typeof stop?.link === "string");
  if (whole.length < rows.length) notes.add(`${rows.length - whole.length} of its ${rows.length} stops had no link, and are left out.`);
  if (whole.length > MOST.stops) notes.add(`A talk has at most ${MOST.stops} stops: the first ${MOST.stops} of ${whole.length} are kept.`);
  const stops = whole.slice(0, MOST.stops).map((stop) => Object.fromEntries(cells.map((cell) => [cell, text(stop[cell], MOST[cell], CALLED[cell])])));
  return { talk: { title: text(given?.title, MOST.title, "The name of a talk") || UNNAMED, stops }, notes: [...notes] };
}

const CALLED = { link: "A link", says: "A sentence", ask: "A question" };

// ---- one link ---------------------------------------------------------------------------------------

// The talk in letters, digits, - and _.
export async function packed({ title, stops }) {
  const rows = [[title], ...stops.map(({ link, says, ask }) => [link, says, ask])];
  const text = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ")).join(CELL)).join(ROW);
  const bytes = await through(new CompressionStream("deflate"), new TextEncoder().encode(text));
  const letters = btoa(String.fromCharCode(...bytes.whole));
  return PACKED + letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// The talk in a link; of one that was cut what came through, and a note that says so.
export async function unpacked(text) {
  const made = text.startsWith(PACKED);
  const bytes = made ? bytesOf(text.slice(PACKED.length).match(/^[\w-]*/)[0]) : new Uint8Array();
  const { whole, broken } = await through(new DecompressionStream("deflate"), bytes);
  const rows = new TextDecoder().decode(whole).split(ROW);
  // Of what was cut nobody knows whether the last row is whole.
  if (broken && rows.length) rows.pop();
  if (!rows.length || (broken && !rows[0])) return { talk: null, notes: ["This link holds no talk that can be read: it was cut or changed on its way. Ask for it again, or for the talk as a file."] };
  const [[title], ...stops] = rows.map((row) => row.split(CELL));
  const found = talkOf({ title, stops: stops.map(([link, says, ask]) => ({ link, says, ask })) });
  if (broken) found.notes.push(`The link of this talk was cut or changed on its way: the first ${found.talk.stops.length} stops came through, and what followed is lost.`);
  return found;
}

function bytesOf(letters) {
  const rest = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return Uint8Array.from(atob(rest.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

// What comes out of a stream, up to where it breaks.
async function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  const wrote = writer.write(bytes).then(() => writer.close()).catch(() => {});
  const [reader, parts] = [stream.readable.getReader(), []];
  let broken = false;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(...part.value);
  } catch {
    broken = true;
  }
  await wrote;
  return { whole: Uint8Array.from(parts), broken };
}

// ---- a file -----------------------------------------------------------------------------------------

export function written({ title, stops }) {
  return `${JSON.stringify({ ...FORM, title, stops }, null, 2)}\n`;
}

// The talk in a file; null, and a note that says why, where it is none.
export async function opened(file) {
  const none = (why) => ({ talk: null, notes: [`${quoted(file.name)} is no talk: ${why} What was here is still here.`] });
  if (file.size > LONGEST_FILE) return none("it is too large.");
  let given;
  try {
    given = JSON.parse(await file.text());
  } catch {
    return none("a talk is a JSON file, as “Save as a file” writes it.");
  }
  if (given?.superpose !== FORM.superpose || !Array.isArray(given.stops)) return none("it is a JSON file of something else.");
  if (given.version !== FORM.version) return none("it was written by another version.");
  return talkOf(given);
}

// ---- what this browser keeps ------------------------------------------------------------------------

// The talk that is being made. own: whether it was changed here; what only came by a link or a file has it there.
export const keptTalk = () => stored(() => localStorage, TALK) ?? { ...emptyTalk(), own: false };
export const talkBefore = () => stored(() => localStorage, BEFORE);

// Says whether the browser keeps it.
export const keepTalk = (talk) => store(() => localStorage, TALK, talk);

// Another talk takes the place of one that was changed here: that one can be brought back.
export function replaceTalk(talk, own = false) {
  const now = keptTalk();
  if (now.own && now.stops.length) store(() => localStorage, BEFORE, now);
  return keepTalk({ ...talk, own });
}

export function addToTalk(stop) {
  const { title, stops } = keptTalk();
  if (stops.length >= MOST.stops) return { full: true };
  const talk = { title, stops: [...stops, stop], own: true };
  return { title, count: talk.stops.length, kept: keepTalk(talk) };
}

// What is played in this window: stops with a lesson and a query each.
export const playedTalk = () => {
  const talk = read(() => sessionStorage, PLAYED);
  return Array.isArray(talk?.stops) ? talk : null;
};
export const keepPlayed = (talk) => store(() => sessionStorage, PLAYED, talk);

function stored(storage, name) {
  const found = read(storage, name);
  return found && { ...talkOf(found).talk, own: Boolean(found.own) };
}

function read(storage, name) {
  try {
    return JSON.parse(storage().getItem(name));
  } catch {
    return null;
  }
}

function store(storage, name, value) {
  try {
    storage().setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
