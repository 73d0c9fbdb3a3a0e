// Small helpers for the page.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// At most one call of `draw` an animation frame: the first at once, later ones at the end of the frame.
export function oncePerFrame(draw) {
  let busy = false;
  let again = false;
  return function run() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    draw();
    requestAnimationFrame(() => {
      busy = false;
      if (again) {
        again = false;
        run();
      }
    });
  };
}
