// A matrix: a table of number cells. Typing into one sets it; pasting several numbers fills the whole table.

import { element, lock, selectOnEntry } from "./dom.js";
import { numberIn } from "./scale.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

export class MatrixRow {
  constructor(name, spec, stage) {
    Object.assign(this, { name, spec, stage });
    this.cells = spec.value.map((row, i) => row.map((_, j) => this.cell(i, j)));
    const rows = this.cells.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))));
    this.node = element(
      "fieldset",
      { class: "sp-choice sp-matrix", style: `--knob: var(--sp-${spec.colour})` },
      element("legend", {}, spec.label),
      element("table", { role: "presentation" }, element("tbody", {}, ...rows)),
    );
  }

  cell(i, j) {
    const cell = element("input", {
      type: "text", inputmode: "text", autocomplete: "off", class: "sp-cell", "aria-label": `${this.spec.label}, ${place(i, j)}`,
      onchange: () => this.typed(cell, i, j),
      onkeydown: (event) => this.move(event, i, j),
      onpaste: (event) => this.pasted(event, cell),
    });
    return selectOnEntry(cell);
  }

  idle(reason) {
    lock(this.node, reason);
  }

  focus(i, j) {
    this.cells[i]?.[j]?.focus();
  }

  move(event, i, j) {
    const to = this.cells[i + STEPS[event.key]]?.[j];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  typed(cell, i, j) {
    const value = this.number(cell.value);
    const rows = this.stage.values[this.name];
    if (value === null) this.refuse(`${this.spec.label}, ${place(i, j)}: ${quoted(cell.value)} ${this.rule()}; ${cell.dataset.shown} stands.`);
    else this.set(rows.with(i, rows[i].with(j, value)));
    cell.value = cell.dataset.shown;
  }

  pasted(event, cell) {
    const text = event.clipboardData.getData("text");
    const [height, width] = [this.cells.length, this.cells[0].length];
    const fits = (rows) => rows.length === height && rows.every((row) => row.length === width);
    const meant = readings(text);
    if (numberIn(text) !== null || meant.some((rows) => rows.flat().length < 2)) return;
    event.preventDefault();
    cell.blur();
    const rows = meant.find(fits) ?? meant[0];
    if (!fits(rows)) {
      const { label, row, column } = this.spec;
      this.refuse(`${label} is ${height} × ${width}, a row for ${row} and a column for ${column}; what you pasted ${shape(rows)}${turned(rows, height, width)}. Nothing has changed.`);
      return;
    }
    const wrong = rows.flat().find((text) => this.number(text) === null);
    if (wrong !== undefined) this.refuse(`${this.spec.label}: ${quoted(wrong)} ${this.rule()}. Nothing has changed.`);
    else this.set(rows.map((row) => row.map((text) => this.number(text))));
  }

  refuse(text) {
    this.stage.notice(text);
  }

  set(rows) {
    this.stage.notice("");
    this.stage.assign({ [this.name]: rows });
    this.show(rows);
  }

  rule() {
    return `is no number from −${this.spec.largest} to ${this.spec.largest}`;
  }

  number(text) {
    const value = numberIn(text);
    if (value === null || Math.abs(value) > this.spec.largest) return null;
    return Number(value.toFixed(this.spec.digits)) + 0;
  }

  show(rows) {
    rows.forEach((row, i) => row.forEach((value, j) => {
      const cell = this.cells[i][j];
      const text = String(value).replace("-", "−");
      if (cell.dataset.shown !== text) cell.value = cell.dataset.shown = text;
    }));
  }
}

function place(i, j) {
  return `row ${i + 1}, column ${j + 1}`;
}

function quoted(text) {
  return `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
}

// What a text with several numbers may mean, row by row; which of it is meant, the shape of the table says.
// A table program puts a tab after each number, or a semicolon where a comma is a decimal comma, and a new line
// after each row. In other texts a semicolon or a bracket ends a row, and a comma may part two numbers.
export function readings(text) {
  const lines = text.split(/[\n\]]/);
  const table = cut(lines, /[\s;]+/);
  if (/\d\t/.test(text) || (table.length > 1 && lines.some((line) => /;\s*\S/.test(line)))) return [table];
  const rows = text.split(/[\n;\]]/);
  return [cut(rows, /[\s,]+/), cut(rows, /\s+/), table];
}

function cut(rows, gap) {
  const filled = rows.map((row) => row.replace(/[[(){}|]/g, " ").split(gap).filter(Boolean)).filter((row) => row.length);
  return filled.length ? filled : [[]];
}

function shape(rows) {
  const widths = new Set(rows.map((row) => row.length));
  return widths.size === 1 ? `is ${rows.length} × ${rows[0].length}` : `has rows of ${[...widths].join(" and ")} numbers`;
}

function turned(rows, height, width) {
  return height !== width && rows.length === width && rows.every((row) => row.length === height) ? ": turn rows into columns, and it fits" : "";
}
