// Paper: what a page has when it is printed that it does not have on a screen: its address, and plots of any width.

import { codeOf } from "./code.js";
import { element } from "./dom.js";
import { linkOf } from "./link.js";

// The address at the foot of the page and its QR code, so that whoever has the paper finds the picture.
export function giveAddress() {
  const { dataset } = document.documentElement;
  if (dataset.spPaper) return;
  dataset.spPaper = "ready";
  addEventListener("beforeprint", () => {
    const page = document.querySelector("[data-testid=stMainBlockContainer]");
    const foot = page?.querySelector(".sp-address") ?? element("p", { class: "sp-address" });
    const link = linkOf(location);
    foot.replaceChildren(codeOf(link) ?? "", element("span", {}, link));
    page?.append(foot);
  });
}

// On paper a plot is as wide as its column, and all in it shrinks or grows alike.
export function scalable(node, { width, height }) {
  node.style.setProperty("--sp-shape", `${width} / ${height}`);
  for (const svg of node.querySelectorAll(".main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}
