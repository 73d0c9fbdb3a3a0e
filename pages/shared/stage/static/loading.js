// Loading: what a page needs once, whoever asks for it. What is under way or there is found in the page itself,
// for a page that outlives a new version of the app has two copies of this module.

import { element } from "./dom.js";

// What draws in space has a plotly.js of its own, or the same as what draws in a plane.
const SOLID = new Set(["surface", "scatter3d"]);

export function kindOf({ data }) {
  return data.some(({ type }) => SOLID.has(type)) ? "solid" : "flat";
}

// The plotly.js for plots of a kind; undefined where it has not come.
export function plotlyOf(kind) {
  return scriptOf(kind)?.plotly;
}

// Resolves when the plotly.js for a kind is there; bundles: for each kind its URL. A failed load leaves nothing
// behind, so that it can be tried again.
export async function loadPlotly(kind, bundles) {
  const url = bundles[kind];
  const kinds = Object.keys(bundles).filter((each) => bundles[each] === url).join(" ");
  const script = scriptOf(kind) ?? element("script", { src: url, "data-plotly": kinds });
  if (script.plotly || (await arrival(script) && script.plotly)) return;
  script.remove();
  throw new Error(`could not load ${url}`);
}

function scriptOf(kind) {
  return document.querySelector(`script[data-plotly~="${kind}"]`);
}

// Every plotly.js calls itself Plotly: which is whose is known only right after it has run.
function claim(script) {
  const others = [...document.querySelectorAll("script[data-plotly]")].map((each) => each.plotly);
  if (window.Plotly && !others.includes(window.Plotly)) script.plotly = window.Plotly;
}

// Resolves when the style sheet is there, or is known not to come: then the stage looks plain, and works.
// The page that the server sends names it, too: by the time that scripts run it is there, or has not come.
export async function loadStyle(url) {
  const there = [...document.querySelectorAll("link[rel=stylesheet]")].find(({ href }) => href === new URL(url, document.baseURI).href);
  if (there?.sheet) return;
  const link = there?.dataset.asked ? there : element("link", { rel: "stylesheet", href: url, "data-asked": "again" });
  if (await arrival(link)) return;
  link.remove();
}

// Whether what this node asks for has come.
function arrival(node) {
  return new Promise((resolve) => {
    node.addEventListener("load", () => {
      if (node.matches("[data-plotly]")) claim(node);
      resolve(true);
    });
    node.addEventListener("error", () => resolve(false));
    if (!node.isConnected) document.head.append(node);
  });
}
