// The slide: the whole stage as one picture, 1920 by 1080, in the colours that are on: title, what is set, diagram,
// formula, plots, numbers and link. It is asked for when it is wanted.
//
// It is laid out in a room of its own, where no style but slide.css holds, and the file has that style and the
// letters in it: it shows the same without this page.

import { codeOf } from "./code.js";
import { drawing, element } from "./dom.js";
import { linkOf } from "./link.js";
import { kindOf, plotlyOf } from "./loading.js";

export const [WIDTH, HEIGHT] = [1920, 1080];
const STYLE = new URL("./slide.css", import.meta.url).href;
const LAID = ["sp-diagram-below", "sp-beside", "sp-lead", "sp-plotless"];

// The slide of a stage as the text of an SVG.
export async function slideOf(stage) {
  const style = await fetch(STYLE).then((answer) => answer.text());
  const host = document.body.appendChild(element("div", { "aria-hidden": "true" }));
  try {
    const room = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    room.adoptedStyleSheets = [sheet];
    const slide = room.appendChild(laidOut(stage));
    narrow(slide.querySelector(".sp-formula"));
    await draw(slide, stage);
    return written(slide, `${await letters(slide)}\n${style}`);
  } finally {
    host.remove();
  }
}

// The same as a PNG. Raises where the browser keeps what it draws to itself.
export async function photographOf(svg) {
  const image = element("img", { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
  await image.decode();
  const canvas = element("canvas", { width: WIDTH, height: HEIGHT });
  canvas.getContext("2d").drawImage(image, 0, 0, WIDTH, HEIGHT);
  return new Promise((told, failed) => canvas.toBlob((blob) => (blob ? told(blob) : failed(new Error("no PNG"))), "image/png"));
}

function laidOut(stage) {
  const { view } = stage;
  const title = document.querySelector(".stMain h1")?.textContent ?? document.title;
  const part = (name, ...children) => element("div", { class: `sp-${name}` }, ...children);
  const slide = element("div", { class: "sp-slide", style: `${view.node.style.cssText}; --st-font: ${stage.theme.font}` },
    element("h1", {}, title),
    part("side", settings(stage), view.readoutsNode.cloneNode(true)),
    part("view", view.panelsNode.cloneNode(true), part("plots", ...view.shown.plots.map(() => part("plot")))),
    element("footer", {}, codeOf(linkOf(location)) ?? "", linkOf(location)));
  slide.classList.add(...LAID.filter((name) => view.node.classList.contains(name)));
  const { plots } = view.shown;
  if (!view.shown.beside) slide.querySelector(".sp-plots").style.gridTemplateRows = plots.map(({ layout }) => `minmax(0, ${layout.height}fr)`).join(" ");
  return slide;
}

// What knobs and choices are set to.
function settings({ inputs, values }) {
  const said = { knob: ({ digits }, value) => value.toFixed(digits).replace("-", "−"), choice: (_, value) => value };
  const told = Object.entries(inputs).filter(([, { kind }]) => kind in said);
  const rows = told.map(([name, spec]) =>
    element("div", { style: spec.kind === "knob" ? `color: var(--sp-${spec.colour})` : null }, element("dt", {}, spec.label), element("dd", {}, said[spec.kind](spec, values[name]))));
  return element("dl", {}, ...rows);
}

// A formula that is longer than its row gets smaller letters.
function narrow(formula) {
  const share = formula.clientWidth / formula.scrollWidth;
  if (share < 1) formula.style.fontSize = `${1.05 * share}rem`;
}

// Each plot is drawn by plotly for the place that it has here, as the reader sees it, turned and zoomed.
async function draw(slide, { view }) {
  const places = [...slide.querySelectorAll(".sp-plot")];
  const boxes = places.map(({ clientWidth: width, clientHeight: height }) => ({ width, height }));
  for (const [index, { gd }] of view.plots.plots.entries()) {
    const plotly = plotlyOf(kindOf(gd));
    const text = await plotly.toImage(gd, { format: "svg", imageDataOnly: true, ...boxes[index] });
    places[index].append(document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true));
  }
}

// The fonts of all words on the slide, each as a rule with its letters in it.
async function letters(slide) {
  const used = new Set([...slide.querySelectorAll("*")].map((node) => getComputedStyle(node)).flatMap(({ fontFamily, fontStyle }) =>
    fontFamily.split(",").map((family) => named(family, fontStyle))));
  const rules = [...document.styleSheets].flatMap(rulesOf).filter(({ style }) =>
    used.has(named(style.getPropertyValue("font-family"), style.getPropertyValue("font-style") || "normal")));
  return (await Promise.all(rules.map(inlined))).join("\n");
}

function named(family, style) {
  return `${family.trim().replace(/["']/g, "")}, ${style}`;
}

// Of a sheet of another origin nothing is known.
function rulesOf(sheet) {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    return [];
  }
}

async function inlined({ cssText, parentStyleSheet }) {
  const [, where] = /url\(["']?([^"')]+)/.exec(cssText) ?? [];
  if (!where) return "";
  const content = await fetch(new URL(where, parentStyleSheet.href ?? document.baseURI)).then((answer) => answer.blob());
  const reader = new FileReader();
  await new Promise((read, failed) => {
    Object.assign(reader, { onload: read, onerror: failed });
    reader.readAsDataURL(content);
  });
  return cssText.replace(/src:[^;}]+/, `src: url(${reader.result})`);
}

function written(slide, style) {
  const { offsetWidth: width, offsetHeight: height } = slide;
  const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${width} ${height}` };
  const { fontSize } = getComputedStyle(document.documentElement);
  const svg = drawing("svg", { ...size, style: `font-size: ${fontSize}` });
  svg.append(drawing("style"), drawing("foreignObject", { width, height }));
  svg.firstChild.textContent = style;
  svg.lastChild.append(slide);
  return new XMLSerializer().serializeToString(svg);
}
