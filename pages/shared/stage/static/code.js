// The QR code of a text, as a drawing; lean-qr makes it, which comes once the first picture is there.

import { drawing } from "./dom.js";

// The rim without which a camera does not find the code, in its modules.
const RIM = 4;
// From the back row a camera sees a quarter of a window's pixels, and needs so many for a module. In the window a code
// has so much of the height.
const BACK_ROW = 4;
const LEAST = 2;
const SHARE = 0.9;

let made = null;

// where: its address; null where the server does not have it.
export async function loadCodes(where) {
  if (where && !made) made = await import(where).then(({ generate }) => generate, () => null);
}

// The code of the text; null where nothing makes codes.
export function codeOf(text) {
  if (!made) return null;
  const code = made(text);
  const rows = Array.from({ length: code.size }, (_, y) => rowOf(code, y));
  const side = code.size + 2 * RIM;
  const svg = drawing("svg", { class: "sp-code", viewBox: `${-RIM} ${-RIM} ${side} ${side}`, "shape-rendering": "crispEdges", role: "img", "aria-label": "QR code of the link" });
  svg.append(drawing("path", { d: rows.join(""), fill: "currentColor" }));
  return svg;
}

// Whether the code, as large as such a window, is too fine to be read from the back row.
export function isFine(svg, width, height) {
  return Math.min(width, height * SHARE) / svg.viewBox.baseVal.width / BACK_ROW < LEAST;
}

// Each run of dark modules as a rectangle.
function rowOf(code, y) {
  let path = "";
  for (let x = 0; x < code.size; x++) {
    const from = x;
    while (code.get(x, y)) x++;
    if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
  }
  return path;
}
