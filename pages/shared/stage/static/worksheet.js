// The worksheet: the picture and its tasks on paper, with room to draw and to write; on a page of its own the answers,
// which Python finds by the code that judges the tasks.

import { codeOf } from "./code.js";
import { element, setText } from "./dom.js";
import { linkOf } from "./link.js";
import { kindOf, plotlyOf } from "./loading.js";
import { photograph } from "./plotly.js";

const LABEL = "Print worksheet";
const LINES = 3;
// After how long an answer is asked for again, and after how long the sheet does without it.
const AGAIN_MS = 1000;
const LOST_MS = 45000;
const LOST = "No answer has come from the server: print the worksheet once more.";
// What stands on empty axes: what the task is about, and none of what answers it.
const GIVEN = /^(target|class \d)/;
const RULED = { showgrid: true, gridcolor: "#bbbbbb" };
// How large figures are drawn, in pixels: on paper they are a little smaller, and their letters can still be read.
const DRAWN = { width: 560, height: 330 };
const EMPTY = { width: 500, height: 220 };
const COMPUTED = "Each was computed from the picture on the first page, by the code that judges the task on the screen. Where a setting is given, it is one of those that do it.";

export class Worksheet {
  constructor(stage) {
    this.stage = stage;
    this.waiting = new Map();
    this.button = element("button", { type: "button", class: "sp-button sp-worksheet", onclick: () => this.print() }, LABEL);
  }

  // A hint has come; says whether the sheet has waited for it.
  take({ task, answer }) {
    const told = this.waiting.get(task);
    this.waiting.delete(task);
    told?.(answer);
    return Boolean(told);
  }

  async print() {
    this.button.disabled = true;
    try {
      const sheet = await this.sheet();
      document.body.append(sheet);
      await Promise.all([...sheet.querySelectorAll("img")].map((image) => image.decode()));
      addEventListener("afterprint", () => sheet.remove(), { once: true });
      window.print();
    } finally {
      this.button.disabled = false;
      setText(this.button, LABEL);
    }
  }

  // The answers to all tasks, one after the other: the stage asks one thing at a time.
  async answers(tasks) {
    const found = [];
    for (const task of tasks) {
      setText(this.button, `Finding answer ${found.length + 1} of ${tasks.length} …`);
      found.push(await this.answer(task));
    }
    return found;
  }

  // A hint that is long in coming is not asked again by itself.
  answer(task) {
    const { requests } = this.stage;
    const ask = () => requests.busy || requests.want({ hint: task });
    return new Promise((told) => {
      const again = setInterval(ask, AGAIN_MS);
      const lost = setTimeout(() => this.take({ task, answer: LOST }), LOST_MS);
      this.waiting.set(task, (answer) => (clearInterval(again), clearTimeout(lost), told(answer)));
      ask();
    });
  }

  async sheet() {
    const { view } = this.stage;
    const tasks = Object.keys(view.shown.tasks);
    const title = document.querySelector(".stMain h1")?.textContent ?? document.title;
    const pictures = await Promise.all(view.plots.plots.map(({ gd }) => pictured(gd, gd)));
    const axes = await this.axes();
    const answers = await this.answers(tasks);
    const link = linkOf(location);
    return element("section", { class: "sp-sheet", "data-theme": view.node.dataset.theme, style: view.node.style.cssText },
      this.head(title, link),
      element("div", { class: "sp-sheet-picture" }, ...this.diagram(), ...pictures.filter(Boolean)),
      element("ol", {}, ...tasks.map((task) => this.task(task, axes))),
      element("div", { class: "sp-sheet-answers" },
        element("h1", {}, `${title}: answers`),
        element("p", {}, COMPUTED),
        element("ol", {}, ...tasks.map((task, index) => element("li", {}, element("strong", {}, task), element("p", {}, answers[index])))),
        element("p", { class: "sp-sheet-set" }, link)));
  }

  // Why it matters, and of what state the picture is.
  head(title, link) {
    const why = document.querySelector(".stMain .stMarkdown p")?.textContent ?? "";
    const words = element("div", {},
      element("h1", {}, title),
      element("p", { class: "sp-sheet-who" }, element("span", {}, "Name"), element("span", {}, "Date")),
      element("p", {}, why),
      element("p", { class: "sp-sheet-set" }, this.settings()),
      element("p", { class: "sp-sheet-set" }, link));
    return element("div", { class: "sp-sheet-head" }, words, codeOf(link) ?? "");
  }

  task(task, axes) {
    const asked = Object.values(this.stage.inputs).find(({ kind, label }) => kind === "question" && label === task);
    const card = this.stage.cards.find(({ label }) => label === task);
    const options = asked?.options.map((option) => element("li", {}, option)) ?? [];
    const lines = Array.from({ length: asked ? 1 : LINES }, () => element("div", { class: "sp-sheet-line" }));
    const room = asked || card || !axes ? [] : [axes.cloneNode()];
    return element("li", {}, element("strong", {}, task), card ? element("p", {}, card.words) : "",
      element("ul", { class: "sp-sheet-options" }, ...options),
      element("div", { class: "sp-sheet-room" }, ...room, element("div", {}, ...lines)));
  }

  // What the controls are set to.
  settings() {
    const controls = [...this.stage.view.controlsNode.querySelectorAll(".sp-knob, .sp-choice")];
    const rows = controls.filter((row) => !row.querySelector(".sp-kind"));
    const told = rows.map((row) => {
      const name = row.querySelector("label, legend")?.textContent;
      const cells = [...row.querySelectorAll("tr")].map((each) => [...each.querySelectorAll("input")].map((cell) => cell.value).join(" "));
      const value = cells.join("; ") || row.querySelector(".sp-number, input:checked")?.value;
      return name && value && `${name} = ${value}`;
    });
    return told.filter(Boolean).join(" · ");
  }

  diagram() {
    return [...this.stage.view.diagramNode.querySelectorAll("svg")].slice(0, 1).map((svg) => svg.cloneNode(true));
  }

  // The first plot without its curves, but for the target: there the reader draws. Null where it is drawn in space.
  async axes() {
    const { gd } = this.stage.view.plots.plots[0] ?? {};
    if (!gd?.layout || gd.layout.scene) return null;
    const data = gd.data.filter(({ type, name }) => type === "scatter" && GIVEN.test(name));
    const { annotations, shapes, ...kept } = gd.layout;
    const layout = { ...kept, margin: { ...kept.margin, r: 8, t: 8 } };
    const ruled = Object.entries(layout).map(([name, part]) => [name, /^[xy]axis/.test(name) ? { ...part, ...RULED } : part]);
    return pictured(gd, { data: [...gd.data.map(emptied), ...data], layout: Object.fromEntries(ruled) }, EMPTY);
  }
}

// A trace that keeps its axes and shows nothing.
function emptied({ xaxis, yaxis }) {
  return { type: "scatter", xaxis, yaxis, x: [null], y: [null], showlegend: false };
}

// A figure as an image that paper can scale; what is drawn in space as it is seen.
async function pictured(gd, figure, most = DRAWN) {
  const plotly = plotlyOf(kindOf(gd));
  if (!gd.layout || !plotly) return null;
  const [width, height] = [Math.min(gd.layout.width, most.width), Math.min(gd.layout.height, most.height)];
  const seen = photograph(gd);
  const src = seen ? seen.toDataURL() : await plotly.toImage(figure, { format: "svg", width, height });
  return element("img", { src, alt: "" });
}
