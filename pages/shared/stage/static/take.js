// Take: what a reader takes away of the picture. The browser makes a slide of it; Python writes all other files.

import { element } from "./dom.js";
import { fileName } from "./plots.js";

const [PNG, SVG] = ["picture.png", "picture.svg"];
const CURVES = "curves.csv";
const ALONE = "picture.html";
const PACKAGE = "scorm.zip";
// What a file is, where it is no plain text.
const KINDS = { [ALONE]: "text/html;charset=utf-8", [PACKAGE]: "application/zip" };
const NO_PICTURE = "This browser could not make the picture; try picture.svg, or another browser.";

export class Take {
  constructor(stage) {
    this.stage = stage;
    this.menu = element("div", { class: "sp-files", popover: "auto", role: "group", "aria-label": "files to save" });
    this.menu.id = `sp-files-${stage.id}`;
    const button = element("button", { type: "button", class: "sp-button sp-save", popovertarget: this.menu.id }, "Save …");
    this.node = element("span", { class: "sp-take" }, button, this.menu);
    this.menu.addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.offer());
  }

  // The files there are of the picture that is shown.
  offer() {
    const { shown } = this.stage.view;
    const names = [...(shown ? [PNG, SVG, ALONE, PACKAGE] : []), ...(shown?.plots.length ? [CURVES] : []), ...(shown?.files ?? [])];
    this.menu.replaceChildren(...names.map((name) =>
      element("button", { type: "button", class: "sp-button", onclick: () => this.take(name) }, name)));
  }

  take(name) {
    this.menu.hidePopover();
    if ([PNG, SVG].includes(name)) this.picture(name).catch(() => this.stage.notice(NO_PICTURE));
    else this.stage.requests.want({ file: name });
  }

  async picture(name) {
    const { photographOf, slideOf } = await import("./slide.js");
    const svg = await slideOf(this.stage);
    save(name, name === PNG ? await photographOf(svg) : new Blob([svg], { type: "image/svg+xml" }));
  }

  // A file has come.
  receive({ name, content }) {
    save(name, new Blob([content], { type: KINDS[name] ?? "text/plain;charset=utf-8" }));
  }
}

function save(name, content) {
  const href = URL.createObjectURL(content);
  element("a", { href, download: `${fileName(document.title)}-${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 0);
}
