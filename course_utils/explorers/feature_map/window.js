// The window of an output, and what its channels add up to.
import { clamp } from "../shared/numbers.js";

// What has been added after so many terms: the channels one by one, then the bias.
export function runningSum(partial, channels, bias, terms) {
  const size = partial.length / channels;
  const sum = new Float64Array(size);
  for (let c = 0; c < Math.min(terms, channels); c += 1) {
    for (let n = 0; n < size; n += 1) sum[n] += partial[c * size + n];
  }
  if (terms > channels) for (let n = 0; n < size; n += 1) sum[n] += bias;
  return sum;
}

// The window of output (i, j) in the input without its border, along both axes: start and span.
export function windowOf(facts, i, j) {
  return [i, j].map((at, axis) => ({
    start: at * facts.stride[axis] - facts.padding[axis],
    span: facts.dilation[axis] * (facts.weight_shape[2 + axis] - 1) + 1,
  }));
}

// The output whose window is centred nearest to an input pixel.
export function outputAt(facts, row, column) {
  return [row, column].map((at, axis) => {
    const middle = (facts.dilation[axis] * (facts.weight_shape[2 + axis] - 1)) / 2;
    return clamp(
      Math.round((at + facts.padding[axis] - middle) / facts.stride[axis]),
      0,
      facts.map_shape[1 + axis] - 1,
    );
  });
}
