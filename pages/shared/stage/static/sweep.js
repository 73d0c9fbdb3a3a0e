// A sweep in the browser: which leaf of the picture takes which value at each step.

export class Sweep {
  constructor({ name, paths, columns, errors }, key) {
    this.name = name;
    this.key = key;
    this.errors = errors;
    this.leaves = paths.map((path, index) => ({ path, at: reader(columns[index]) }));
  }

  // Writes frame `index` into the picture; returns the paths that were written.
  apply(picture, index) {
    picture.error = this.errors ? this.errors[index] : null;
    if (picture.error) return [];
    return this.leaves.map(({ path, at }) => {
      const parent = path.slice(0, -1).reduce((node, part) => node[part], picture);
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
  if (!ArrayBuffer.isView(column)) return (index) => column[index];
  const width = column.length / column.rows;
  return (index) => column.subarray(index * width, (index + 1) * width);
}
