// Paper: what a page has when it is printed that it does not have on a screen: its address, plots of any width, and
// a photograph of what is drawn in space.

import { codeOf } from "./code.js";
import { element } from "./dom.js";
import { linkOf } from "./link.js";
import { photograph } from "./plotly.js";

// The address at the head of the page and its QR code, so that whoever has the paper finds the picture; at the foot
// they would often take a page for themselves.
export function giveAddress() {
  const { dataset } = document.documentElement;
  if (dataset.spPaper) return;
  dataset.spPaper = "ready";
  addEventListener("beforeprint", () => {
    const page = document.querySelector("[data-testid=stMainBlockContainer]");
    const head = page?.querySelector(".sp-address") ?? element("p", { class: "sp-address" });
    const link = linkOf(location);
    head.replaceChildren(codeOf(link) ?? "", element("span", {}, link));
    page?.prepend(head);
  });
  addEventListener("beforeprint", () => photographs().forEach(([canvas, photo]) => canvas.after(photo)));
  addEventListener("afterprint", () => document.querySelectorAll(".sp-photo").forEach((photo) => photo.remove()));
}

// For each canvas of a scene what is seen on it.
function photographs() {
  const plots = [...document.querySelectorAll(".sp-plotly")];
  return plots.map((gd) => [gd.querySelector(".gl-container canvas"), photograph(gd)]).filter(([, photo]) => photo);
}

// On paper a plot is as wide as its column, and all in it shrinks or grows alike.
export function scalable(node, { width, height }) {
  node.style.setProperty("--sp-shape", `${width} / ${height}`);
  for (const svg of node.querySelectorAll(".main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}
