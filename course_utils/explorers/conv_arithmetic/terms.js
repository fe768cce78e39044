// The terms of the sum at an output.
import { clamp, formatNumber } from "../shared/numbers.js";

// The products at output (i, j), padding and zeros between included, as explain has them:
// {cell, place, x, w, product, real}.
export function termsAt({ grid, kinds, used, step, start, dilation }, [i, j]) {
  return used.flatMap((row, a) =>
    row.map((w, b) => {
      const p = start[0] + step[0] * i + dilation[0] * a;
      const q = start[1] + step[1] * j + dilation[1] * b;
      return {
        cell: [p, q],
        place: [a, b],
        x: grid[p][q],
        w,
        product: grid[p][q] * w,
        real: kinds[p][q] === 0,
      };
    }),
  );
}

// The output whose window is centred nearest to a cell of the grid.
export function outputNear({ used, step, start, dilation, output }, [row, column]) {
  const sides = [used.length, used[0].length];
  const shape = [output.length, output[0].length];
  return [row, column].map((at, axis) => {
    const middle = start[axis] + (dilation[axis] * (sides[axis] - 1)) / 2;
    return clamp(Math.round((at - middle) / step[axis]), 0, shape[axis] - 1);
  });
}

// How the sum is made: "= 3·1 + 5·(−2) (and 2 weights on zeros)".
export function writtenOut(terms) {
  const real = terms.filter((term) => term.real);
  const zeros = terms.length - real.length;
  if (!real.length) return "= 0: every weight lies on a zero";
  const rest = zeros ? ` (and ${zeros} ${zeros === 1 ? "weight" : "weights"} on zeros)` : "";
  return `= ${real.map(({ x, w }) => `${factor(x)}·${factor(w)}`).join(" + ")}${rest}`;
}

const factor = (value) => {
  const text = formatNumber(value, 3);
  return value < 0 ? `(${text})` : text;
};
