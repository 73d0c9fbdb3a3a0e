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
let menu = null;

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

// The menu, in the bar above the page, which outlives pages.
export function offerScheme() {
  if (menu?.isConnected) return;
  const options = Object.entries(CHOICES).map(([value, text]) => element("option", { value, selected: value === chosen }, text));
  menu = element("select", { class: "sp-scheme", "aria-label": "light or dark", onchange: () => choose(menu.value) }, ...options);
  document.querySelector("[data-testid=stHeader]")?.append(menu);
}
