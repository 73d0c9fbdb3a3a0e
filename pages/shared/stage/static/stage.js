// The stage: shows the frame under the reader's thumb, and asks Python for what it does not have.
//
// While a sweep is missing, the latest values are sent again and again; once it is there, nothing needs to be
// asked until the values are committed.

import { Assigned } from "./assign.js";
import { Beside } from "./beside.js";
import { loadCodes } from "./code.js";
import { oncePerFrame } from "./dom.js";
import { leave, misframed, report, tell } from "./embed.js";
import { Ghost } from "./ghost.js";
import { keepEntries } from "./history.js";
import { KEPT, keepWay, lessonAt, mark, written } from "./kept.js";
import { listenForKeys } from "./keys.js";
import { closeAfterChoice } from "./menu.js";
import { Moves, same } from "./moves.js";
import { giveAddress } from "./paper.js";
import { Player } from "./player.js";
import { attend, leaveTalk, pictured, received } from "./present.js";
import { reachAll } from "./reach.js";
import { Requests } from "./requests.js";
import { offerScheme } from "./scheme.js";
import { alone, runPage } from "./sending.js";
import { Share } from "./share.js";
import { Sweeps, keyOf } from "./sweep.js";
import { Take } from "./take.js";
import { Theme } from "./theme.js";
import { keepWords } from "./translation.js";
import { View } from "./view.js";
import { unpack } from "./wire.js";

const KEYS_REST_MS = 400;
// How long the rest of a sweep may be on its way before pictures are asked for one by one instead.
const REST_MS = 400;

const stages = new WeakMap();
let count = 0;

export async function mount({ data, parentElement, setTriggerValue }, bundles, codes) {
  keepEntries(readdressed);
  keepWords();
  closeAfterChoice();
  giveAddress();
  reachAll();
  listenForKeys();
  keepWay();
  offerScheme();
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  const stage = stages.get(parentElement);
  stage.trigger = (request) => setTriggerValue("request", request);
  stage.view.bundles = bundles;
  const needed = [unpack(data), stage.arriving, stage.view.styled];
  stage.arriving = Promise.all(needed).then(([message]) => message);
  stage.receive(await stage.arriving);
  loadCodes(codes);
  // Streamlit also calls this where the next message has overtaken this one, and the stage is still there.
  return () => parentElement.isConnected || stage.close();
}

function readdressed(before, after) {
  written(before, after);
  tell();
}

class Stage {
  constructor(parent) {
    this.id = ++count;
    this.lesson = lessonAt(location);
    this.solved = KEPT.of(this.lesson).done;
    this.values = null;
    this.sweeps = new Sweeps((name) => this.controls.rows.get(name)?.scale);
    this.holding = false;
    this.latest = null;
    this.drawSoon = oncePerFrame(() => this.draw());
    this.requests = new Requests({ send: (request, givenUp, goes) => alone(() => goes() && this.trigger(request), givenUp), values: () => this.values, runPage });
    this.beside = new Beside({ resolve: (value) => this.theme.resolve(value), show: (answer) => this.follow(answer), fail: () => this.requests.want({}) });
    this.take = new Take(this);
    this.assigned = new Assigned(this);
    this.moves = new Moves(this);
    this.ghost = new Ghost(this);
    this.view = new View(parent, this);
    this.controls = this.view.controls;
    this.theme = new Theme(this.view.node);
    this.player = new Player(this);
    if (this.id === 1) this.notice(misframed());
    attend(this);
  }

  close() {
    this.player.stop();
    leaveTalk(this);
    this.view.close();
    clearTimeout(this.resting);
    clearTimeout(this.overdue);
    this.requests.close();
    leave(this);
  }

  // ---- what Python says ------------------------------------------------------------------------

  receive(message) {
    this.name = message.name;
    this.view.call(message.name);
    const opened = Boolean(this.inputs);
    const changed = message.identity !== this.identity || !same(this.committed, message.committed);
    const outdated = this.theme.refresh(message.palette) || message.identity !== this.identity;
    if (outdated) this.sweeps.clear();
    this.identity = message.identity;
    const others = !same(this.inputs, message.inputs);
    this.inputs = message.inputs;
    this.cards = message.cards;
    this.within = message.within;
    this.solved = { ...message.solved, ...this.solved };
    this.assigned.take(message.assigned);
    this.pins = message.pins;
    // Without a server one input moves alone, and all others go back (alone.js), before anything else is asked.
    const { alone: one } = message;
    if (one !== undefined) this.values = { ...message.values, ...(one && { [one]: this.values[one] }) };
    const answered = this.requests.settle(message.reply);
    this.beside.open(message.door);
    if (answered?.grip) this.values = { ...message.values };
    this.committed = message.committed;
    message.picture = this.theme.resolve(message.picture);
    const shape = JSON.stringify([message.inputs, message.presets]);
    if (others || this.idle()) {
      this.values = { ...message.committed };
      this.moves.receive(this.values, answered?.commit && !others);
    }
    if (shape !== this.shape) {
      this.controls.build(message.inputs, message.presets);
      this.shape = shape;
    }
    if (message.sweep && !this.keep(message)) this.wantRest(message.sweep.name);
    if (message.hint && !this.view.worksheet.take(message.hint)) this.view.tasks.hint(message.hint, message.values);
    if (message.file) this.take.receive(message.file);
    this.drawn = message.values;
    const solved = (answered?.commit || (opened && changed && this.idle())) && this.solve(message.picture.tasks ?? {});
    if (!this.covering()) this.show(message.picture, this.holding ? this.view.differs(message.picture) : null);
    if (!opened) this.view.bringGiven();
    if (answered?.commit) this.assigned.judged();
    report(this, solved);
    this.drawSoon();
    if (outdated && this.inputs[this.latest] && this.inHand()) this.fetch(this.latest);
    this.requests.pump();
    received(this);
  }

  // What is done where the reader let go, or by a menu, stays done; what a link shows as it opens is not theirs, whatever
  // is asked for before something changes.
  // Says whether something is done that was not before.
  solve(tasks) {
    if (this.assigned.isAnswer()) return false;
    const before = Object.keys(this.solved).length;
    this.solved = { ...KEPT.solve(this.lesson, tasks), ...this.solved };
    mark();
    return Object.keys(this.solved).length > before;
  }

  keep({ sweep, values, picture }) {
    sweep.columns = sweep.columns.map((column) => this.theme.resolve(column));
    return this.sweeps.keep(sweep, values, picture);
  }

  // Where many ask, what is near the thumb comes first; whoever is still at it gets the rest.
  wantRest(name) {
    if (!this.holding && !this.player.name) return;
    this.askedRest = performance.now();
    this.requests.want({ sweep: name, rest: true });
  }

  idle() {
    return !this.requests.busy && !this.resting && !this.player.name && !this.holding;
  }

  inHand() {
    return this.holding || this.player.name || this.view.node.contains(document.activeElement);
  }

  // ---- what the reader does --------------------------------------------------------------------

  grab(name) {
    this.player.stop();
    this.fetch(name);
  }

  approach(name) {
    if (this.idle()) this.fetch(name);
  }

  fetch(name) {
    this.latest = name;
    if (this.sweeps.of(name, this.values)) return;
    if (this.sweeps.hasPart(name, this.values)) return this.wantRest(name);
    const { asked } = this.requests;
    if (asked?.sweep === name && keyOf(asked.values, name) === keyOf(this.values, name)) return;
    this.requests.want({ sweep: name });
  }

  set(name, value) {
    if (this.values[name] === value) return;
    this.values = { ...this.values, [name]: value };
    this.notice("");
    this.drawSoon();
  }

  assign(values) {
    this.player.stop();
    this.values = { ...this.values, ...values };
    this.drawSoon();
    this.commitSoon(0);
  }

  play(name) {
    this.player.toggle(name);
  }

  notice(text) {
    this.view.notice(text);
  }

  // asked: what else than the picture is shared.
  share(asked) {
    this.commitSoon(0);
    new Share(this, asked);
  }

  // What was set or asked is not wanted any more: another link comes.
  drop() {
    this.player.stop();
    clearTimeout(this.resting);
    this.resting = null;
    this.requests.close();
  }

  // Let go: the values go into the link. Keys rest a moment first, so that ten presses are one commit.
  commitSoon(delay = KEYS_REST_MS) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = null;
      this.view.say();
      const { gripping, committing } = this.requests;
      if (!gripping) this.moves.rest(this.values);
      if (gripping || committing || !same(this.values, this.committed)) this.requests.want({ commit: true });
    }, delay);
  }

  // ---- drawing ---------------------------------------------------------------------------------

  covering() {
    return this.sweeps.covering(this.values, this.view.shown);
  }

  draw() {
    this.controls.show(this.values);
    const sweep = this.covering();
    if (sweep) this.step(sweep);
    else if (!same(this.values, this.drawn)) this.ask();
  }

  // Asks for this one picture; where the rest of a sweep is on its way, not before that is overdue.
  ask() {
    if (this.requests.asked?.rest && this.late !== this.requests.asked) return this.awaitRest(this.requests.asked);
    this.drawn = this.values;
    if (!this.holding || !this.beside.ask(this.values)) this.requests.want({});
  }

  // A picture has come beside Streamlit, while the hand draws or just after.
  follow({ picture, before, paths }) {
    if (this.covering()) return;
    this.show(picture, paths && this.view.shown === before ? paths : this.view.differs(picture));
  }

  awaitRest(asked) {
    clearTimeout(this.overdue);
    this.overdue = setTimeout(() => {
      this.late = asked;
      this.drawSoon();
    }, Math.max(0, REST_MS - (performance.now() - this.askedRest)));
  }

  step(sweep) {
    const index = this.controls.rows.get(sweep.name).scale.index(this.values[sweep.name]);
    const follows = this.view.shown === sweep.picture;
    if (follows && sweep.index === index) return;
    const paths = sweep.apply(index);
    sweep.index = index;
    this.show(sweep.picture, follows ? paths : null);
  }

  // Shows a picture; where `paths` is given, only what lies under them has changed.
  show(picture, paths = null) {
    this.view.show(picture, paths);
    if (picture.error) return;
    this.controls.nudge(picture.nudges, this.values);
    this.controls.idle(picture.idle);
    pictured(this);
    if (!paths) this.ghost.offer(picture, this.pins);
    if (!paths && !this.holding) this.view.say();
  }
}
