// Scheme: light, dark, or as the system says, chosen by the reader and kept in this browser.
//
// Whoever asks this page which scheme the reader prefers is told the choice, in the words in which the system would
// say it. So this module has to run before those who ask: the server's page has it as its first script.

import { element } from "./dom.js";

const NAME = "superpose scheme";
const SYSTEM = "system";
const CHOICES = { [SYSTEM]: "◐ system", light: "☀ light", dark: "☾ dark" };
const PREFERS = /^\s*\(\s*prefers-color-scheme:\s*(light|dark)\s*\)\s*$/;

const ofSystem = window.matchMedia.bind(window);
const wishes = [];
let chosen = kept();

// What `matchMedia` gives who asks for a scheme: it matches where that is the reader's choice.
class Wish extends EventTarget {
  constructor(list, scheme) {
    super();
    Object.assign(this, { list, scheme, onchange: null });
    list.addEventListener("change", () => this.tell());
  }

  get media() {
    return this.list.media;
  }

  get matches() {
    return chosen === SYSTEM ? this.list.matches : chosen === this.scheme;
  }

  addListener(listener) {
    this.addEventListener("change", listener);
  }

  removeListener(listener) {
    this.removeEventListener("change", listener);
  }

  tell() {
    const event = new MediaQueryListEvent("change", { media: this.media, matches: this.matches });
    this.dispatchEvent(event);
    this.onchange?.(event);
  }
}

window.matchMedia = (query) => {
  const scheme = PREFERS.exec(query)?.[1];
  if (!scheme) return ofSystem(query);
  wishes.push(new Wish(ofSystem(query), scheme));
  return wishes.at(-1);
};

function kept() {
  try {
    const name = localStorage.getItem(NAME);
    return name in CHOICES ? name : SYSTEM;
  } catch {
    return SYSTEM;
  }
}

function choose(name) {
  chosen = name;
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // It is not kept.
  }
  for (const wish of wishes) wish.tell();
}

// A page without a stage learns of its scheme here: on paper it is turned light by it.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
dark.onchange = () => document.documentElement.toggleAttribute("data-dark", dark.matches);
dark.onchange();

const style = new CSSStyleSheet();
style.replaceSync(`
  .sp-scheme { position: absolute; top: 0.75rem; right: 1rem; z-index: 1; padding: 0.2rem 0.4rem; border: 1px solid transparent; border-radius: 6px; background: transparent; backdrop-filter: blur(6px); color: inherit; font: inherit; font-size: 0.85rem; cursor: pointer; pointer-events: auto; }
  .sp-scheme:is(:hover, :focus-visible) { border-color: currentColor; }
  .sp-scheme option { background: Canvas; color: CanvasText; }
  [data-testid="stToolbarActions"], [data-testid="stStatusWidget"] { margin-right: 6rem; }
  @media print { .sp-scheme { display: none; } }
`);
document.adoptedStyleSheets.push(style);

// A page without a stage has the menu too, as soon as there is a bar.
const waiting = new MutationObserver(() => {
  if (!document.querySelector("[data-testid=stMain]")) return;
  waiting.disconnect();
  offerScheme();
});
waiting.observe(document, { childList: true, subtree: true });

// The menu, in the bar above the page, which outlives pages.
export function offerScheme() {
  if (document.querySelector(".sp-scheme")) return;
  const options = Object.entries(CHOICES).map(([value, text]) => element("option", { value, selected: value === chosen }, text));
  const menu = element("select", { class: "sp-scheme", "aria-label": "light or dark", onchange: ({ target }) => choose(target.value) }, ...options);
  document.querySelector("[data-testid=stHeader]")?.append(menu);
}
