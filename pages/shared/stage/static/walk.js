// Walking: a plot that has the focus is walked along with the arrows; where one stands is marked and said. It can be
// heard, too: pitch is height, and the target is a second voice, so that a small error is heard as beats.

import { element, hide, setText } from "./dom.js";
import { stand } from "./overlay.js";

const HINT = "← → walk along the curve, ↑ ↓ to the next one, s plays it";
const FEWEST = 8;
const STEPS = 100;
const PACES = { ArrowRight: 1, ArrowLeft: -1 };
const TURNS = { ArrowDown: 1, ArrowUp: -1 };
const ENDS = { Home: 0, End: -1 };
const LASTS_S = 4;
const [LOWEST_HZ, OCTAVES] = [220, 2];
const SOFT_S = 0.01;
const LOUD = 0.12;

export class Walker {
  constructor(plot) {
    Object.assign(this, { plot, which: 0, at: null });
    this.mark = element("div", { class: "sp-walker", "aria-hidden": "true", hidden: true });
    this.says = element("p", { class: "sp-walked", role: "status" });
    plot.over.append(this.mark);
    plot.node.append(this.says);
    plot.node.addEventListener("keydown", (event) => this.heard(event));
    plot.node.addEventListener("focus", () => plot.node.matches(":focus-visible") && this.begin());
    plot.node.addEventListener("blur", () => this.end());
  }

  // The curves that can be walked: lines through many points, from left to right.
  get curves() {
    const lines = this.plot.figure.data.filter(({ type, mode }) => type === "scatter" && mode?.includes("lines"));
    return lines.filter(({ x, y }) => y?.length >= FEWEST && y.some(Number.isFinite) && x.every((each, i) => !i || !(each < x[i - 1])));
  }

  get curve() {
    const { curves } = this;
    return curves[((this.which % curves.length) + curves.length) % curves.length];
  }

  // Only where there is a curve is the plot a stop on the way of Tab.
  meet({ layout }) {
    const [across, up] = ["xaxis", "yaxis"].map((axis) => layout[axis]?.title?.text);
    const named = { "aria-roledescription": "plot", "aria-label": across && up ? `${up} over ${across}` : across ?? up ?? "curves" };
    const walked = this.curve ? { ...named, tabindex: 0, role: "application" } : {};
    for (const name of ["tabindex", "role", ...Object.keys(named)]) {
      if (name in walked) this.plot.node.setAttribute(name, walked[name]);
      else this.plot.node.removeAttribute(name);
    }
  }

  begin() {
    setText(this.says, this.curve ? HINT : "");
  }

  end() {
    this.hush();
    this.at = null;
    this.mark.hidden = true;
    setText(this.says, "");
  }

  heard(event) {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (target !== this.plot.node || ctrlKey || altKey || metaKey || !this.curve || !this.act(key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Says whether the key was one of ours.
  act(key) {
    if (key === "s") return this.play();
    const turns = TURNS[key] ?? 0;
    if (!turns && !(key in PACES) && !(key in ENDS)) return false;
    this.hush();
    this.which += turns;
    const { length } = this.curve.x;
    const pace = (PACES[key] ?? 0) * Math.max(Math.round(length / STEPS), 1);
    const from = this.at === null ? Math.floor(length / 2) - pace : Math.min(this.at, length - 1);
    this.go(key in ENDS ? ENDS[key] && length - 1 : Math.min(Math.max(from + pace, 0), length - 1));
    this.say();
    return true;
  }

  go(at) {
    this.at = at;
    this.place();
  }

  // The mark goes with its curve.
  place() {
    const curve = this.at === null ? undefined : this.curve;
    if (!curve) {
      hide(this.mark, true);
      return;
    }
    const { x, y, xaxis, yaxis } = curve;
    const at = Math.min(this.at, x.length - 1);
    stand(this.mark, Number.isFinite(y[at]) ? this.plot.pixel({ x: x[at], y: y[at], xaxis, yaxis }) : null);
  }

  say() {
    const { name, x, y } = this.curve;
    const across = this.plot.figure.layout.xaxis?.title?.text ?? "x";
    const height = Number.isFinite(y[this.at]) ? told(y[this.at]) : "no value";
    setText(this.says, `${across} ${told(x[this.at])}: ${name ?? "curve"} ${height}`);
  }

  // ---- heard ------------------------------------------------------------------------------------

  // From left to right once; stops where it plays. Nothing sounds before it was asked for.
  play() {
    if (this.sound) {
      this.hush();
      this.say();
      return true;
    }
    const { curve } = this;
    const target = this.target(curve);
    this.sound = new AudioContext();
    const voices = [curve, target].filter(Boolean).map((each) => ({ each, ...voice(this.sound) }));
    setText(this.says, target ? `${curve.name} and ${target.name}` : curve.name ?? "");
    const began = performance.now();
    const tick = (now) => {
      if (!this.sound) return;
      const share = (now - began) / 1000 / LASTS_S;
      if (share >= 1) {
        this.play();
        return;
      }
      this.go(Math.max(Math.floor(share * curve.x.length), 0));
      for (const { each, pitch, loudness } of voices) this.sing(each, curve.x[this.at], pitch, loudness);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return true;
  }

  hush() {
    this.sound?.close();
    this.sound = null;
  }

  // What the curve is after, if the plot shows it: it has the target's colour.
  target(curve) {
    const colour = getComputedStyle(this.plot.node).getPropertyValue("--sp-target").trim();
    return this.curves.find((each) => each !== curve && each.line?.color === colour);
  }

  sing({ x, y, yaxis = "y" }, where, pitch, loudness) {
    const after = x.findIndex((each) => each >= where);
    const height = y[after < 0 ? x.length - 1 : after];
    const [low, high] = this.plot.heights(yaxis);
    const now = this.sound.currentTime;
    const share = Math.min(Math.max((height - low) / (high - low), 0), 1);
    loudness.setTargetAtTime(Number.isFinite(height) ? LOUD : 0, now, SOFT_S);
    if (Number.isFinite(height)) pitch.setTargetAtTime(LOWEST_HZ * 2 ** (OCTAVES * share), now, SOFT_S);
  }
}

function voice(sound) {
  const gain = new GainNode(sound, { gain: 0 });
  const oscillator = new OscillatorNode(sound, { type: "triangle" });
  oscillator.connect(gain).connect(sound.destination);
  oscillator.start();
  return { pitch: oscillator.frequency, loudness: gain.gain };
}

// Three digits, as numbers are told on the page.
function told(number) {
  return String(Number(number.toPrecision(3))).replace("-", "−");
}
