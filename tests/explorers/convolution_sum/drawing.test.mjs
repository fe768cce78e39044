import assert from "node:assert/strict";
import { test } from "node:test";
import { painted } from "../../../course_utils/explorers/convolution_sum/drawing.js";

test("the pointer leaves its height in every column that it crosses", () => {
  const values = [1, 2, 3, 4, 5];
  assert.deepEqual(painted(values, 2, 2, 9), [1, 2, 9, 4, 5]);
  assert.deepEqual(painted(values, 1, 3, 9), [1, 9, 9, 9, 5]);
  assert.deepEqual(painted(values, 3, 1, 9), [1, 9, 9, 9, 5]);
  assert.deepEqual(values, [1, 2, 3, 4, 5]);
});

test("beyond the ends nothing is drawn", () => {
  assert.deepEqual(painted([1, 2], -4, 0, 9), [9, 2]);
  assert.deepEqual(painted([1, 2], 5, 7, 9), [1, 2]);
});
