// Arrays out of the bytes that Python sends. They may start where an array of floats may not: then
// they are copied.

export function floats(bytes) {
  if (!bytes?.byteLength) return new Float64Array(0);
  const view = bytes instanceof ArrayBuffer ? new DataView(bytes) : bytes;
  const start = view.byteOffset;
  if (start % 8 === 0) return new Float64Array(view.buffer, start, view.byteLength / 8);
  return new Float64Array(view.buffer.slice(start, start + view.byteLength));
}

export function singles(bytes) {
  if (!bytes?.byteLength) return new Float32Array(0);
  const view = bytes instanceof ArrayBuffer ? new DataView(bytes) : bytes;
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

export function octets(bytes) {
  if (!bytes?.byteLength) return new Uint8Array(0);
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
