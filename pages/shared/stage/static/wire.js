// How a message arrives: deflate(length of the JSON, number of floats, the JSON, float32 arrays, byte arrays).

const HEAD = 8;

export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plain = await new Response(stream).arrayBuffer();
  const head = new DataView(plain);
  const end = HEAD + head.getUint32(0, true);
  const floats = new Float32Array(plain, end, head.getUint32(4, true));
  const levels = new Uint8Array(plain, end + floats.byteLength);
  const text = new TextDecoder().decode(new Uint8Array(plain, HEAD, end - HEAD));
  return JSON.parse(text, (_, value) => {
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
