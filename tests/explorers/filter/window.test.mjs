import assert from "node:assert/strict";
import { test } from "node:test";
import { outputNear, windowAt } from "../../../course_utils/explorers/filter/window.js";

// A 5 × 6 picture whose value says where it lies: 10 row + column.
const padded = Float64Array.from({ length: 30 }, (_, n) => 10 * Math.floor(n / 6) + (n % 6));
const facts = (more) => ({
  used: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  stride: 1,
  dilation: 1,
  padded_shape: [5, 6],
  output_shape: [4, 4],
  ...more,
});

test("the window of an output, plain", () => {
  const found = windowAt(padded, facts(), 2, 1);
  assert.deepEqual([...found.values], [21, 22, 23, 31, 32, 33]);
  assert.deepEqual([found.top, found.left], [2, 1]);
});

test("the window with stride and dilation", () => {
  const found = windowAt(padded, facts({ stride: 2, dilation: 2, output_shape: [2, 1] }), 1, 0);
  assert.deepEqual([...found.values], [20, 22, 24, 40, 42, 44]);
  assert.deepEqual([found.top, found.left], [2, 0]);
});

test("pointing at the input finds the window centred there, inside the output", () => {
  assert.deepEqual(
    outputNear(
      facts({
        used: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
      }),
      2,
      2,
    ),
    [1, 1],
  );
  assert.deepEqual(
    outputNear(
      facts({
        used: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
      }),
      0,
      5,
    ),
    [0, 3],
  );
  assert.deepEqual(outputNear(facts({ stride: 2, output_shape: [2, 2] }), 4, 4), [1, 1]);
});
