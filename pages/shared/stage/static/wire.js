// How a message arrives: deflate(length of the JSON, the JSON, float32 arrays).

export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plain = await new Response(stream).arrayBuffer();
  const end = 4 + new DataView(plain).getUint32(0, true);
  const floats = new Float32Array(plain, end);
  const text = new TextDecoder().decode(new Uint8Array(plain, 4, end - 4));
  return JSON.parse(text, (_, value) => (value && value.$f4 ? array(floats, value.$f4) : value));
}

// A vector is a view of the block; a stack of vectors keeps its number of rows.
function array(floats, [offset, ...shape]) {
  const size = shape.reduce((product, n) => product * n, 1);
  const view = floats.subarray(offset, offset + size);
  if (shape.length > 1) view.rows = shape[0];
  return view;
}
