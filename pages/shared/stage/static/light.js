// The light redraw: while a knob is held only points move, so only the paths of those traces are written.
//
// plotly.js works out defaults, ticks and margins anew for every picture, which takes most of its time and
// changes nothing while the axes stand still. Here the numbers go through plotly's own axes into the
// nodes that plotly made; as soon as the knob rests, plotly draws the same picture itself.

const FAR = 1e5;

// Redraws the traces with these indices; says whether all of them could be.
export function redraw(gd, data, indices) {
  for (const index of indices) {
    const { x, y } = data[index];
    Object.assign(gd.data[index], { x, y });
    const full = gd._fullData[index];
    if (!full || full.type !== "scatter" || full.visible !== true) return false;
    const group = gd.querySelector(`.scatterlayer .trace${full.uid}`);
    if (!group || !move(group, full, { x, y }, axes(gd, full))) return false;
  }
  return true;
}

// The index of the trace in a path such as ["plots", 0, "data", 3, "y"]; null where more than points changed.
export function moved([, , part, index, leaf]) {
  return part === "data" && (leaf === "x" || leaf === "y") ? index : null;
}

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
