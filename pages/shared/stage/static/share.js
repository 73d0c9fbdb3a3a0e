// Share: the link to what is shown, its QR code, and the code that puts it into a page on another site.

import { formOf } from "./assign.js";
import { codeOf, isFine } from "./code.js";
import { element, setText } from "./dom.js";
import { FRAMED, LEVELS } from "./embed.js";
import { lessonAt, queryOf } from "./kept.js";
import { linkOf, tooLong } from "./link.js";
import { MOST, addToTalk, app } from "./own.js";

const NO_CODE = "There is no QR code: lean-qr, which makes it, did not arrive. The link works all the same.";
const LARGE = "Press it: it fills the window.";
const FINE = "Press it: it fills the window. It says so much that it is too fine for the back row.";
const NOT_KEPT = "This browser keeps nothing, so there is no talk to add to: copy the link, and paste it where you make one.";
const FIRST_LEVEL = "knobs";
const FRAME_HEIGHT = 600;
// How often the address is looked at while the dialog is open: a value let go just now is on its way there.
const LOOKS_MS = 250;

export class Share {
  // title, says: what the dialog is about. more: what the link says besides, now.
  constructor(stage, { title = "Share this picture", says = "", more = null } = {}) {
    Object.assign(this, { stage, title, says, more, level: FIRST_LEVEL, link: "" });
    this.build();
    stage.view.node.append(this.dialog);
    this.look();
    this.looking = setInterval(() => (this.dialog.isConnected ? this.look() : this.close()), LOOKS_MS);
    this.dialog.showModal();
  }

  build() {
    this.address = element("input", { type: "text", class: "sp-link", readonly: true, "aria-label": "link", onfocus: () => this.address.select() });
    this.sentence = element("input", { type: "text", class: "sp-link", maxlength: MOST.says, "aria-label": "sentence for the talk", placeholder: "what to say of it" });
    this.frame = element("textarea", { class: "sp-link", readonly: true, rows: 4, "aria-label": "HTML code", onfocus: () => this.frame.select() });
    this.said = element("p", { class: "sp-said", role: "status" });
    this.long = element("p", { class: "sp-error" });
    this.fine = element("p", { class: "sp-hint" });
    this.code = element("button", { type: "button", class: "sp-code-button", "aria-label": "QR code of the link: fill the window with it", onclick: () => this.fill() });
    this.dialog = element(
      "dialog", { class: "sp-sharing", "aria-label": this.more ? this.title : "Share", onclose: () => this.close() },
      element("h2", {}, this.title),
      this.says && element("p", {}, this.says),
      element("div", { class: "sp-share-rows" }, element("div", { class: "sp-share-code" }, this.code, this.fine), element("div", {},
        element("h3", {}, "Link"), this.row(this.address), this.long,
        ...(this.more ? [] : this.further()))),
      element("div", { class: "sp-share-foot" }, element("button", { type: "button", class: "sp-button", onclick: () => this.dialog.close() }, "Close"), this.said),
    );
  }

  // What else than the link a picture is shared with: a talk, a frame, and a task.
  further() {
    this.form = element("a", { class: "sp-button", target: "_blank" }, "Assign …");
    return [
      element("h3", {}, "In a talk of your own"), this.talk(),
      element("h3", {}, "In a page of your own"), this.levels(), this.row(this.frame),
      element("h3", {}, "As a task for others"), this.form,
    ];
  }

  row(field) {
    const copy = element("button", { type: "button", class: "sp-button", "aria-label": `copy the ${field.getAttribute("aria-label")}`, onclick: () => this.copy(field) }, "Copy");
    return element("div", { class: "sp-copied" }, field, copy);
  }

  talk() {
    const add = element("button", { type: "button", class: "sp-button", onclick: () => this.add() }, "Add to my talk");
    return element("div", { class: "sp-copied" }, this.sentence, add);
  }

  add() {
    const query = queryOf(location.search);
    const link = `${lessonAt(location)}${query && `?${query}`}`;
    const { full, kept, title, count } = addToTalk({ link: link || "?", says: this.sentence.value.trim(), ask: "" });
    if (full || !kept) return setText(this.said, full ? `It is not added: a talk has at most ${MOST.stops} stops.` : NOT_KEPT);
    this.sentence.value = "";
    this.said.replaceChildren(`Added: ${count} ${count === 1 ? "stop" : "stops"} in “${title}”. `, element("a", { href: new URL("talk", app()).href }, "Open the talk"));
  }

  levels() {
    const radio = (level) => element("input", { type: "radio", name: `sp-${this.stage.id}-framed`, value: level, checked: level === this.level, onchange: () => this.choose(level) });
    const labels = Object.entries(LEVELS).map(([level, says]) => element("label", {}, radio(level), element("span", {}, says)));
    return element("div", { class: "sp-segments", role: "radiogroup", "aria-label": "what the frame shows" }, ...labels);
  }

  choose(level) {
    this.level = level;
    this.frame.value = frameCode(linkOf(location, { embed: "true", [FRAMED]: level }), document.title);
  }

  look() {
    const link = linkOf(location, this.more?.());
    if (link === this.link) return;
    this.link = this.address.value = link;
    this.choose(this.level);
    this.form?.setAttribute("href", formOf(this.stage.name));
    setText(this.long, tooLong(link, (name) => this.stage.inputs[name]?.label ?? `“${name}”`));
    const code = codeOf(link);
    this.code.disabled = !code;
    this.code.replaceChildren(code ?? NO_CODE);
    setText(this.fine, !code ? "" : isFine(code, innerWidth, innerHeight) ? FINE : LARGE);
  }

  async copy(field) {
    field.select();
    const copied = await copiedText(field.value);
    setText(this.said, copied ? "Copied." : "This browser does not copy by itself: what is to be copied is selected, press Ctrl + C.");
  }

  // The code as large as the window; a press or Esc leads back.
  fill() {
    const dialog = element(
      "dialog", { class: "sp-filling", "aria-label": "QR code of the link", onclick: () => dialog.close(), onclose: () => dialog.remove() },
      codeOf(this.link), element("p", {}, this.link),
      element("button", { type: "button", class: "sp-button" }, "Close"),
    );
    this.dialog.append(dialog);
    dialog.showModal();
  }

  close() {
    clearInterval(this.looking);
    this.dialog.remove();
  }
}

// Copies, also where a page that came without encryption has no clipboard.
export async function copiedText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

// HTML for a frame that takes the height that the page in it tells.
export function frameCode(link, title) {
  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  return `<iframe src="${quoted(link)}" title="${quoted(title)}" width="100%" height="${FRAME_HEIGHT}" style="border: 0" allow="clipboard-write"></iframe>
<script>
addEventListener("message", ({ source, origin, data }) => {
  if (origin !== "${new URL(link).origin}" || data.from !== "superpose" || !data.height) return;
  for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.height = data.height;
});
</script>`;
}
