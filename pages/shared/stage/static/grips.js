// Grips: points of a plot that move several knobs at once. Python says how, and one request is under way at a time.
// (A handle is one knob, whose value the browser finds by itself.)

import { element, hide } from "./dom.js";
import { holdable, mayScroll } from "./hold.js";
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
    return this.held(element("div", { class: "sp-grip", "aria-hidden": "true" }), index);
  }

  place() {
    super.place();
    this.boards.forEach((board, index) => hide(board, !this.items[index]?.anywhere));
    this.items.forEach(({ plot, anywhere }, index) => anywhere && this.plots.plots[plot].cover(this.board(index)));
  }

  // Lies under the grip and drops it where it is clicked or tapped.
  board(index) {
    if (this.boards[index]) return this.boards[index];
    const board = element("div", { class: "sp-board sp-drop", "aria-hidden": "true" });
    board.addEventListener("pointerdown", (event) => mayScroll(event) && event.stopImmediatePropagation());
    board.addEventListener("click", (event) => event.pointerType === "touch" && this.tap(index, event));
    return (this.boards[index] = this.held(board, index, (event) => this.move(index, event)));
  }

  tap(index, event) {
    this.stage.player.stop();
    this.move(index, event);
    this.stage.commitSoon(0);
  }

  held(node, index, pressed = () => {}) {
    return holdable(node, this.stage, {
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
