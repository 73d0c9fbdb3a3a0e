// Take: what a reader takes away of the picture. The browser saves its plots; Python writes all other files.

import { element } from "./dom.js";
import { fileName } from "./plots.js";

const PICTURES = { "picture.png": "png", "picture.svg": "svg" };
const CURVES = "curves.csv";

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
    const names = [...(shown?.plots.length ? [...Object.keys(PICTURES), CURVES] : []), ...(shown?.files ?? [])];
    this.menu.replaceChildren(...names.map((name) =>
      element("button", { type: "button", class: "sp-button", onclick: () => this.take(name) }, name)));
  }

  take(name) {
    this.menu.hidePopover();
    if (PICTURES[name]) this.stage.view.plots.save(PICTURES[name]);
    else this.stage.requests.want({ file: name });
  }

  // A file has come.
  receive({ name, content }) {
    const href = URL.createObjectURL(new Blob([content], { type: "text/plain;charset=utf-8" }));
    element("a", { href, download: `${fileName(document.title)}-${name}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 0);
  }
}
