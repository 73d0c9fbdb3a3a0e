// The view: the parts of a stage on the page, and the picture in them.

import { Controls, Listing, readout } from "./controls.js";
import { element, hide, setText } from "./dom.js";
import { Fit } from "./fit.js";
import { Grips } from "./grips.js";
import { Handles } from "./handles.js";
import { differences } from "./light.js";
import { kindOf, loadPlotly, loadStyle, plotlyOf } from "./loading.js";
import { Panel } from "./panel.js";
import { PixelBoards } from "./pixels.js";
import { Plots } from "./plots.js";
import { Points } from "./points.js";
import { Sketches } from "./sketch.js";
import { Tasks } from "./tasks.js";
import { Worksheet } from "./worksheet.js";

// A file without a server has the style in it.
const STYLE = document.querySelector("link[data-stage]")?.href ?? new URL("./stage.css", import.meta.url).href;
// What a number says where there is none (stage/picture.py): its row comes when it says something.
const NOTHING = "–";
const NO_PLOTLY = "The plots cannot be shown: plotly.js, which draws them, did not arrive. All else works. ";

export class View {
  constructor(parent, stage) {
    this.stage = stage;
    this.styled = loadStyle(STYLE);
    this.worksheet = new Worksheet(stage);
    parent.append(this.build(stage));
    this.controls = new Controls(this.controlsNode, stage);
    this.diagram = new Panel(this.diagramNode, stage);
    this.formula = new Panel(this.formulaNode, stage);
    this.readouts = new Listing(this.readoutsNode, readout);
    this.tasks = new Tasks(this.tasksNode, this.goalsNode, stage);
    this.fetching = new Set();
    const moved = () => [this.handles, this.grips, ...this.boards].forEach((each) => each.place());
    const fit = new Fit(this);
    this.plots = new Plots(this.plotsNode, moved, (kind) => this.fetch(kind), (asked) => fit.heights(asked), (asked) => fit.holds(asked));
    this.plots.resized.observe(this.panelsNode);
    this.handles = new Handles(this.plots, stage);
    this.grips = new Grips(this.plots, stage);
    this.boards = [Sketches, Points, PixelBoards].map((Kind) => new Kind(this.plots, stage));
  }

  build({ id, ghost }) {
    const part = (name, tag = "div", more = {}, ...parts) => (this[`${name}Node`] = element(tag, { class: `sp-${name}`, ...more }, ...parts));
    const plots = { role: "group", "aria-label": "plots", "aria-describedby": `sp-words-${id}` };
    this.node = element(
      "section",
      { class: "sp-stage" },
      part("given", "div", {}, part("goals", "ul", { class: "sp-tasks" }), this.stage.assigned.node),
      part("side", "div", {}, part("controls"), ghost.caption, part("notice", "p", { role: "status" }), part("readouts", "dl")),
      element(
        "div",
        { class: "sp-view" },
        part("panels", "div", {}, part("diagram"), part("formula")),
        part("error", "p", { role: "alert" }),
        part("plots", "div", plots),
      ),
      element("div", { class: "sp-try" }, element("div", { class: "sp-try-head" }, element("h2", {}, "Try this"), this.worksheet.button), part("tasks", "ul")),
      part("words", "p", { "aria-live": "polite", id: `sp-words-${id}` }),
    );
    return this.node;
  }

  // Fetches what plots of this kind wait for; where it does not come the page says so, and offers to try again.
  async fetch(kind) {
    if (this.lacking || this.fetching.has(kind)) return;
    this.fetching.add(kind);
    const comes = await loadPlotly(kind, this.bundles).then(() => true, () => false);
    this.fetching.delete(kind);
    if (!this.node.isConnected) return;
    if (comes) this.show(this.shown);
    else this.lack();
  }

  lack() {
    const again = element("button", { type: "button", class: "sp-button", onclick: () => this.retry() }, "Try again");
    this.lacking = element("p", { class: "sp-error", role: "alert" }, NO_PLOTLY, again);
    this.plotsNode.before(this.lacking);
  }

  retry() {
    this.lacking.remove();
    this.lacking = null;
    this.show(this.shown);
  }

  close() {
    this.plots.close();
  }

  // What the region is called: no two of a page are called the same.
  call(name) {
    this.node.setAttribute("aria-label", `interactive picture: ${name}`);
  }

  // A picture further down that something is set on is brought into view.
  bringGiven() {
    if (this.tasks.areGiven && document.querySelector(".sp-stage") !== this.node) this.node.scrollIntoView();
  }

  notice(text) {
    setText(this.noticeNode, text);
  }

  // Reads the picture out where the reader's hand has come to rest.
  say() {
    setText(this.wordsNode, this.shown?.description ?? "");
  }

  // Under which paths the plots of this picture differ from those that are shown.
  differs(picture) {
    return this.shown && !picture.error ? differences(this.shown.plots, picture.plots) : null;
  }

  // Shows a picture, or why there is none; where `paths` is given, only what lies under them has changed.
  show(picture, paths = null) {
    this.node.classList.toggle("sp-failed", Boolean(picture.error));
    setText(this.errorNode, picture.error ?? "");
    if (picture.error) return;
    this.shown = picture;
    if (this.lacking && picture.plots.every((plot) => plotlyOf(kindOf(plot)))) this.retry();
    this.node.classList.toggle("sp-diagram-below", picture.diagramBelow);
    this.node.classList.toggle("sp-beside", picture.beside);
    this.node.classList.toggle("sp-lead", picture.lead);
    this.node.classList.toggle("sp-plotless", !picture.plots.length);
    this.node.classList.toggle("sp-taskless", !Object.keys(picture.tasks).length);
    this.diagram.show(picture.diagram);
    this.formula.show(picture.formula);
    const told = Object.entries(picture.readouts).filter(([, said]) => said !== NOTHING);
    this.readouts.show(Object.fromEntries(told));
    this.tasks.show(picture.tasks, this.stage.solved);
    hide(this.givenNode, !this.tasks.areGiven);
    this.plots.show(picture.plots, paths);
    this.handles.show(picture.handles);
    this.grips.show(picture.grips);
    this.boards.forEach((each) => each.place());
  }
}
