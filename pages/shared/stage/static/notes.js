// The speaker's notes: a window of their own with the present stop and the next one, a clock, and the same keys.

import { element, setText } from "./dom.js";

const STYLE = `
  :root { color-scheme: light dark; font: clamp(1.15rem, 0.5rem + 2.4vmin, 2rem)/1.45 system-ui, sans-serif; }
  body { margin: 0; padding: 1rem 1.5rem; background: Canvas; color: CanvasText; }
  header { display: flex; gap: 2rem; justify-content: space-between; font-variant-numeric: tabular-nums; font-size: 1.4rem; }
  h1 { font-size: 1.7rem; line-height: 1.2; margin: 1.2rem 0 0.4rem; }
  h2 { font-size: 1.15rem; margin: 0 0 0.4rem; }
  p { margin: 0 0 0.6rem; max-width: 34em; }
  .asks { font-weight: 600; }
  .asks:not(:empty)::before { content: "Ask: "; font-weight: 400; }
  .next { margin-top: 1.4rem; padding-top: 1rem; border-top: 1px solid; }
  .blank { font-weight: 600; }
  footer { margin-top: 1.4rem; padding-top: 0.6rem; border-top: 1px solid; font-size: 0.95rem; }
`;
const KEYS = "→ or PageDown: on · ← or PageUp: back · b or . : blank · r: the stop again · c: caption";
const SECOND_MS = 1000;

// The name under which the windows of one talk hear each other: that of the tab that presents.
export const NOTES = "superpose notes";

class Notes {
  constructor(name) {
    this.channel = new BroadcastChannel(name);
    const part = (key, tag, more) => (this[key] = element(tag, more));
    const stop = (key) => [part(`${key}Says`, "p"), part(`${key}Asks`, "p", { class: "asks" })];
    document.body.append(
      element("header", {}, part("time", "span"), part("gone", "span"), part("count", "span")),
      element("main", {}, part("name", "h1"), part("blank", "p", { class: "blank", role: "status" }), ...stop("now"),
        element("section", { class: "next" }, part("nextName", "h2"), ...stop("next"))),
      element("footer", {}, KEYS),
    );
    this.channel.addEventListener("message", ({ data }) => data.told && this.show(data.told));
    addEventListener("keydown", (event) => this.heard(event));
    setInterval(() => this.tick(), SECOND_MS);
    this.channel.postMessage({ asks: true });
  }

  heard({ key, ctrlKey, altKey, metaKey }) {
    if (!ctrlKey && !altKey && !metaKey) this.channel.postMessage({ key });
  }

  show({ title, began, at, count, now, next, blank }) {
    this.began = began;
    document.title = `Notes – ${title}`;
    setText(this.count, count ? `${at + 1} of ${count}` : "no stops");
    setText(this.name, now?.name ?? title);
    setText(this.blank, blank ? "The screen is blank." : "");
    this.tell("now", now);
    setText(this.nextName, next ? `Next: ${next.name}` : "This is the last one.");
    this.tell("next", next);
    this.tick();
  }

  tell(key, stop) {
    setText(this[`${key}Says`], stop?.says ?? "");
    setText(this[`${key}Asks`], stop?.ask ?? "");
  }

  tick() {
    const seconds = Math.max(Math.floor((Date.now() - (this.began ?? Date.now())) / SECOND_MS), 0);
    setText(this.time, new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    setText(this.gone, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} gone`);
  }
}

// Opens the window of notes, or comes back to it; null where the browser allows none.
export function openNotes(name) {
  const notes = open("", name.replace(/\W/g, "_"), "popup,width=760,height=640");
  if (!notes || notes.document.documentElement.dataset.notes) {
    notes?.focus();
    return notes;
  }
  const { documentElement, head } = notes.document;
  Object.assign(documentElement, { lang: "en" }).dataset.notes = name;
  const script = notes.document.createElement("script");
  head.append(Object.assign(script, { type: "module", src: import.meta.url }));
  return notes;
}

const { notes } = document.documentElement.dataset;
if (notes) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
  new Notes(notes);
}
