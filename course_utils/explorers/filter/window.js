// The window under an output.
import { clamp } from "../shared/numbers.js";

// The window of output (i, j): its values, row by row, and where it starts in the padded picture.
export function windowAt(padded, facts, i, j) {
  const [rows, columns] = [facts.used.length, facts.used[0].length];
  const { stride, dilation } = facts;
  const width = facts.padded_shape[1];
  const values = new Float64Array(rows * columns);
  for (let a = 0; a < rows; a += 1) {
    for (let b = 0; b < columns; b += 1) {
      values[a * columns + b] =
        padded[(i * stride + a * dilation) * width + j * stride + b * dilation];
    }
  }
  return { values, top: i * stride, left: j * stride };
}

// The output whose window is centred nearest to a cell of the padded picture.
export function outputNear(facts, row, column) {
  return [
    [row, 0],
    [column, 1],
  ].map(([at, axis]) => {
    const side = axis ? facts.used[0].length : facts.used.length;
    const middle = (facts.dilation * (side - 1)) / 2;
    return clamp(Math.round((at - middle) / facts.stride), 0, facts.output_shape[axis] - 1);
  });
}
