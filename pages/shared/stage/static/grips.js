// Grips: points of a plot that move several knobs at once. Python says how, and one request is under way at a time.
// (A handle is one knob, whose value the browser finds by itself.)

import { element } from "./dom.js";
import { holdable } from "./hold.js";
import { Overlay } from "./overlay.js";

export class Grips extends Overlay {
  constructor(plots, stage) {
    super(plots, stage);
    this.boards = [];
  }

  colour(grip) {
    return grip.colour;
  }

  // The knobs are what keyboard and screen reader use; the grip is for the pointer alone.
  make(index) {
    return this.held("sp-grip", index);
  }

  place() {
    super.place();
    this.boards.forEach((board, index) => (board.hidden = !this.items[index]?.anywhere));
    this.items.forEach(({ plot, anywhere }, index) => anywhere && this.plots.plots[plot].cover(this.board(index)));
  }

  // Lies under the grip and drops it where it is clicked.
  board(index) {
    return (this.boards[index] ??= this.held("sp-board sp-drop", index, (event) => this.move(index, event)));
  }

  held(look, index, pressed = () => {}) {
    return holdable(element("div", { class: look, "aria-hidden": "true" }), this.stage, {
      take: (event) => {
        event.preventDefault();
        this.stage.player.stop();
        pressed(event);
      },
      move: (event) => this.move(index, event),
    });
  }

  move(index, event) {
    const { name, plot } = this.items[index];
    this.stage.requests.want({ grip: { name, ...this.plots.plots[plot].place(event) } });
  }
}
