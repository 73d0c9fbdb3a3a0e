// The page on which readers make a talk of their own: its links in a list, one link or a file of it all, and Play.
//
// It all happens in the browser: what is written here goes to nobody but those who get the link or the file.

import { element, setText } from "./dom.js";
import { LONGEST } from "./link.js";
import { MOST, TALK, destination, emptyTalk, keepTalk, keptTalk, opened, packed, replaceTalk, shortened, stopsOf, talkBefore, unpacked, written } from "./own.js";
import { fileName } from "./plots.js";
import { play } from "./present.js";
import { copiedText } from "./share.js";

const NOT_KEPT = "This browser keeps nothing: save the talk as a file before you leave.";
const LINK_REST_MS = 300;
const editors = new WeakMap();

export function edit({ lessons }, parent) {
  if (!editors.has(parent)) editors.set(parent, new Editor(parent, lessons));
}

const button = (label, onclick, more = {}) => element("button", { type: "button", class: "sp-button", onclick, ...more }, label);

class Editor {
  constructor(parent, lessons) {
    this.lessons = lessons;
    this.talk = keptTalk();
    this.removed = null;
    parent.append(this.build());
    this.render();
    this.come();
    addEventListener("hashchange", ({ newURL }) => parent.isConnected && this.come(new URL(newURL)));
    addEventListener("storage", ({ key }) => key === TALK && parent.isConnected && this.take(keptTalk()));
  }

  build() {
    const field = (tag, label, more) => element(tag, { class: "sp-link", "aria-label": label, ...more });
    this.title = field("input", "name of the talk", { type: "text", maxlength: MOST.title, oninput: () => this.rename() });
    this.paste = field("textarea", "links to add", { rows: 3, placeholder: "bumps?height=2 Two steps make a bump." });
    this.address = field("input", "link of the talk", { type: "text", readonly: true, onfocus: () => this.address.select() });
    this.list = element("ol", { class: "sp-stops" });
    this.file = element("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => this.open() });
    this.said = element("p", { class: "sp-said", role: "status" });
    this.long = element("p", { class: "sp-error" });
    this.wrong = element("ul", { class: "sp-error sp-wrong", role: "alert" });
    this.playing = button("Play", () => this.play(0), { class: "sp-button sp-plays" });
    this.back = button("", () => this.bringBack());
    this.undo = button("Bring it back", () => this.unremove());
    const saving = button("Save as a file", () => this.save());
    const buttons = [button("Open a file", () => this.file.click()), button("Begin a new talk", () => this.replace(emptyTalk(), [])), this.back];
    this.node = element("section", { class: "sp-mine", "aria-label": "your talk" },
      element("div", { class: "sp-mine-head" }, this.title, this.playing),
      this.wrong, this.list,
      element("div", { class: "sp-row" }, this.said, this.undo),
      element("h2", {}, "Add links"),
      element("p", {}, "One in each row; what stands behind a link is its sentence. Or press Share on a picture, and Add to my talk."),
      this.paste, element("div", { class: "sp-row" }, button("Add", () => this.add())),
      element("h2", {}, "Keep it, pass it on"),
      element("div", { class: "sp-copied" }, this.address, button("Copy", () => this.copy(), { "aria-label": "copy the link of the talk" })), this.long,
      element("div", { class: "sp-row" }, saving, this.file, ...buttons));
    return this.node;
  }

  // ---- the list ---------------------------------------------------------------------------------

  render() {
    const { title, stops } = this.talk;
    this.title.value = title;
    this.list.replaceChildren(...stops.map((stop, at) => this.row(stop, at)));
    this.follow();
  }

  row(stop, at) {
    const [place, last] = [at + 1, this.talk.stops.length - 1];
    const where = element("a", { target: "_blank" });
    const wrong = element("p", { class: "sp-error", id: `sp-wrong-${place}` });
    const fields = Object.entries({ link: "link", says: "sentence", ask: "what to ask" }).map(([cell, called]) => this.field(stop, cell, `${called} of stop ${place}`, called));
    const name = (does) => ({ "aria-label": `${does} stop ${place}` });
    const buttons = [
      button("Play from here", () => this.play(at), { "aria-label": `Play from here: stop ${place}` }),
      button("↑", () => this.move(at, -1), { ...name("move up"), disabled: at === 0 }),
      button("↓", () => this.move(at, 1), { ...name("move down"), disabled: at === last }),
      button("Remove", () => this.remove(at), name("Remove")),
    ];
    const node = element("li", {}, element("div", { class: "sp-stop-head" }, where, element("span", { class: "sp-row" }, ...buttons)), ...fields, wrong);
    node.tell = () => this.tell(stop, place, { where, wrong, link: fields[0].querySelector("input"), playing: buttons[0] });
    node.tell();
    return node;
  }

  field(stop, cell, label, called) {
    const input = element("input", { type: "text", class: "sp-link", maxlength: MOST[cell], "aria-label": label, oninput: () => {
      stop[cell] = input.value;
      this.changed();
      if (cell === "link") input.closest("li").tell();
    } });
    input.value = stop[cell];
    return element("label", {}, element("span", { "aria-hidden": "true" }, called), input);
  }

  // Where the link of a stop leads, or why nowhere.
  tell(stop, place, { where, wrong, link, playing }) {
    const { lesson, query, wrong: says } = destination(stop.link, this.lessons);
    const dead = lesson === undefined;
    setText(where, dead ? `${place}. leads nowhere` : `${place}. ${this.lessons[lesson].title}`);
    if (dead) where.removeAttribute("href");
    else where.href = new URL(`${lesson}${query && `?${query}`}`, document.baseURI).href;
    setText(wrong, says);
    playing.disabled = dead;
    link.setAttribute("aria-invalid", dead);
    if (says) link.setAttribute("aria-describedby", wrong.id);
    else link.removeAttribute("aria-describedby");
  }

  add() {
    const stops = stopsOf(this.paste.value).map((stop) => ({ ...stop, link: shortened(stop.link) }));
    const room = MOST.stops - this.talk.stops.length;
    const [fit, left] = [stops.slice(0, room), stops.slice(room)];
    this.talk.stops.push(...fit);
    this.paste.value = left.map(({ link, says, ask }) => [link, says, ask].join("\t")).join("\n");
    this.changed();
    this.render();
    this.say(left.length ? `A talk has at most ${MOST.stops} stops: ${left.length} are not added, and still stand there.` : `${fit.length} added.`);
  }

  move(at, by) {
    const [stop] = this.talk.stops.splice(at, 1);
    this.talk.stops.splice(at + by, 0, stop);
    this.changed();
    this.render();
    this.say(`It is stop ${at + by + 1} of ${this.talk.stops.length} now.`);
    const label = by < 0 ? "up" : "down";
    const there = this.list.children[at + by];
    (there.querySelector(`[aria-label^="move ${label}"]:enabled`) ?? there.querySelector('[aria-label^="move"]:enabled')).focus();
  }

  remove(at) {
    const [stop] = this.talk.stops.splice(at, 1);
    this.changed();
    this.render();
    this.say(`Stop ${at + 1} is removed.`);
    this.removed = { stop, at };
    this.undo.hidden = false;
    this.undo.focus();
  }

  unremove() {
    const { stop, at } = this.removed;
    this.talk.stops.splice(at, 0, stop);
    this.changed();
    this.render();
    this.say(`It is stop ${at + 1} again.`);
    this.list.children[at].querySelector("input").focus();
  }

  // ---- the whole --------------------------------------------------------------------------------

  rename() {
    this.talk.title = this.title.value;
    this.changed();
  }

  changed() {
    this.talk.own = true;
    this.removed = null;
    if (!keepTalk(this.talk)) this.say(NOT_KEPT);
    this.follow();
  }

  // What stands on the page of the talk as a whole.
  follow() {
    this.undo.hidden = !this.removed;
    this.playing.disabled = !this.playable().length;
    const before = talkBefore();
    this.back.hidden = !before;
    setText(this.back, before ? `Back to “${before.title}”` : "");
    clearTimeout(this.linking);
    this.linking = setTimeout(() => this.link(), LINK_REST_MS);
  }

  async link() {
    const link = `${new URL("talk", document.baseURI).href}#${await packed(this.talk)}`;
    this.address.value = link;
    setText(this.long, link.length < LONGEST ? "" : `This link has ${link.length} characters, and some programs cut what is longer than ${LONGEST}. Save the talk as a file and pass that on, or leave out the longest links or sentences.`);
  }

  say(text) {
    this.undo.hidden = true;
    setText(this.said, text);
  }

  // A talk that came by a link stands after the sign # of the address, and goes to no server. Of two the later one
  // is shown.
  async come({ hash } = location) {
    const text = (this.coming = hash.slice(1));
    if (!text) return;
    const { talk, notes } = await unpacked(text);
    if (text !== this.coming) return;
    this.replace(talk, notes);
    if (talk && JSON.stringify(keptTalk().stops) === JSON.stringify(talk.stops)) history.replaceState(history.state, "", location.pathname + location.search);
  }

  async open() {
    const [file] = this.file.files;
    if (!file) return;
    const { talk, notes } = await opened(file);
    this.file.value = "";
    this.replace(talk, notes);
  }

  // Another talk, where there is one, and what is to be said of it.
  replace(talk, notes) {
    this.wrong.replaceChildren(...notes.map((note) => element("li", {}, note)));
    if (!talk) return;
    if (!replaceTalk(talk)) this.say(NOT_KEPT);
    this.take({ ...talk, own: false });
  }

  take(talk) {
    this.talk = talk;
    this.removed = null;
    this.render();
  }

  bringBack() {
    const before = talkBefore();
    replaceTalk(before, true);
    this.take({ ...before, own: true });
    this.title.focus();
  }

  save() {
    const href = URL.createObjectURL(new Blob([written(this.talk)], { type: "application/json" }));
    element("a", { href, download: `${fileName(this.talk.title) || "talk"}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 0);
    this.say("Saved.");
  }

  async copy() {
    await this.link();
    this.address.select();
    const copied = await copiedText(this.address.value);
    this.say(copied ? "Copied." : "This browser does not copy by itself: the link is selected, press Ctrl + C.");
  }

  // ---- playing ----------------------------------------------------------------------------------

  playable() {
    const found = this.talk.stops.map((stop) => ({ stop, ...destination(stop.link, this.lessons) }));
    return found.filter(({ lesson }) => lesson !== undefined);
  }

  play(at) {
    const from = this.talk.stops[at];
    const found = this.playable();
    const stops = found.map(({ stop, lesson, query }) => ({ name: this.lessons[lesson].title, lesson, query, says: stop.says, ask: stop.ask }));
    if (!play({ title: this.talk.title, stops }, Math.max(found.findIndex(({ stop }) => stop === from), 0))) this.say(NOT_KEPT);
  }
}
