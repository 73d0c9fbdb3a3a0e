// Loading: what a page needs once, whoever asks for it. What is under way or there is found in the page itself,
// for a page that outlives a new version of the app has two copies of this module.

import { element } from "./dom.js";

// Resolves when plotly.js is there. A failed load leaves nothing behind, so that it can be tried again.
export async function loadPlotly(url) {
  if (window.Plotly) return;
  const script = document.querySelector("script[data-plotly]") ?? element("script", { src: url, "data-plotly": true });
  if (await arrival(script) && window.Plotly) return;
  script.remove();
  throw new Error(`could not load ${url}`);
}

// Resolves when the style sheet is there, or is known not to come: then the stage looks plain, and works.
export async function loadStyle(url) {
  const link = document.querySelector(`link[href="${url}"]`) ?? element("link", { rel: "stylesheet", href: url });
  if (link.sheet || (await arrival(link))) return;
  link.remove();
}

// Whether what this node asks for has come.
function arrival(node) {
  return new Promise((resolve) => {
    node.addEventListener("load", () => resolve(true));
    node.addEventListener("error", () => resolve(false));
    if (!node.isConnected) document.head.append(node);
  });
}
