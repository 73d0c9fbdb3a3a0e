// Holding: a node that is taken with the pointer, moved, and let go; meanwhile the values are the reader's.

// Whether this may become a scroll of the page: a finger beside all that can be held. Its tap is a click.
export function mayScroll({ type, pointerType }) {
  return type === "pointerdown" && pointerType === "touch";
}

// take and move get the event; drop nothing. What was changed goes into the link when it is let go.
export function holdable(node, stage, { take, move, drop = () => {} }) {
  node.addEventListener("pointerdown", (event) => {
    seize(node, stage, event);
    take(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (stage.holding && node.hasPointerCapture(event.pointerId)) move(event);
  });
  node.addEventListener("lostpointercapture", () => {
    if (!stage.holding) return;
    stage.holding = false;
    drop();
    stage.commitSoon(0);
  });
  return node;
}

// The node takes the pointer, also where it was pressed on another one.
export function seize(node, stage, event) {
  node.setPointerCapture(event.pointerId);
  stage.holding = true;
}
