// The brush: strokes into an array of ink. The rule is that of drawing.py.

// Draw, or erase, a straight stroke with round ends into `ink`, row by row, `side` pixels a row.
export function stroke(ink, side, [a, b], [c, d], width, erase = false) {
  const length = (c - a) ** 2 + (d - b) ** 2;
  const reach = Math.ceil((width + 1) / 2);
  const [top, bottom] = [Math.floor(Math.min(a, c)) - reach, Math.ceil(Math.max(a, c)) + reach];
  const [left, right] = [Math.floor(Math.min(b, d)) - reach, Math.ceil(Math.max(b, d)) + reach];
  for (let i = Math.max(0, top); i <= Math.min(side - 1, bottom); i += 1) {
    for (let j = Math.max(0, left); j <= Math.min(side - 1, right); j += 1) {
      const along = length
        ? Math.min(1, Math.max(0, ((i - a) * (c - a) + (j - b) * (d - b)) / length))
        : 0;
      const distance = Math.hypot(i - a - along * (c - a), j - b - along * (d - b));
      const cover = Math.min(1, Math.max(0, (width + 1) / 2 - distance));
      const n = i * side + j;
      ink[n] = erase ? Math.min(ink[n], 1 - cover) : Math.max(ink[n], cover);
    }
  }
}

// 0 to 1 as bytes, for the way to Python.
export const bytesOf = (ink) => Uint8Array.from(ink, (v) => Math.round(255 * v));
