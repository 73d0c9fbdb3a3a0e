// How a message arrives: deflate(head, the JSON, arrays of float64, of float32, of bytes, tail), messages in it
// that were packed before, and how long each of these parts is. Python: wire.py.

const HEAD = 8;
const TAIL = 8;

// A message that did not travel is there as it is.
export async function unpack(bytes) {
  if (!ArrayBuffer.isView(bytes)) return bytes;
  const [own, ...others] = parts(bytes);
  const [plain, ...inside] = await Promise.all([inflated(own), ...others.map(unpack)]);
  const counts = new DataView(plain);
  const end = plain.byteLength - TAIL;
  const [length, nDoubles, nFloats] = [0, end, end + 4].map((at) => counts.getUint32(at, true));
  const doubles = new Float64Array(plain, HEAD + length, nDoubles);
  const floats = new Float32Array(plain, HEAD + length + doubles.byteLength, nFloats);
  const first = HEAD + length + doubles.byteLength + floats.byteLength;
  const levels = new Uint8Array(plain, first, end - first);
  const text = new TextDecoder().decode(new Uint8Array(plain, HEAD, length));
  return JSON.parse(text, (_, value) => {
    if (value?.$in) return inside[value.$in[0]];
    if (value?.$f8) return view(doubles, ...value.$f8);
    if (value?.$f4) return view(floats, ...value.$f4);
    if (value?.$u1) return view(levels, ...value.$u1);
    return value;
  });
}

function parts(bytes) {
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.byteLength - 4;
  const count = lengths.getUint32(last, true);
  let begin = 0;
  return Array.from({ length: count }, (_, index) => {
    const end = begin + lengths.getUint32(last - 4 * (count - index), true);
    const part = bytes.subarray(begin, end);
    begin = end;
    return part;
  });
}

export function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

// What an array of several dimensions holds at one index of the first: an array of the others.
export function part(array, index) {
  const [, ...shape] = array.shape;
  return view(array, index * size(shape), ...shape);
}

// An array is a view of the block, and carries its shape.
function view(numbers, offset, ...shape) {
  return Object.assign(numbers.subarray(offset, offset + size(shape)), { shape });
}

function size(shape) {
  return shape.reduce((product, n) => product * n, 1);
}
