// The axis of a row of bars: its ends, and the value under the pointer.
import { clamp } from "../shared/numbers.js";

// Round ends of an axis that hold all values and zero, with room above.
export function axisFor(values) {
  const high = roundUp(Math.max(0, ...values));
  const low = 0 - roundUp(Math.max(0, ...values.map((v) => -v)));
  return high === low ? { low: 0, high: 1 } : { low, high };
}

function roundUp(value) {
  if (value === 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((k) => k * unit >= value * 1.0001) * unit;
}

// The value under a pointer on an axis drawn from `top` down over `height`, on a grid of `unit`.
export function valueAt(y, { low, high }, top, height, unit) {
  const raw = high - ((y - top) / height) * (high - low);
  return Number((Math.round(clamp(raw, low, high) / unit) * unit).toFixed(6)) + 0;
}
