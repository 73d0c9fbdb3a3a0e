// A sweep in the browser: which leaf of the picture takes which value at each step.

import { part } from "./wire.js";

// The values of all inputs but one: a sweep of that one fits as long as they stand.
export function keyOf(values, name) {
  return JSON.stringify({ ...values, [name]: null });
}

// The sweeps that have come, one for each input.
export class Sweeps {
  constructor() {
    this.kept = new Map();
  }

  clear() {
    this.kept.clear();
  }

  keep(sweep, values, picture) {
    this.kept.set(sweep.name, new Sweep(sweep, keyOf(values, sweep.name), picture));
  }

  // The sweep of that input, where it fits the values.
  of(name, values) {
    const sweep = this.kept.get(name);
    return sweep?.key === keyOf(values, name) ? sweep : null;
  }

  // A sweep that has a frame for the values; the one that is shown where two have.
  covering(values, shown) {
    const fitting = [...this.kept.keys()].map((name) => this.of(name, values)).filter(Boolean);
    return fitting.find((sweep) => sweep.picture === shown) ?? fitting[0];
  }
}

class Sweep {
  constructor({ name, paths, columns, errors }, key, picture) {
    Object.assign(this, { name, key, errors, picture });
    this.leaves = paths.map((path, index) => ({ path, at: reader(columns[index]) }));
  }

  // Writes frame `index` into the picture; returns the paths that were written.
  apply(index) {
    const { picture } = this;
    picture.error = this.errors ? this.errors[index] : null;
    if (picture.error) return [];
    return this.leaves.map(({ path, at }) => {
      const parent = path.slice(0, -1).reduce((node, step) => node[step], picture);
      parent[path.at(-1)] = at(index);
      return path;
    });
  }

  // The value of one leaf at each step, or null where it is the same at all of them.
  column(...path) {
    const wanted = path.join("/");
    const leaf = this.leaves.find((each) => each.path.join("/") === wanted);
    return leaf ? leaf.at : null;
  }
}

function reader(column) {
  return ArrayBuffer.isView(column) ? (index) => part(column, index) : (index) => column[index];
}
