// Grips: points of a plot that move several knobs at once. Python says how; one request is under way at a time.

import { element } from "./dom.js";
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
    return this.held(element("div", { class: "sp-handle sp-grip", "aria-hidden": "true" }), index);
  }

  place() {
    super.place();
    this.items.forEach(({ plot, anywhere }, index) => anywhere && this.plots.plots[plot].cover(this.board(index)));
    this.boards.forEach((board, index) => (board.hidden = !this.items[index]?.anywhere));
  }

  // Lies under the grip and drops it where it is clicked.
  board(index) {
    return (this.boards[index] ??= this.held(element("div", { class: "sp-board sp-drop", "aria-hidden": "true" }), index));
  }

  held(node, index) {
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.setPointerCapture(event.pointerId);
      this.stage.player.stop();
      this.stage.holding = true;
      if (node === this.boards[index]) this.move(index, event);
    });
    node.addEventListener("pointermove", (event) => {
      if (node.hasPointerCapture(event.pointerId)) this.move(index, event);
    });
    node.addEventListener("lostpointercapture", () => {
      this.stage.holding = false;
      this.stage.commitSoon(0);
    });
    return node;
  }

  move(index, event) {
    const { name, plot } = this.items[index];
    this.stage.want({ grip: { name, ...this.plots.plots[plot].place(event) } });
  }
}
