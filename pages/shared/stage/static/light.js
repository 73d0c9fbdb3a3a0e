// The light redraw: while a knob is held only points move and colours change, so only the paths of those lines
// and the pixels of those fields are written.
//
// plotly.js works out defaults, ticks and margins anew for every picture, which takes most of its time and
// changes nothing while the axes stand still. Here the numbers go through plotly's own axes into the
// nodes that plotly made; as soon as the knob rests, plotly draws the same picture itself.

import { paint } from "./field.js";

const FAR = 1e5;
const GRIDDED = ["heatmap", "surface"];

// Redraws the traces with these indices; says whether all of them could be.
export function redraw(gd, data, indices) {
  for (const index of indices) {
    const full = gd._fullData[index];
    if (!full || full.visible !== true || !DRAWN[full.type]?.(gd, index, full, data[index])) return false;
  }
  return true;
}

// A trace as plotly takes it: what a heatmap or a surface has at each x and y travels in one row.
export function gridded(trace) {
  if (!GRIDDED.includes(trace.type)) return trace;
  const rows = (numbers) => numbers && Array.from(trace.y, (_, row) => numbers.subarray(row * trace.x.length, (row + 1) * trace.x.length));
  return { ...trace, z: rows(trace.z), surfacecolor: rows(trace.surfacecolor) };
}

// The index of the trace in a path such as ["plots", 0, "data", 3, "y"]; null where more than numbers changed.
export function moved([, , part, index, leaf]) {
  return part === "data" && (leaf === "x" || leaf === "y" || leaf === "z") ? index : null;
}

const DRAWN = {
  scatter(gd, index, full, { x, y }) {
    Object.assign(gd.data[index], { x, y });
    const group = gd.querySelector(`.scatterlayer .trace${full.uid}`);
    return Boolean(group) && move(group, full, { x, y }, axes(gd, full));
  },
  heatmap(gd, index, full, trace) {
    gd.data[index].z = gridded(trace).z;
    const group = [...gd.querySelectorAll(".heatmaplayer .hm")].find((each) => each.__data__[0].trace.uid === full.uid);
    const image = group?.querySelector("image");
    return Boolean(image) && paint(image, full, trace);
  },
};

function axes({ _fullLayout: layout }, { xaxis, yaxis }) {
  const across = layout[xaxis.replace("x", "xaxis")];
  const up = layout[yaxis.replace("y", "yaxis")];
  const pixel = (axis) => (value) => Math.round(Math.min(Math.max(axis.d2p(value), -FAR), FAR) * 100) / 100;
  return [pixel(across), pixel(up)];
}

function move(group, full, { x, y }, [across, up]) {
  const { mode, fill, line } = full;
  if ((fill && fill !== "none") || (mode.includes("lines") && line.shape !== "linear")) return false;
  const at = [];
  for (let i = 0; i < y.length; i++) at.push(Number.isFinite(x[i]) && Number.isFinite(y[i]) ? [across(x[i]), up(y[i])] : null);
  return (
    (!mode.includes("lines") || drawLine(group, at)) &&
    (!mode.includes("markers") || place(group, ".point", at, (node, [left, top]) => node.setAttribute("transform", `translate(${left},${top})`))) &&
    (!mode.includes("text") || place(group, ".textpoint > text", at, (node, [left, top]) => (node.setAttribute("x", left), node.setAttribute("y", top))))
  );
}

function drawLine(group, at) {
  const [path, ...others] = group.querySelectorAll(".js-line");
  const drawn = trail(at);
  if (!path) return drawn === "";
  path.setAttribute("d", drawn || "M0,0");
  for (const other of others) other.setAttribute("d", "M0,0");
  return true;
}

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

function place(group, selector, at, put) {
  const nodes = group.querySelectorAll(selector);
  const points = at.filter(Boolean);
  if (nodes.length !== points.length) return false;
  nodes.forEach((node, index) => put(node, points[index]));
  return true;
}
