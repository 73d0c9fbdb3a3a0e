// The ghost: the curves of a picture that is pinned stay behind those that move, thin, grey and dashed.
//
// It is drawn as plotly draws what lies on its axes, so that it follows a zoom and is in what is saved and printed,
// and no frame of a drag has to do with it.

import { element, setText } from "./dom.js";

// So many values name a pinned picture; more are counted.
const NAMED = 6;

// The curves of a figure as paths on its axes, and what these axes are.
export function ghostOf({ data, layout }) {
  const curves = data.filter(({ type, mode, visible }) => type === "scatter" && mode?.includes("lines") && visible !== false && visible !== "legendonly");
  const paths = curves.map(({ x, y, xaxis, yaxis }) => ({ path: path(x, y), xref: xaxis ?? "x", yref: yaxis ?? "y" }));
  return { axes: axesOf(layout), paths: paths.filter(({ path }) => path) };
}

// The shapes to draw on a figure of this layout: none where its axes are others than those of the ghost.
// above: whether a field would hide what lies below it.
export function shapesOf(ghost, layout, { color, above }) {
  if (!ghost || ghost.axes !== axesOf(layout)) return [];
  const line = { color, width: 1.2, dash: "4px,3px" };
  return ghost.paths.map((each) => ({ type: "path", layer: above ? "above" : "below", line, ...each }));
}

function axesOf(layout) {
  const axes = Object.keys(layout).filter((name) => /^[xy]axis/.test(name)).sort();
  return JSON.stringify(axes.map((name) => [name, layout[name].type, layout[name].title?.text]));
}

// A line through the points; a missing one lifts the pen.
function path(x, y) {
  let pen = "M";
  let drawn = "";
  for (let i = 0; i < y.length; i++) {
    const there = x[i] !== null && y[i] !== null && Number.isFinite(Number(x[i])) && Number.isFinite(Number(y[i]));
    if (there) drawn += `${pen}${Number(x[i])},${Number(y[i])}`;
    pen = there ? "L" : "M";
  }
  return drawn.includes("L") ? drawn : "";
}

// The values in words: what has a number or a name with it, all else by its own name alone.
export function toldOf(inputs, values) {
  const said = Object.entries(inputs).filter(([, { kind }]) => kind !== "question");
  const told = said.map(([name, { kind, label, digits }]) => {
    if (kind === "knob") return `${label} = ${String(Number(values[name].toFixed(digits))).replace("-", "−")}`;
    return kind === "choice" ? `${label}: ${values[name]}` : label;
  });
  const more = told.length - NAMED;
  return [...told.slice(0, more > 1 ? NAMED : told.length), ...(more > 1 ? [`and ${more} more`] : [])].join(", ");
}

export class Ghost {
  constructor(stage) {
    this.button = element("button", { type: "button", class: "sp-button sp-pin", "aria-pressed": "false", hidden: true, onclick: () => this.toggle() }, "Pin");
    this.caption = element("p", { class: "sp-pinned", role: "status" });
    Object.assign(this, { stage, pinned: null });
  }

  // There is something to pin where a plot has a curve, and the page has no pins of its own.
  offer({ plots }, pins) {
    this.button.hidden = !this.pinned && !(pins && plots.some((each) => ghostOf(each).paths.length));
  }

  toggle() {
    const { view, inputs, values, identity } = this.stage;
    this.pinned = this.pinned ? null : { told: toldOf(inputs, values), identity, plots: view.shown.plots.map(ghostOf) };
    this.button.setAttribute("aria-pressed", Boolean(this.pinned));
    setText(this.button, this.pinned ? "Unpin" : "Pin");
    this.tell();
    view.plots.haunt(this.pinned?.plots ?? []);
  }

  // Where the picture itself is another by now, its values alone do not say which one was pinned.
  tell() {
    const { pinned } = this;
    const when = pinned && pinned.identity !== this.stage.identity ? "pinned before the page's menus changed" : "pinned";
    setText(this.caption, pinned ? `${when}: ${pinned.told}` : "");
  }
}
