import assert from "node:assert/strict";
import { test } from "node:test";
import {
  outputAt,
  runningSum,
  windowOf,
} from "../../../course_utils/explorers/feature_map/window.js";

test("terms are added one by one, the bias last", () => {
  const partial = Float64Array.from([1, 2, 3, 10, 20, 30]); // two channels of three numbers
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((n) => [...runningSum(partial, 2, 0.5, n)]),
    [
      [0, 0, 0],
      [1, 2, 3],
      [11, 22, 33],
      [11.5, 22.5, 33.5],
      [11.5, 22.5, 33.5],
    ],
  );
});

const facts = {
  stride: [2, 1],
  padding: [1, 0],
  dilation: [1, 3],
  weight_shape: [4, 2, 3, 2],
  map_shape: [4, 5, 6],
};

test("the window of an output, with stride, padding and dilation", () => {
  assert.deepEqual(windowOf(facts, 3, 2), [
    { start: 5, span: 3 },
    { start: 2, span: 4 },
  ]);
  assert.deepEqual(windowOf(facts, 0, 0), [
    { start: -1, span: 3 },
    { start: 0, span: 4 },
  ]);
});

test("the output nearest to an input pixel", () => {
  assert.deepEqual(outputAt(facts, 6, 3), [3, 2]); // its window has its middle at row 6
  assert.deepEqual(outputAt(facts, 0, 0), [0, 0]);
  assert.deepEqual(outputAt(facts, 50, 50), [4, 5]);
});
