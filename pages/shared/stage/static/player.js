// Playing: a knob moves along its scale by itself. Where motion is unwelcome it hops instead of gliding.

const LONGEST_S = 6;
const STEPS_PER_S = 40;
const HOPS = 8;
const HOP_S = 1;

export class Player {
  constructor(stage) {
    Object.assign(this, { stage, name: null });
  }

  toggle(name) {
    const again = this.name === name;
    this.stop();
    if (!again) this.start(name);
  }

  start(name) {
    const { stage } = this;
    const { scale } = stage.controls.rows.get(name);
    const last = scale.count - 1;
    const now = scale.index(stage.values[name]);
    const from = now >= last ? 0 : now;
    stage.fetch(name);
    this.name = name;
    stage.controls.playing(name);
    const pace = paceOf(last);
    let began = null;
    const tick = (time) => {
      if (this.name !== name) return;
      if (began === null && stage.requests.asked && !stage.sweeps.of(name, stage.values)) {
        this.frame = requestAnimationFrame(tick);
        return;
      }
      began ??= time;
      const index = Math.min(from + pace((time - began) / 1000), last);
      stage.set(name, scale.at(index));
      if (index >= last) this.stop();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  // Stops whatever plays; its last value is kept.
  stop() {
    if (!this.name) return;
    cancelAnimationFrame(this.frame);
    this.name = null;
    this.stage.controls.playing(null);
    this.stage.commitSoon(0);
  }
}

// How many of `last` steps are gone after so many seconds.
export function paceOf(last, hopping = matchMedia("(prefers-reduced-motion: reduce)").matches) {
  if (hopping) {
    const hop = Math.ceil(last / HOPS);
    return (seconds) => hop * Math.floor(seconds / HOP_S);
  }
  const speed = Math.min(Math.max(last / LONGEST_S, 1), STEPS_PER_S);
  return (seconds) => Math.floor(seconds * speed);
}
