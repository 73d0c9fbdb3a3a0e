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

export function drawing(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// What is in a field is selected when it is entered: with Tab at once, with the pointer when the press is over, for
// until then the browser puts the caret where the press is (and WebKit, a selection that was pressed on, away). Part
// of it that was swept over stays selected.
export function selectOnEntry(field) {
  let pressed = false;
  field.addEventListener("pointerdown", () => (pressed = document.activeElement !== field));
  field.addEventListener("focus", () => pressed || field.select());
  field.addEventListener("blur", () => (pressed = false));
  field.addEventListener("click", () => {
    if (pressed && field.selectionStart === field.selectionEnd) field.select();
    pressed = false;
  });
  return field;
}

// Written only where it changes. A text that is there already gets other letters and stays the same node: for a new one
// the browser asks anew which rules fit all around it.
export function setText(node, text) {
  if (node.textContent === text) return;
  const { firstChild: first, lastChild: last } = node;
  if (text && first && first === last && first.nodeType === Node.TEXT_NODE) first.data = text;
  else node.textContent = text;
}

// To say again what is so already would have the browser find the node's style again.
export function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

// A group of controls that cannot be set says why.
export function lock(fieldset, reason) {
  if (fieldset.disabled === Boolean(reason)) return;
  fieldset.disabled = Boolean(reason);
  fieldset.querySelector(".sp-why")?.remove();
  if (reason) fieldset.append(element("p", { class: "sp-why" }, reason));
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
