// Early: the page that the server sends runs this while all else is on its way, so that plotly.js is ready before
// Python's first picture is there, a frame shows from the first what it is to show, and the first words give way.

import { assign } from "./assign.js";
import { frame } from "./embed.js";
import { loadPlotly } from "./loading.js";
import { giveWay } from "./opening.js";
import "./present.js";

frame();
assign();
giveWay();
const { href, dataset } = document.querySelector("link[data-plotly]");
loadPlotly("flat", Object.fromEntries(dataset.plotly.split(" ").map((kind) => [kind, href]))).catch(() => {});
