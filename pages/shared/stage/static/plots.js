// The plots: drawn by plotly.js, redrawn in place, with handles and ink on top.

import { element } from "./dom.js";
import { gridded, moved, redraw } from "./light.js";

let loading = null;

export function loadPlotly(url) {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) resolve();
    document.head.append(element("script", { src: url, onload: resolve, onerror: () => reject(new Error(`could not load ${url}`)) }));
  });
  return loading;
}

const SLIDE = 1920;
const REST_MS = 200;
const SVG_ICON = {
  width: 24, height: 24,
  path: "M12 3v10.2l3.6-3.6L17 11l-5 5-5-5 1.4-1.4 3.6 3.6V3zM5 19h14v2H5z",
};
const PNG_ICON = {
  width: 24, height: 24,
  path: "M4 5h16v14H4zm2 2v8l4-4 3 3 3-3 2 2V7zm2 1h3v3H8z",
};

function save(gd, format) {
  const scale = format === "png" ? SLIDE / gd._fullLayout.width : 1;
  return window.Plotly.downloadImage(gd, {
    format, scale, width: gd._fullLayout.width, height: gd._fullLayout.height, filename: document.title.replace(/\W+/g, "-").toLowerCase(),
  });
}

const CONFIG = {
  displaylogo: false,
  plotlyServerURL: "",
  displayModeBar: "hover",
  modeBarButtonsToRemove: ["toImage", "sendChartToCloud", "select2d", "lasso2d", "autoScale2d"],
  modeBarButtonsToAdd: [
    { name: "save-png", title: "Save as PNG, 1920 pixels wide", icon: PNG_ICON, click: (gd) => save(gd, "png") },
    { name: "save-svg", title: "Save as SVG", icon: SVG_ICON, click: (gd) => save(gd, "svg") },
  ],
};

export class Plots {
  constructor(root, onMoved) {
    Object.assign(this, { root, onMoved, plots: [] });
    new ResizeObserver(() => this.resize()).observe(root);
  }

  // Draws the figures; where `paths` is given, only what lies under them has changed.
  show(figures, paths = null) {
    while (this.plots.length < figures.length) this.plots.push(new Plot(this.root, this.onMoved));
    while (this.plots.length > figures.length) this.plots.pop().remove();
    figures.forEach((figure, index) => {
      const changed = paths && paths.filter(([part, plot]) => part === "plots" && plot === index);
      if (!changed) this.plots[index].draw(figure);
      else if (changed.length) this.plots[index].follow(figure, changed);
    });
  }

  resize() {
    for (const plot of this.plots) plot.resize();
  }
}

class Plot {
  constructor(root, onMoved) {
    this.gd = element("div", { class: "sp-plotly" });
    this.over = element("div", { class: "sp-over" });
    this.node = element("div", { class: "sp-plot" }, this.gd, this.over);
    this.onMoved = onMoved;
    root.append(this.node);
  }

  remove() {
    clearTimeout(this.resting);
    window.Plotly.purge(this.gd);
    this.node.remove();
  }

  // plotly gets copies: what the reader zooms or hides it writes into its own, and finds again by the uid.
  draw({ data, layout }) {
    const first = !this.gd.layout;
    this.figure = { data, layout };
    clearTimeout(this.resting);
    this.node.style.height = `${this.tall()}px`;
    const traces = data.map((trace, index) => ({ uid: `trace-${index}`, ...gridded(trace) }));
    window.Plotly.react(this.gd, traces, this.sized(layout), CONFIG);
    this.remember(layout);
    if (first) for (const event of ["plotly_relayout", "plotly_relayouting"]) this.gd.on(event, this.onMoved);
  }

  // "Reset axes" goes back to the ranges of this figure; by itself plotly goes back to the first one's.
  remember(layout) {
    for (const [name, { range }] of Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name))) {
      const axis = this.axis(name.replace("axis", ""));
      if (axis && range) [axis._rangeInitial0, axis._rangeInitial1] = range;
    }
  }

  sized(layout) {
    const own = structuredClone(layout);
    own.font = { ...own.font, family: getComputedStyle(this.node).fontFamily };
    if (matchMedia("(pointer: coarse)").matches && !own.scene) own.dragmode = false;
    // Of a turn that ends outside the plot plotly learns nothing; the scene knows where the reader stands.
    const camera = this.gd._fullLayout?.scene?._scene?.getCamera();
    if (camera && own.scene) own.scene.camera = camera;
    return { ...own, width: this.node.clientWidth, height: this.tall() };
  }

  // The next frame of the figure that is shown: light while it moves, plotly's own when it rests.
  follow(figure, paths) {
    const traces = new Set(paths.map(moved));
    if (traces.has(null) || !redraw(this.gd, figure.data, traces)) {
      this.draw(figure);
      return;
    }
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.draw(this.figure), REST_MS);
  }

  resize() {
    const width = this.node.clientWidth;
    if (!this.gd.layout || !width || width === this.gd._fullLayout.width) return;
    this.node.style.height = `${this.tall()}px`;
    window.Plotly.relayout(this.gd, { width, height: this.tall() });
  }

  // Figures are made for a window 720 pixels high; a phone's plot leaves room for the knobs.
  tall() {
    const share = innerWidth < 640 ? 0.75 : Math.min(Math.max(innerHeight / 720, 0.9), 1.5);
    return Math.round(this.figure.layout.height * share);
  }

  // Where a point of the axes lies, in pixels of the plot; null where that is outside.
  pixel({ x, y, xaxis = "x", yaxis = "y" }) {
    const across = this.axis(xaxis);
    const up = this.axis(yaxis);
    if (!across || !up || x === null || y === null) return null;
    const [left, top] = [across.d2p(x), up.d2p(y)];
    if (left < 0 || left > across._length || top < 0 || top > up._length) return null;
    return [left + across._offset, top + up._offset];
  }

  // The point of the axes that lies under the pointer.
  place({ clientX, clientY }) {
    const box = this.node.getBoundingClientRect();
    const [across, up] = [this.axis("x"), this.axis("y")];
    return { x: across.p2d(clientX - box.left - across._offset), y: up.p2d(clientY - box.top - up._offset) };
  }

  // Lays a node over the area between the axes, under all else that lies on the plot.
  cover(node) {
    const [across, up] = [this.axis("x"), this.axis("y")];
    if (!across || !up) return;
    if (node.parentNode !== this.over) this.over.prepend(node);
    Object.assign(node.style, {
      left: `${across._offset}px`, top: `${up._offset}px`, width: `${across._length}px`, height: `${up._length}px`,
    });
  }

  axis(name) {
    const layout = this.gd._fullLayout;
    return layout && layout[name.replace(/^([xy])/, "$1axis")];
  }
}
