// A nudge: an arrow from a knob's thumb that says which way it would be turned and how hard, and a ghost of the thumb.

import { element, hide, setText } from "./dom.js";

const LONGEST = 0.3;

export class NudgeMark {
  constructor(row, label, range) {
    Object.assign(this, { range });
    this.says = label.appendChild(element("span", { class: "sp-nudge-says" }));
    this.ghost = row.appendChild(element("span", { class: "sp-ghost", "aria-hidden": "true" }));
    this.arrow = row.appendChild(element("span", { class: "sp-nudge", "aria-hidden": "true" }));
  }

  // thumb: where the knob stands, from 0 to 1; share: from a value of the knob to such a place.
  show(nudge, thumb, share) {
    const { push = 0, says = "", ghost = null } = nudge ?? {};
    setText(this.says, says);
    this.range.setAttribute("aria-description", says);
    hide(this.arrow, Math.abs(push) < 0.02);
    this.arrow.style.setProperty("--at", thumb.toFixed(4));
    this.arrow.style.setProperty("--length", (LONGEST * Math.abs(push)).toFixed(4));
    this.arrow.classList.toggle("sp-down", push < 0);
    hide(this.ghost, ghost === null);
    if (ghost !== null) this.ghost.style.setProperty("--at", Math.min(Math.max(share(ghost), 0), 1).toFixed(4));
  }
}
