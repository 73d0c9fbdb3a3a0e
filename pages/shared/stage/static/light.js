// The light redraw: while a knob is held only points move, words and colours change, so only the paths of those lines,
// those words and the pixels of those fields are written, and of a plot in space only its scene is drawn.
//
// plotly.js works out defaults, ticks and margins anew for every picture, which takes most of its time and
// changes nothing while the axes stand still. Here the numbers go through plotly's own axes into the
// nodes that plotly made; as soon as the knob rests, plotly draws the same picture itself.

import { paint } from "./field.js";
import { completed, drawn, image, onePixelEach, render, renumber, reword, toPixel } from "./plotly.js";
import { part } from "./wire.js";

const FAR = 1e5;
const NOWHERE = "M0,0";
const NUMBERS = new Set(["x", "y", "z", "surfacecolor"]);
const WORDS = "text";
// What these have at each x and y may also come in one row.
const FLAT = { heatmap: ["z"], surface: ["z", "surfacecolor"] };

// Redraws the traces with these indices; says whether all of them could be.
export function redraw(gd, data, indices) {
  for (const index of indices) {
    const full = completed(gd, index);
    if (!full || !DRAWN[full.type]?.(gd, index, full, data[index])) return false;
  }
  return render(gd);
}

// A trace as plotly takes it: an array of several dimensions becomes a list of rows, wherever it stands.
export function gridded(trace) {
  const flat = (FLAT[trace.type] ?? []).filter((name) => trace[name]);
  return { ...nested(trace), ...Object.fromEntries(flat.map((name) => [name, grid(trace, name)])) };
}

function nested(value) {
  if (value?.shape?.length > 1) return Array.from({ length: value.shape[0] }, (_, row) => nested(part(value, row)));
  if (Array.isArray(value)) return value.map(nested);
  if (value?.constructor !== Object) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, nested(each)]));
}

function grid(trace, name) {
  const numbers = trace[name];
  if (numbers.shape?.length !== 1) return nested(numbers);
  const width = trace.x.length;
  return Array.from({ length: numbers.length / width }, (_, row) => numbers.subarray(row * width, (row + 1) * width));
}

// The paths under which the plots of two pictures differ.
export function differences(before, after) {
  return after.flatMap((figure, plot) => {
    const old = before[plot];
    const fits = old && old.data.length === figure.data.length && same(old.layout, figure.layout);
    if (!fits) return [["plots", plot, "layout"]];
    return figure.data.flatMap((trace, index) => {
      const leaves = new Set([...Object.keys(old.data[index]), ...Object.keys(trace)]);
      const others = [...leaves].filter((leaf) => !same(old.data[index][leaf], trace[leaf]));
      return others.map((leaf) => ["plots", plot, "data", index, leaf]);
    });
  });
}

function same(one, other) {
  if (!ArrayBuffer.isView(one) || !ArrayBuffer.isView(other)) return JSON.stringify(one) === JSON.stringify(other);
  return one.length === other.length && one.every((number, index) => Object.is(number, other[index]));
}

// The index of the trace in a path such as ["plots", 0, "data", 3, "y"]; null where more changed than numbers and words.
export function moved([, , where, index, leaf]) {
  return where === "data" && (NUMBERS.has(leaf) || leaf === WORDS) ? index : null;
}

const DRAWN = {
  scatter(gd, index, full, { x, y, text }) {
    Object.assign(gd.data[index], { x, y, ...(text === undefined ? {} : { text }) });
    return move(gd, full, x, y, text);
  },
  heatmap(gd, index, full, trace) {
    gd.data[index].z = grid(trace, "z");
    const field = image(gd, full);
    const [across, up] = [toPixel(gd, full.xaxis), toPixel(gd, full.yaxis)];
    if (!field || !onePixelEach(field, full) || !across || across(1) < across(0)) return false;
    return paint(field, full, trace, up(1) > up(0));
  },
  surface: inSpace,
  scatter3d: inSpace,
};

function inSpace(gd, index, full, trace) {
  const shown = gridded(trace);
  const numbers = Object.fromEntries([...NUMBERS].filter((name) => shown[name]).map((name) => [name, shown[name]]));
  Object.assign(gd.data[index], numbers);
  return renumber(gd, full, numbers);
}

function move(gd, full, x, y, text) {
  const { mode, fill, line } = full;
  if ((fill && fill !== "none") || (mode.includes("lines") && line.shape !== "linear")) return false;
  const [across, up] = [toPixel(gd, full.xaxis), toPixel(gd, full.yaxis)];
  if (!across || !up) return false;
  const at = [];
  for (let i = 0; i < y.length; i++) {
    at.push(Number.isFinite(x[i]) && Number.isFinite(y[i]) ? [short(across(x[i])), short(up(y[i]))] : null);
  }
  const words = Array.isArray(text) ? text.filter((_, i) => at[i]) : at.filter(Boolean).map(() => text);
  return mode === "none" || mode.split("+").every((each) => PUT[each](drawn(gd, full, each), at, words));
}

function short(pixels) {
  return Math.round(Math.min(Math.max(pixels, -FAR), FAR) * 100) / 100;
}

// Each puts the nodes where the points are, and says whether it could.
const PUT = {
  lines(nodes, at) {
    if (!nodes) return false;
    const [path, ...others] = nodes;
    const drawn = trail(at);
    if (!path) return drawn === "";
    path.setAttribute("d", drawn || NOWHERE);
    for (const other of others) if (other.getAttribute("d") !== NOWHERE) other.setAttribute("d", NOWHERE);
    return true;
  },
  markers: (nodes, at) => each(nodes, at, (node, [left, top]) => (node.setAttribute("transform", `translate(${left},${top})`), true)),
  text: (nodes, at, words) => each(nodes, at, (node, [left, top], index) => {
    node.setAttribute("x", left);
    node.setAttribute("y", top);
    return reword(node, words[index]);
  }),
};

// A path through the points; a missing one lifts the pen.
function trail(at) {
  let path = "";
  let pen = "M";
  for (const point of at) {
    if (point) path += `${pen}${point[0]},${point[1]}`;
    pen = point ? "L" : "M";
  }
  return path;
}

function each(nodes, at, put) {
  const points = at.filter(Boolean);
  if (nodes?.length !== points.length) return false;
  return [...nodes].every((node, index) => put(node, points[index], index));
}
