// Without WebGL nothing can be drawn in space: a map of the same heights stands in, and says why.

import { gridded } from "./light.js";
import { kindOf } from "./loading.js";

const WHY = "This browser has no WebGL, which draws in space: the same seen from above.";
const MARGIN = { l: 60, r: 20, t: 30, b: 45 };

let able = null;

function drawsInSpace() {
  able ??= Boolean(document.createElement("canvas").getContext("webgl"));
  return able;
}

// The figure as a map: colours and level lines; what needs no space stays as it is.
export function flattened(figure, can = drawsInSpace) {
  if (kindOf(figure) === "flat" || can()) return figure;
  const surfaces = figure.data.filter(({ type }) => type === "surface").map(gridded);
  const marks = figure.data.filter(({ type }) => type !== "surface");
  const levels = surfaces.map((each) => levelled(each, figure.layout.scene.xaxis));
  return { data: [...surfaces.map(coloured), ...levels, ...marks.map(seenFromAbove)], layout: map(figure.layout) };
}

function coloured({ name, x, y, z, surfacecolor, cmin, cmax, colorscale }) {
  return { type: "heatmap", name, x, y, z: surfacecolor ?? z, zmin: cmin, zmax: cmax, colorscale, showscale: false, hoverinfo: "x+y+z" };
}

function levelled({ x, y, z }, { color }) {
  const contours = { coloring: "none", showlabels: true, labelfont: { color } };
  return { type: "contour", name: "heights", x, y, z, contours, line: { color }, showscale: false, hoverinfo: "skip" };
}

function seenFromAbove({ name, mode, x, y, marker, line }) {
  return { type: "scatter", name, mode, x, y, marker, line, hoverinfo: "name", showlegend: false };
}

function map({ scene: { xaxis, yaxis }, ...layout }) {
  const side = ({ title, range, gridcolor, color }) => ({ title, range, gridcolor, color });
  const why = { text: WHY, showarrow: false, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "bottom" };
  return { ...layout, xaxis: side(xaxis), yaxis: side(yaxis), margin: MARGIN, dragmode: "zoom", annotations: [why] };
}
