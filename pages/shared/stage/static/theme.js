// Colours by meaning: the palette as CSS variables, and their values where plotly.js needs them.

const luminance = (colour) => {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour;
  const value = parseInt(probe.fillStyle.slice(1), 16);
  return 0.3 * (value >> 16) + 0.6 * ((value >> 8) & 255) + 0.1 * (value & 255);
};

export class Theme {
  constructor(root) {
    this.root = root;
    this.name = null;
  }

  // Takes on the theme that Streamlit shows; says whether it is another than before.
  refresh(palette) {
    const style = getComputedStyle(this.root);
    const paper = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    const name = luminance(paper) < 128 ? "dark" : "light";
    const font = style.getPropertyValue("--st-font").trim();
    const changed = name !== this.name || paper !== this.paper;
    this.colours = { ...palette[name], paper };
    Object.assign(this, { name, paper, font });
    this.root.dataset.theme = name;
    for (const [meaning, value] of Object.entries(this.colours)) {
      this.root.style.setProperty(`--sp-${meaning}`, value);
    }
    return changed;
  }

  // A copy of plain data in which every var(--sp-meaning) is the colour itself; arrays are kept.
  resolve(value) {
    if (typeof value === "string") {
      return value.replace(/var\(--sp-([\w-]+)\)/g, (_, meaning) => this.colours[meaning]);
    }
    if (ArrayBuffer.isView(value) || value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((each) => this.resolve(each));
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.resolve(v)]));
  }
}
