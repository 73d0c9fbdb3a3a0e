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
    const last = stage.inputs[name].count - 1;
    const from = stage.index(name) >= last ? 0 : stage.index(name);
    stage.fetch(name);
    this.name = name;
    stage.controls.playing(name);
    const pace = paceOf(last);
    let began = null;
    const tick = (now) => {
      if (this.name !== name) return;
      if (began === null && stage.sweeps.get(name)?.key !== stage.key(stage.values, name) && stage.asked) {
        this.frame = requestAnimationFrame(tick);
        return;
      }
      began ??= now;
      const index = Math.min(from + pace((now - began) / 1000), last);
      stage.set(name, stage.controls.rows.get(name).at(index));
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

// How many steps are gone after so many seconds.
function paceOf(last) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    const hop = Math.ceil(last / HOPS);
    return (seconds) => hop * Math.floor(seconds / HOP_S);
  }
  const speed = Math.min(Math.max(last / LONGEST_S, 1), STEPS_PER_S);
  return (seconds) => Math.floor(seconds * speed);
}
