// The plots: drawn by plotly.js, redrawn in place, with what can be held on top.

import { element, hide, oncePerFrame } from "./dom.js";
import { enlarged, enlargement } from "./fit.js";
import { flattened } from "./flat.js";
import { shapesOf } from "./ghost.js";
import { gridded, moved, redraw } from "./light.js";
import { kindOf, plotlyOf } from "./loading.js";
import { scalable } from "./paper.js";
import { area, camera, drawWhole, pixel, place, remember, spot, tryNames, within } from "./plotly.js";
import { letSwipesScroll } from "./swipe.js";
import { Walker } from "./walk.js";

const SLIDE = 1920;
// How wide a scene is at least, in heights.
const SCENE_SHAPE = 1.25;
const REST_MS = 200;
const SLOW_REST_MS = 600;
const SVG_ICON = {
  width: 24, height: 24,
  path: "M12 3v10.2l3.6-3.6L17 11l-5 5-5-5 1.4-1.4 3.6 3.6V3zM5 19h14v2H5z",
};
const PNG_ICON = {
  width: 24, height: 24,
  path: "M4 5h16v14H4zm2 2v8l4-4 3 3 3-3 2 2V7zm2 1h3v3H8z",
};

// What a file of a page is called: by its page, and of several pictures after the first by its place.
export function fileName(title, place = 0) {
  return [title.replace(/\W+/g, "-").toLowerCase(), ...(place > 0 ? [place + 1] : [])].join("-");
}

// Which part of a plot its scene takes: of one that is too narrow for its height the middle, lest it is cut at the sides.
export function sceneDomain(width, height) {
  const share = Math.min(1, width / height / SCENE_SHAPE);
  return { x: [0, 1], y: [(1 - share) / 2, (1 + share) / 2] };
}

function save(gd, format) {
  const { width, height } = gd.layout;
  const scale = format === "png" ? SLIDE / width : 1;
  const filename = fileName(document.title, [...document.querySelectorAll(".js-plotly-plot")].indexOf(gd));
  return plotlyOf(kindOf(gd)).downloadImage(gd, { format, scale, width, height, filename });
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
  // heights: those that plots get where figures ask for these. holds: whether those that they got last are the same still.
  constructor(root, onMoved, onLacking, heights = (asked) => asked, holds = () => false) {
    Object.assign(this, { root, onMoved, onLacking, heights, holds, plots: [], ghosts: [] });
    this.resized = new ResizeObserver(oncePerFrame(() => this.resize()));
    for (const node of [root, root.closest(".stMain"), root.closest(".stMainBlockContainer")]) if (node) this.resized.observe(node);
  }

  // Draws the figures; where `paths` is given, only what lies under them has changed.
  show(figures, paths = null) {
    while (this.plots.length < figures.length) this.plots.push(new Plot(this, this.ghosts[this.plots.length]));
    while (this.plots.length > figures.length) this.plots.pop().remove();
    if (!paths || figures.some(({ layout }, index) => layout.height !== this.plots[index].figure?.layout.height)) this.measure(figures);
    figures.forEach((given, index) => {
      const figure = flattened(given);
      const changed = paths && paths.filter(([part, plot]) => part === "plots" && plot === index);
      if (!changed || (changed.length && figure !== given)) this.plots[index].draw(figure);
      else if (changed.length) this.plots[index].follow(figure, changed);
      this.plots[index].walker.place();
    });
  }

  measure(figures) {
    const heights = this.heights(figures.map(({ layout }) => layout.height));
    this.plots.forEach((plot, index) => plot.stand(heights[index]));
  }

  resize() {
    if (!this.plots.every(({ figure }) => figure)) return;
    const figures = this.plots.map(({ figure }) => figure);
    if (!this.holds(figures.map(({ layout }) => layout.height))) this.measure(figures);
    for (const plot of this.plots) plot.resize();
  }

  // From now on these stay behind the curves, one for each plot, or none.
  haunt(ghosts) {
    this.ghosts = ghosts;
    this.plots.forEach((plot, index) => plot.haunt(ghosts[index]));
  }

  close() {
    this.resized.disconnect();
    this.show([]);
  }
}

class Plot {
  constructor({ root, onMoved, onLacking }, ghost) {
    this.gd = element("div", { class: "sp-plotly" });
    this.over = element("div", { class: "sp-over" });
    this.node = element("div", { class: "sp-plot" }, this.gd, this.over);
    Object.assign(this, { onMoved, onLacking, ghost });
    this.walker = new Walker(this);
    letSwipesScroll(this.gd);
    root.append(this.node);
  }

  remove() {
    this.stir();
    this.walker.end();
    this.plotly?.purge(this.gd);
    this.node.remove();
  }

  haunt(ghost) {
    this.ghost = ghost;
    if (this.figure) this.draw(this.figure);
  }

  stand(height) {
    this.height = height;
    this.node.style.height = `${height}px`;
  }

  // plotly gets copies: what the reader zooms or hides it writes into its own, and finds again by the uid.
  // Until plotly has come its place stays free.
  draw({ data, layout }) {
    this.figure = { data, layout };
    this.walker.meet(this.figure);
    this.stir();
    const kind = kindOf(this.figure);
    const plotly = plotlyOf(kind);
    if (!plotly) {
      this.onLacking(kind);
      return;
    }
    if (this.plotly !== plotly) this.plotly?.purge(this.gd);
    this.plotly = plotly;
    const first = !this.gd.layout;
    this.drawn = this.size();
    const by = enlargement();
    const traces = data.map((trace, index) => ({ uid: `trace-${index}`, ...enlarged(gridded(trace), by) }));
    drawWhole(this.gd, traces, (some) => plotly.react(this.gd, some, this.sized(layout), CONFIG));
    scalable(this.node, this.gd.layout);
    tryNames(this.gd);
    remember(this.gd, layout);
    if (first) for (const event of ["plotly_relayout", "plotly_relayouting"]) this.gd.on(event, this.onMoved);
  }

  sized(layout) {
    const look = { color: getComputedStyle(this.node).getPropertyValue("--sp-muted"), above: this.figure.data.some(({ type }) => type === "heatmap") };
    const shapes = [...(layout.shapes ?? []), ...shapesOf(this.ghost, layout, look)];
    const own = enlarged(structuredClone(shapes.length ? { ...layout, shapes } : layout), enlargement());
    own.font = { ...own.font, family: getComputedStyle(this.node).fontFamily };
    if (matchMedia("(pointer: coarse)").matches && !own.scene) own.dragmode = false;
    // Of a turn that ends outside the plot plotly learns nothing; the scene knows where the reader stands.
    const stands = camera(this.gd);
    if (stands && own.scene) own.scene.camera = stands;
    if (own.scene) own.scene.domain = sceneDomain(this.node.clientWidth, this.height);
    return { ...own, width: this.node.clientWidth, height: this.height };
  }

  // The next frame of the figure that is shown: light while it moves, plotly's own when it rests.
  follow(figure, paths) {
    this.rest = figure.layout.scene || figure.data !== this.figure?.data ? SLOW_REST_MS : REST_MS;
    this.figure = figure;
    const traces = new Set(paths.map(moved));
    if (traces.has(null) || !redraw(this.gd, figure.data, traces)) {
      this.draw(figure);
      return;
    }
    this.stir();
    this.seen = requestAnimationFrame(() => this.restSoon());
  }

  // The time of rest begins when the frame is seen: where a frame takes long, plotly's own takes longer. Frames that
  // are asked of Python one by one come seldom.
  restSoon() {
    this.resting = setTimeout(() => this.draw(this.figure), this.rest);
  }

  stir() {
    cancelAnimationFrame(this.seen);
    clearTimeout(this.resting);
  }

  resize() {
    if (!this.gd.layout || !this.node.clientWidth || this.size() === this.drawn) return;
    this.draw(this.figure);
    this.onMoved();
  }

  // What a drawing depends on beside its figure.
  size() {
    return `${this.node.clientWidth} × ${this.height}, letters × ${enlargement()}`;
  }

  // Where a point of the axes lies, in pixels of the plot; null where that is out of view.
  pixel(point) {
    return pixel(this.gd, point);
  }

  // The same, be it in view or not.
  spot(point) {
    return spot(this.gd, point);
  }

  // The same in pixels of the area between the axes.
  within(point) {
    return within(this.gd, point);
  }

  // The ends of an upward axis as it is shown.
  heights(name) {
    return this.gd.layout[name.replace("y", "yaxis")].range;
  }

  // The pixels of the plot that lie under the pointer.
  under({ clientX, clientY }) {
    const box = this.node.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  // The point of the axes that lies under the pointer.
  place(event) {
    return place(this.gd, ...this.under(event));
  }

  // Lays a node over the area between the axes, under all else that lies on the plot; says whether there is one.
  cover(node) {
    const covered = area(this.gd);
    hide(node, !covered);
    if (!covered) return false;
    if (node.parentNode !== this.over) this.over.prepend(node);
    for (const [side, pixels] of Object.entries(covered)) node.style[side] = `${pixels}px`;
    return true;
  }
}
