// The logarithmic axis of the plot.

// The powers of ten that hold every positive value of some curves: at least two decades.
export function axisOf(curves) {
  let low = Infinity;
  let high = -Infinity;
  for (const curve of curves) {
    for (const value of curve) {
      if (!(value > 0) || !Number.isFinite(value)) continue;
      low = Math.min(low, Math.log10(value));
      high = Math.max(high, Math.log10(value));
    }
  }
  if (low > high) return { low: -1, high: 1 };
  low = Math.floor(low + 1e-9);
  high = Math.ceil(high - 1e-9) + 0; // no −0
  return high - low >= 2 ? { low, high } : { low: low - 1, high: Math.max(high, low + 1) };
}

// At most eight whole exponents, a round number apart.
export function ticksOf({ low, high }) {
  const step = [1, 2, 3, 5, 10, 20, 25, 50, 100].find((by) => (high - low) / by <= 7) ?? 200;
  const ticks = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(at + 0);
  return ticks;
}
