// A scale: the numbers low, low + step, ..., and numbers as people type them. Python: inputs/scale.py, inputs/reading.py.

export class Scale {
  constructor({ low, step, digits, count }) {
    Object.assign(this, { low, step, digits, count });
  }

  // The value of that index, and no minus before a zero.
  at(index) {
    return Number((this.low + index * this.step).toFixed(this.digits)) + 0;
  }

  // The index of the nearest value; of two equally near the upper one.
  index(number) {
    const nearest = Math.floor((number - this.low) / this.step + 0.5);
    return Math.min(Math.max(nearest, 0), this.count - 1);
  }

  snap(number) {
    return this.at(this.index(number));
  }
}

const NUMBER = /^[+\-−–]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eEdD][+\-−–]?[0-9]+)?$/;

// The finite number that a text spells, or null: a sign, digits with a decimal point or comma, an exponent.
export function numberIn(text) {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return null;
  const number = Number(trimmed.replace(/[−–]/g, "-").replace(",", ".").replace(/d/i, "e")) + 0;
  return Number.isFinite(number) ? number : null;
}
