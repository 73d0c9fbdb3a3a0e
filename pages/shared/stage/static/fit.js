// Fit: how large letters, plots and knobs are, so that a picture and what moves it stand in the window together.
//
// Figures are made for letters of 16 pixels. The style sheet lets those grow with the window, and all that is
// measured in pixels in a figure grows with them.

import { isFramed } from "./embed.js";
import { presenting } from "./present.js";

const LETTERS = 16;
const DESK = matchMedia("(min-width: 900px) and (min-height: 560px)");
const PHONE = matchMedia("(max-width: 640px) and (min-height: 420px)");
// On a phone a figure has so much of the height that it asks for; of the window all may take, or the first alone.
const SMALLER = 0.75;
const MOST = 0.58;
const FIRST = 0.45;
const PIXELS = new Set(["size", "width", "l", "r", "t", "b", "standoff", "ax", "ay", "xshift", "yshift"]);
// Of these plotly.js takes whole pixels only.
const WHOLE = new Set(["ticklabelstandoff"]);
// The numbers at the ticks of a scene, which alone have a font of their own here: plotly.js draws them as large as
// the square of what is said (a twelfth of it).
const SQUARED = "tickfont";
// Of the picture's width plots get this share where panels stand at their side, as the style sheet has it.
const BESIDE = 0.4;
const FOLLOWS = Node.DOCUMENT_POSITION_FOLLOWING;
// How high Streamlit's header is, and the lower edge, in letters.
const HEADER = 4;
const EDGE = 0.15;
// The least of what a figure asks for.
const LEAST = 0.5;

// By how much letters are larger than those that figures are made for.
export function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / LETTERS;
}

// The same trace or layout with larger letters, lines, marks and margins.
export function enlarged(value, by, name = "") {
  if (by === 1 || value === null) return value;
  if (name === SQUARED) return enlarged(value, Math.sqrt(by));
  if (WHOLE.has(name)) return Math.round(value * by);
  if (typeof value === "number") return PIXELS.has(name) ? value * by : value;
  if (Array.isArray(value) && PIXELS.has(name)) return value.map((each) => each * by);
  if (Array.isArray(value) && name === "annotations") return value.map((each) => enlarged(each, by));
  if (value.constructor !== Object) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, enlarged(each, by, key)]));
}

export class Fit {
  constructor({ node, givenNode, sideNode, panelsNode, plotsNode }) {
    Object.assign(this, { node, givenNode, sideNode, panelsNode, plotsNode });
    this.main = () => node.closest("[data-testid=stMain]") ?? document.documentElement;
  }

  // The heights of plots for which figures ask these, in pixels of the window.
  heights(asked) {
    const found = this.find(asked);
    this.found = this.ground(asked);
    return found;
  }

  // Whether the heights that were found last hold: most of what grows and shrinks under a drag does not change them,
  // and to find them the whole page is laid out several times.
  holds(asked) {
    return this.found === this.ground(asked);
  }

  // What the heights follow from; of the words at the side, whether they stand out of the window.
  ground(asked) {
    const by = enlargement();
    const room = this.room(by);
    const nodes = [this.givenNode.offsetHeight, this.panelsNode.offsetHeight, this.plotsNode.clientWidth];
    return [innerWidth, innerHeight, by, room, this.isTall(room), ...nodes, ...asked].join();
  }

  find(asked) {
    const by = enlargement();
    if (isFramed()) return this.framed(asked, by);
    if (!DESK.matches) return this.stacked(asked, by);
    const room = this.room(by) - this.givenNode.offsetHeight;
    this.arrange(room, asked);
    const share = this.share(room, asked);
    return asked.map((height) => Math.floor(height * Math.max(share, LEAST * by)));
  }

  // A frame may take the height that it is told: then no height may follow from its own.
  framed(asked, by) {
    this.release();
    return asked.map((height) => Math.round(height * by));
  }

  // On a phone all plots stay in view above the knobs where there is room for them; else the first one does.
  stacked(asked, by) {
    this.release();
    if (!PHONE.matches) return asked.map((height) => Math.round(Math.min(height * by, innerHeight * MOST)));
    const heights = asked.map((height) => Math.round(height * by * SMALLER));
    const tall = heights.reduce((sum, height) => sum + height, 0) > innerHeight * MOST;
    this.node.classList.toggle("sp-tall", tall);
    return heights.map((height) => Math.min(height, Math.round(innerHeight * (tall ? FIRST : MOST))));
  }

  release() {
    this.node.classList.remove("sp-across", "sp-dense", "sp-tall");
    this.node.style.removeProperty("--sp-room");
  }

  // What is left of the window below the words above; a stage far down has a window of its own. Complaints come and
  // go: for them nothing changes its size.
  room(by) {
    if (presenting()) return innerHeight - this.node.getBoundingClientRect().top - EDGE * LETTERS * by;
    const main = this.main();
    const complaints = [...main.querySelectorAll(".stAlert")].filter((each) => each.compareDocumentPosition(this.node) & FOLLOWS);
    const gap = parseFloat(getComputedStyle(main.querySelector(".stVerticalBlock") ?? main).rowGap) || 0;
    const said = complaints.reduce((sum, each) => sum + each.offsetHeight + gap, 0);
    const above = this.node.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop - said;
    return innerHeight - (above < innerHeight / 2 ? above : HEADER * LETTERS * by) - EDGE * LETTERS * by;
  }

  // Moves the panels to the side of the plots where those get more room by that, and the knobs closer together
  // where they stand out of the window.
  arrange(room, asked) {
    this.release();
    this.node.style.setProperty("--sp-room", `${Math.floor(room)}px`);
    const across = asked.length && 1 - this.panelsNode.offsetHeight / room < BESIDE;
    this.node.classList.toggle("sp-across", Boolean(across));
    this.node.classList.toggle("sp-dense", this.isTall(room));
  }

  isTall(room) {
    const { firstChild: first, lastChild: last } = this.sideNode;
    return last.offsetTop + last.offsetHeight - first.offsetTop > room;
  }

  // How much of the heights that are asked for there is room for.
  share(room, asked) {
    const rows = new Map();
    [...this.plotsNode.children].forEach(({ offsetTop }, index) => {
      rows.set(offsetTop, Math.max(rows.get(offsetTop) ?? 0, asked[index]));
    });
    const gap = parseFloat(getComputedStyle(this.plotsNode).rowGap) || 0;
    const above = this.node.classList.contains("sp-across") ? 0 : this.panelsNode.offsetHeight;
    const whole = [...rows.values()].reduce((sum, height) => sum + height, 0);
    return (room - above - gap * (rows.size - 1)) / whole;
  }
}
