// A sweep in the browser: which leaf of the picture takes which value at each step.

import { part } from "./wire.js";

// The values of all inputs but one: a sweep of that one fits as long as they stand.
export function keyOf(values, name) {
  return JSON.stringify({ ...values, [name]: null });
}

// The sweeps that have come, one for each input: whole, or those steps near the thumb that came first.
export class Sweeps {
  // scaleOf: the scale of the input of that name.
  constructor(scaleOf) {
    Object.assign(this, { scaleOf, kept: new Map(), parts: new Map() });
  }

  clear() {
    this.kept.clear();
    this.parts.clear();
  }

  // Keeps a sweep; says whether it is whole.
  keep(sweep, values, picture) {
    const whole = sweep.count === this.scaleOf(sweep.name).count;
    this.parts.delete(sweep.name);
    (whole ? this.kept : this.parts).set(sweep.name, new Sweep(sweep, keyOf(values, sweep.name), picture));
    return whole;
  }

  // The whole sweep of that input, where it fits the values.
  of(name, values) {
    return fitting(this.kept.get(name), values);
  }

  // Whether a part of that input's sweep has a frame for the values.
  hasPart(name, values) {
    return this.has(this.parts.get(name), values);
  }

  // A sweep that has a frame for the values; the one that is shown where two have.
  covering(values, shown) {
    const all = [...this.kept.values(), ...this.parts.values()].filter((sweep) => this.has(sweep, values));
    return all.find((sweep) => sweep.picture === shown) ?? all[0];
  }

  has(sweep, values) {
    return Boolean(fitting(sweep, values)) && sweep.has(this.scaleOf(sweep.name)?.index(values[sweep.name]));
  }
}

function fitting(sweep, values) {
  return sweep?.key === keyOf(values, sweep?.name) ? sweep : null;
}

class Sweep {
  constructor({ name, first, count, paths, columns, errors }, key, picture) {
    Object.assign(this, { name, first, count, key, errors, picture });
    this.leaves = paths.map((path, index) => ({ path, at: reader(columns[index]) }));
  }

  has(index) {
    return index >= this.first && index < this.first + this.count;
  }

  // Writes the frame of step `index` into the picture; returns the paths that were written.
  apply(index) {
    const { picture } = this;
    const place = index - this.first;
    picture.error = this.errors ? this.errors[place] : null;
    if (picture.error) return [];
    return this.leaves.map(({ path, at }) => {
      const parent = path.slice(0, -1).reduce((node, step) => node[step], picture);
      parent[path.at(-1)] = at(place);
      return path;
    });
  }

  // The value of one leaf at each step of a whole sweep, or null where it is the same at all of them.
  column(...path) {
    const wanted = path.join("/");
    const leaf = this.leaves.find((each) => each.path.join("/") === wanted);
    return leaf ? leaf.at : null;
  }
}

function reader(column) {
  return ArrayBuffer.isView(column) ? (index) => part(column, index) : (index) => column[index];
}
