// How a message arrives: deflate(head, the JSON, arrays of float64, of float32, of bytes). Python: wire.py.

const HEAD = 16;

export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plain = await new Response(stream).arrayBuffer();
  const [length, nDoubles, nFloats] = new Uint32Array(plain, 0, 3);
  const doubles = new Float64Array(plain, HEAD + length, nDoubles);
  const floats = new Float32Array(plain, HEAD + length + doubles.byteLength, nFloats);
  const levels = new Uint8Array(plain, HEAD + length + doubles.byteLength + floats.byteLength);
  const text = new TextDecoder().decode(new Uint8Array(plain, HEAD, length));
  return JSON.parse(text, (_, value) => {
    if (value?.$f8) return view(doubles, ...value.$f8);
    if (value?.$f4) return view(floats, ...value.$f4);
    if (value?.$u1) return view(levels, ...value.$u1);
    return value;
  });
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
