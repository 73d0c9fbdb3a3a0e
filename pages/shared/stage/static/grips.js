// Grips: points of a plot that move several knobs at once. Python says how; one request is under way at a time.

import { element } from "./dom.js";
import { Overlay } from "./overlay.js";

export class Grips extends Overlay {
  colour(grip) {
    return grip.colour;
  }

  // The knobs are what keyboard and screen reader use; the grip is for the pointer alone.
  make(index) {
    const node = element("div", { class: "sp-handle sp-grip", "aria-hidden": "true" });
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.setPointerCapture(event.pointerId);
      this.stage.player.stop();
      this.stage.holding = true;
    });
    node.addEventListener("pointermove", (event) => {
      if (!node.hasPointerCapture(event.pointerId)) return;
      const { name, plot } = this.items[index];
      this.stage.want({ grip: { name, ...this.plots.plots[plot].place(event) } });
    });
    node.addEventListener("lostpointercapture", () => {
      this.stage.holding = false;
      this.stage.commitSoon(0);
    });
    return node;
  }
}
