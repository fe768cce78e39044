// The terms of the sum at a time, and where they lie in time.

// The terms of y[t]: {a, n, x, w, product, inside}, as explain in state.py has them.
export function termsAt({ x, w, operation }, t) {
  const sign = operation === "convolution" ? -1 : 1;
  return w.map((weight, a) => {
    const n = t + sign * a;
    const inside = n >= 0 && n < x.length;
    const sample = inside ? x[n] : 0;
    return { a, n, x: sample, w: weight, product: sample * weight, inside };
  });
}

// First time shown, and how many: wherever a sample or the sliding kernel can lie.
export function timeline({ x, w }) {
  return { from: 1 - w.length, count: x.length + 2 * (w.length - 1) };
}

// The time whose kernel covers `n` with its middle.
export function timeCentred({ w, operation }, n) {
  const half = (w.length - 1) / 2;
  return Math.round(operation === "convolution" ? n + half : n - half);
}

// The first and the last time whose output is kept.
export const kept = ({ first, y }) => [first, first + y.length - 1];

export const timeWords = (t) => String(t).replace("-", "−");
