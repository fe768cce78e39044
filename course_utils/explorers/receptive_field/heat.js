// The picture under the heat of the effective field.

// RGBA of a photograph under the heat: grey, orange where the unit is moved, dim outside the box.
export function blend(photo, heat, side, [top, bottom, left, right], out) {
  for (let n = 0, row = 0; row < side; row += 1) {
    const inRow = row >= top && row <= bottom;
    for (let column = 0; column < side; column += 1, n += 1) {
      const inside = inRow && column >= left && column <= right;
      const [r, g, b] = [photo[3 * n], photo[3 * n + 1], photo[3 * n + 2]];
      const at = 4 * n;
      out[at + 3] = 255;
      if (!heat.length) {
        const share = inside ? 1 : 0.45;
        out[at] = r * share + 128 * (1 - share);
        out[at + 1] = g * share + 128 * (1 - share);
        out[at + 2] = b * share + 128 * (1 - share);
        continue;
      }
      const grey = ((r + g + b) / 3) * (inside ? 0.75 : 0.45) + (inside ? 64 : 70);
      const share = 0.85 * (heat[n] / 255);
      out[at] = grey + share * (240 - grey);
      out[at + 1] = grey + share * (122 - grey);
      out[at + 2] = grey + share * (28 - grey);
    }
  }
  return out;
}
