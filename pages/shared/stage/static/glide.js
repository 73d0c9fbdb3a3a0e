// Gliding: knobs move to where a stop has them, as a hand would move them, so that it is seen what changes.

const LASTS_MS = 500;
// Where the browser is slow a frame counts no longer than this: the way is seen all the same.
const LONGEST_FRAME_MS = 50;
// How long the frames of a single knob may be on their way before pictures are asked for one by one.
const PATIENCE_MS = 700;

export class Glide {
  // goal: where the knobs get to, by their names. done: called once they are there, and not where a hand was quicker.
  constructor(stage, goal, done) {
    Object.assign(this, { stage, goal, done });
    const rows = Object.keys(goal).map((name) => [name, stage.controls.rows.get(name).scale]);
    this.ways = rows.map(([name, scale]) => ({ name, scale, from: scale.index(stage.values[name]), to: scale.index(goal[name]) }));
  }

  start() {
    const { stage, ways } = this;
    stage.player.stop();
    stage.holding = true;
    this.seen = stage.values;
    if (ways.length === 1) stage.fetch(ways[0].name);
    const asked = performance.now();
    let before = null;
    let gone = 0;
    const tick = (time) => {
      if (stage.values !== this.seen || !stage.view.node.isConnected) return this.stop();
      if (before === null && this.waits() && time - asked < PATIENCE_MS) return this.next(tick);
      gone += Math.min(time - (before ?? time), LONGEST_FRAME_MS);
      before = time;
      this.show(Math.min(gone / LASTS_MS, 1));
      if (gone < LASTS_MS) return this.next(tick);
      this.stop();
      this.done();
    };
    this.next(tick);
  }

  next(tick) {
    this.frame = requestAnimationFrame(tick);
  }

  // Whether the frames of the knob that moves are still on their way.
  waits() {
    const { stage, ways } = this;
    return ways.length === 1 && stage.requests.asked && !stage.sweeps.of(ways[0].name, stage.values);
  }

  // share: of the time that is gone. Knobs set out and arrive gently.
  show(share) {
    const eased = share * share * (3 - 2 * share);
    for (const { name, scale, from, to } of this.ways) this.stage.set(name, scale.at(Math.round(from + (to - from) * eased)));
    this.seen = this.stage.values;
  }

  // Lets go wherever the knobs are. kept: whether that goes into the link.
  stop(kept = true) {
    cancelAnimationFrame(this.frame);
    if (this.over) return;
    this.over = true;
    this.stage.holding = false;
    if (kept) this.stage.commitSoon(0);
  }
}
