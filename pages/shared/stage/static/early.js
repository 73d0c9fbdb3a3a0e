// Early: the page that the server sends runs this while all else is on its way, so that plotly.js is ready before
// Python's first picture is there.

import { loadPlotly } from "./loading.js";

const { href, dataset } = document.querySelector("link[data-plotly]");
loadPlotly("flat", Object.fromEntries(dataset.plotly.split(" ").map((kind) => [kind, href]))).catch(() => {});
