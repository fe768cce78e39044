// Where the fields of a layer lie: [size, jump, offset], and how many units it has along a side.
import { clamp } from "../shared/numbers.js";

// Room around the picture: what the middle unit of a map needs, and 15 % of the side where the
// units at the rim need it.
export function marginOf([size, jump, offset], count, side) {
  const beyond = (at) => Math.max(0, -(offset + at * jump), offset + at * jump + size - side);
  const rim = Math.max(beyond(0), beyond(count - 1));
  return Math.round(Math.max(beyond(Math.floor(count / 2)), Math.min(rim, 0.15 * side)));
}

// The unit whose field has its middle nearest to a pixel.
export function unitAt([size, jump, offset], count, row, column) {
  return [row, column].map((at) =>
    clamp(Math.round((at - offset - (size - 1) / 2) / jump), 0, count - 1),
  );
}

// The window of a unit of the layer in the picture: [top, bottom, left, right].
export function windowOf([size, jump, offset], [i, j]) {
  const [top, left] = [offset + i * jump, offset + j * jump];
  return [top, top + size - 1, left, left + size - 1];
}

// Units of a window: "rows 3 to 5, columns 2 to 4: 3 × 3 units"; what lies in the padding is said.
export function windowWords([top, bottom, left, right], count, things) {
  const size = `${bottom - top + 1} × ${right - left + 1} ${things}`;
  const outside = top < 0 || left < 0 || bottom >= count || right >= count;
  const where = `rows ${top} to ${bottom}, columns ${left} to ${right}`;
  return minus(`${where}: ${size}${outside ? ", partly in the padding" : ""}`);
}

export const minus = (words) => String(words).replaceAll("-", "−");
