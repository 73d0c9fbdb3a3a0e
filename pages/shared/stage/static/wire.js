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
    if (value?.$f4) return array(floats, value.$f4);
    if (value?.$u1) return array(levels, value.$u1);
    return value;
  });
}

// A vector is a view of the block; a stack of vectors keeps its number of rows.
function array(numbers, [offset, ...shape]) {
  const size = shape.reduce((product, n) => product * n, 1);
  const view = numbers.subarray(offset, offset + size);
  if (shape.length > 1) view.rows = shape[0];
  return view;
}
