// A field: the pixels of a heatmap as plotly makes them where each number is one of them.

const XLINK = "http://www.w3.org/1999/xlink";
const LEVELS = 256;
const canvas = document.createElement("canvas");
const brush = canvas.getContext("2d", { willReadFrequently: true });
const shades = new Map();

// Paints the heights z into the image of that heatmap, the first row at the bottom, or at the top where the axis is
// turned round; says whether it could.
export function paint(image, { zmin, zmax, colorscale }, { x, y, z }, turned) {
  const [width, height] = [x.length, y.length];
  const colours = shadesOf(colorscale);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const picture = brush.createImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const scale = (LEVELS - 1) / (zmax - zmin);
  for (let row = 0; row < height; row++) {
    const start = (turned ? row : height - 1 - row) * width;
    for (let column = 0; column < width; column++) {
      const level = Math.round((z[row * width + column] - zmin) * scale);
      pixels[start + column] = colours[Math.min(Math.max(level, 0), LEVELS - 1)];
    }
  }
  brush.putImageData(picture, 0, 0);
  image.setAttributeNS(XLINK, "xlink:href", canvas.toDataURL());
  return true;
}

// The colour of each level, as the four bytes of a pixel.
function shadesOf(colorscale) {
  const key = JSON.stringify(colorscale);
  if (!shades.has(key)) shades.set(key, ramp(colorscale));
  return shades.get(key);
}

function ramp(colorscale) {
  const line = document.createElement("canvas");
  Object.assign(line, { width: LEVELS, height: 1 });
  const pen = line.getContext("2d", { willReadFrequently: true });
  const stops = colorscale.map(([at, colour]) => [at * (LEVELS - 1), channels(pen, colour)]);
  const colours = new Uint8ClampedArray(LEVELS * 4).fill(255);
  for (let level = 0; level < LEVELS; level++) {
    const after = Math.max(stops.findIndex(([at]) => at >= level), 1);
    const [[low, from], [high, to]] = [stops[after - 1], stops[after]];
    const share = high > low ? (level - low) / (high - low) : 1;
    for (let k = 0; k < 3; k++) colours[level * 4 + k] = from[k] + share * (to[k] - from[k]);
  }
  return new Uint32Array(colours.buffer);
}

function channels(pen, colour) {
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data;
}
