// plotly.js inside: all that the stage knows of plotly and plotly does not promise.
//
// Each private name is tried once, on the first plot that can tell whether it is as it was. Where one is missing,
// what stands on it is left out: plotly draws every frame itself, and what lies over the plots hides.
// tests/browser/test_plotly_in_browser.py says of which plotly all of this is true.

import { element } from "./dom.js";

// For each name whether it holds for this plot; undefined where the plot cannot tell.
const TRIALS = {
  _fullLayout: (gd) => Boolean(gd._fullLayout),
  _fullData: (gd) => gd._fullData?.length === gd.data.length && gd._fullData.every(({ uid }) => uid),
  _offset: (gd) => onAxis(gd, ({ _offset }) => Number.isFinite(_offset)),
  _length: (gd) => onAxis(gd, ({ _length }) => _length > 0),
  d2p: (gd) => onAxis(gd, ({ d2p }) => typeof d2p === "function"),
  p2d: (gd) => onAxis(gd, ({ p2d }) => typeof p2d === "function"),
  "p2d(d2p)": (gd) => onAxis(gd, thereAndBack),
  _rangeInitial0: (gd) => onAxis(gd, (axis) => "_rangeInitial0" in axis),
  _rangeInitial1: (gd) => onAxis(gd, (axis) => "_rangeInitial1" in axis),
  "_scene.getCamera": (gd) => inScene(gd, ({ getCamera }) => typeof getCamera === "function"),
  "_scene.plot": (gd) => inScene(gd, ({ plot }) => typeof plot === "function"),
  "_scene.glplot.pixelRatio": (gd) => inScene(gd, ({ glplot, pixelRatio }) => glplot?.pixelRatio && pixelRatio),
  "_scene.glplot.redraw": (gd) => inScene(gd, ({ glplot }) => glplot?.canvas && typeof glplot.redraw === "function"),
  "_scene.traces.refineData": (gd) => onSurface(gd, ({ refineData }) => typeof refineData === "boolean"),
  ".trace<uid>": (gd) => onTrace(gd, "", (full) => groupOf(gd, full)),
  ".js-line": (gd) => onTrace(gd, "lines", (full) => nodes(gd, full, "lines").length),
  ".point": (gd) => onTrace(gd, "markers", (full) => nodes(gd, full, "markers").length),
  ".textpoint > text": (gd) => onTrace(gd, "text", (full) => nodes(gd, full, "text").length),
  ".heatmaplayer .hm": (gd) => onHeatmap(gd, () => fields(gd).length),
  "__data__[0].trace.uid": (gd) => onHeatmap(gd, (full) => !fields(gd).length || fieldOf(gd, full)),
};
const AXES = ["_fullLayout", "_offset", "_length", "d2p", "p2d", "p2d(d2p)"];
const INITIAL = ["_fullLayout", "_rangeInitial0", "_rangeInitial1"];
const SCENE = ["_fullLayout", "_fullData", "_scene.getCamera", "_scene.plot", "_scene.glplot.pixelRatio"];
const GIVEN = ["_fullLayout", "_scene.traces.refineData"];
const AS_GIVEN = { refineData: false, dataScaleX: 1, dataScaleY: 1 };
const PARTS = { lines: ".js-line", markers: ".point", text: ".textpoint > text" };

const untold = new Set(Object.keys(TRIALS));
const missing = new Set();

// Tries the names that no plot before could tell of, and says once what is missing.
export function tryNames(gd) {
  const known = missing.size;
  for (const name of untold) {
    const holds = outcome(TRIALS[name], gd);
    if (holds === undefined) continue;
    untold.delete(name);
    if (!holds) missing.add(name);
  }
  if (missing.size === known) return;
  console.info(`plotly.js ${window.Plotly.version} lacks ${[...missing].join(", ")}: it draws every frame itself.`);
}

function outcome(trial, gd) {
  try {
    return trial(gd);
  } catch {
    return false;
  }
}

// What was found to be missing so far, and what no plot could tell of.
export function told() {
  return { missing: [...missing], untold: [...untold] };
}

function lacks(...names) {
  return names.some((name) => missing.has(name));
}

// ---- axes ---------------------------------------------------------------------------------------

function axisOf(gd, name) {
  return gd._fullLayout?.[name.replace(/^([xy])/, "$1axis")];
}

function axis(gd, name) {
  return lacks(...AXES) ? undefined : axisOf(gd, name);
}

// From a number of that axis to pixels of the area between the axes; null where there is no such axis.
export function toPixel(gd, name) {
  const found = axis(gd, name);
  return found ? (number) => found.d2p(number) : null;
}

// Where a point of the axes lies, in pixels of the area between them, be it in view or not; null where that
// cannot be told.
export function within(gd, { x, y, xaxis = "x", yaxis = "y" }) {
  const [across, up] = [toPixel(gd, xaxis), toPixel(gd, yaxis)];
  return across && up && x !== null && y !== null ? [across(x), up(y)] : null;
}

// The same in pixels of the plot.
export function spot(gd, point) {
  const at = within(gd, point);
  return at && shifted(at, area(gd, point));
}

// The same; null also where it is out of view.
export function pixel(gd, point) {
  const at = within(gd, point);
  if (!at) return null;
  const covered = area(gd, point);
  const seen = at[0] >= 0 && at[0] <= covered.width && at[1] >= 0 && at[1] <= covered.height;
  return seen ? shifted(at, covered) : null;
}

function shifted([across, down], { left, top }) {
  return [across + left, down + top];
}

// The point of the axes at these pixels of the plot.
export function place(gd, left, top) {
  const [across, up] = [axis(gd, "x"), axis(gd, "y")];
  return across && up && { x: across.p2d(left - across._offset), y: up.p2d(top - up._offset) };
}

// The area between the axes, in pixels of the plot; null where there is none.
export function area(gd, { xaxis = "x", yaxis = "y" } = {}) {
  const [across, up] = [axis(gd, xaxis), axis(gd, yaxis)];
  return across && up ? { left: across._offset, top: up._offset, width: across._length, height: up._length } : null;
}

// "Reset axes" goes back to the ranges of this layout; by itself plotly goes back to the first one's.
export function remember(gd, layout) {
  if (lacks(...INITIAL)) return;
  for (const [name, { range }] of Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name))) {
    const axis = gd._fullLayout[name];
    if (axis && range) [axis._rangeInitial0, axis._rangeInitial1] = range;
  }
}

// ---- scenes -------------------------------------------------------------------------------------

function sceneOf(gd) {
  return gd._fullLayout?.scene?._scene;
}

// Where the reader stands who has turned a scene.
export function camera(gd) {
  return lacks("_scene.getCamera") ? undefined : sceneOf(gd)?.getCamera();
}

// Gives a trace of a scene other numbers, as many as before; says whether it could. `render` shows them.
export function renumber(gd, full, numbers) {
  const fits = Object.entries(numbers).every(([name, values]) => full[name]?.length === values.length);
  if (lacks(...SCENE) || !fits || full.cauto) return false;
  Object.assign(full, numbers);
  return true;
}

// Draws the scene of a plot, where it has one, with the numbers that its traces have now, in the pixels of the
// screen: plotly's twice as many along each side are for pictures that rest. Says whether it could.
export function render(gd) {
  const { scene: full } = gd._fullLayout ?? {};
  if (!full) return true;
  const scene = full._scene;
  if (lacks(...SCENE) || !scene?.glplot) return false;
  scene.glplot.pixelRatio = Math.min(devicePixelRatio, scene.pixelRatio);
  full.camera = scene.getCamera();
  scene.plot(gd._fullData.filter((each) => each.scene), gd._fullLayout, gd.layout);
  return true;
}

// What is seen of a scene now, in a canvas that keeps it; null where there is no scene. What the graphics card has
// drawn is gone a moment later, and of that alone paper would get nothing.
export function photograph(gd) {
  const { glplot } = (!lacks("_fullLayout", "_scene.glplot.redraw") && sceneOf(gd)) || {};
  if (!glplot) return null;
  glplot.redraw();
  const photo = element("canvas", { class: "sp-photo", width: glplot.canvas.width, height: glplot.canvas.height });
  photo.getContext("2d").drawImage(glplot.canvas, 0, 0);
  return photo;
}

// Draws traces by plotly itself, in all its pixels; `draw` takes the traces.
//
// Between the points of a surface plotly puts others of its own, up to 174 for each where they are not even. One
// that is there can be told to leave this; so those that are not there yet begin as a single point.
export function drawWhole(gd, traces, draw) {
  const surfaces = lacks(...GIVEN) ? [] : traces.filter(({ type }) => type === "surface");
  if (!surfaces.every(({ uid }) => solid(gd, uid))) draw(traces.map(single));
  for (const { uid } of surfaces) Object.assign(solid(gd, uid) ?? {}, AS_GIVEN);
  const scene = lacks(...SCENE) ? null : sceneOf(gd);
  if (scene?.glplot) scene.glplot.pixelRatio = scene.pixelRatio;
  draw(traces);
}

function single(trace) {
  return trace.type === "surface" ? { ...trace, x: [0], y: [0], z: [[0]], surfacecolor: [[0]] } : trace;
}

function solid(gd, uid) {
  return sceneOf(gd)?.traces?.[uid];
}

// ---- traces -------------------------------------------------------------------------------------

// A trace with all that plotly has added to it; null where it is not shown.
export function completed(gd, index) {
  const full = lacks("_fullData") ? null : gd._fullData?.[index];
  return full?.visible === true ? full : null;
}

// The nodes of a trace's lines, markers or text; null where they cannot be found.
export function drawn(gd, full, part) {
  return lacks(".trace<uid>", PARTS[part]) || !groupOf(gd, full) ? null : nodes(gd, full, part);
}

// The image of a heatmap; null where it cannot be found.
export function image(gd, full) {
  if (lacks(".heatmaplayer .hm", "__data__[0].trace.uid")) return null;
  return fieldOf(gd, full)?.querySelector("image") ?? null;
}

// Whether each number of a heatmap is one pixel of its image: those that the browser smooths, and those that it draws sharp.
export function onePixelEach(image, { zsmooth }) {
  return zsmooth === "fast" || /image-rendering/.test(image.getAttribute("style"));
}

// Writes a word where plotly wrote another one; says whether it could: what has signs that mean more to plotly is its own.
export function reword(node, word) {
  if (node.dataset.unformatted === word) return true;
  if (/[<&$\n]/.test(word)) return false;
  node.textContent = node.dataset.unformatted = word;
  return true;
}

function groupOf(gd, { uid }) {
  return gd.querySelector(`.scatterlayer .trace${uid}`);
}

function nodes(gd, full, part) {
  return groupOf(gd, full)?.querySelectorAll(PARTS[part]) ?? [];
}

function fields(gd) {
  return [...gd.querySelectorAll(".heatmaplayer .hm")];
}

function fieldOf(gd, { uid }) {
  return fields(gd).find((each) => each.__data__?.[0]?.trace?.uid === uid);
}

// ---- trials -------------------------------------------------------------------------------------

// What holds for the first axis of the plot that has numbers.
function onAxis(gd, holds) {
  const names = Object.keys(gd.layout).filter((name) => /^[xy]axis/.test(name) && gd.layout[name].range);
  const found = names.map((name) => gd._fullLayout?.[name]).find((each) => each?.type === "linear");
  return found && Boolean(holds(found));
}

function thereAndBack({ d2p, p2d, _length: length }) {
  return typeof d2p !== "function" || typeof p2d !== "function" || Math.abs(d2p(p2d(length / 3)) - length / 3) < 0.01;
}

// What holds for the first curve that must have been drawn with such a part, for two neighbours are in view.
function onTrace(gd, part, holds) {
  const full = gd._fullData?.find((each) => each.type === "scatter" && each.visible === true
    && each.mode?.includes(part) && inView(gd, each, part));
  return full && Boolean(holds(full));
}

function inView(gd, { x, y, text, xaxis, yaxis }, part) {
  const says = (i) => part !== "text" || (Array.isArray(text) ? text[i] : text);
  const seen = (i) => says(i) && pixel(gd, { x: x[i], y: y[i], xaxis, yaxis });
  return y.some((_, i) => i > 0 && seen(i - 1) && seen(i));
}

function inScene(gd, holds) {
  return gd._fullLayout?.scene && Boolean(holds(sceneOf(gd) ?? {}));
}

// What holds for the first surface that is drawn: without WebGL there is none.
function onSurface(gd, holds) {
  const full = gd._fullData?.find(({ type, visible }) => type === "surface" && visible === true);
  return full && sceneOf(gd)?.glplot && Boolean(holds(solid(gd, full.uid) ?? {}));
}

function onHeatmap(gd, holds) {
  const full = gd._fullData?.find(({ type, visible }) => type === "heatmap" && visible === true);
  return full && Boolean(holds(full));
}
