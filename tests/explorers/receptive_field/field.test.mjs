import assert from "node:assert/strict";
import { test } from "node:test";
import {
  marginOf,
  unitAt,
  windowOf,
  windowWords,
} from "../../../course_utils/explorers/receptive_field/field.js";

test("a window in words, with true minus signs", () => {
  assert.equal(windowWords([3, 5, 2, 3], 8, "units"), "rows 3 to 5, columns 2 to 3: 3 × 2 units");
  assert.equal(
    windowWords([-1, 5, 2, 8], 8, "pixels"),
    "rows −1 to 5, columns 2 to 8: 7 × 7 pixels, partly in the padding",
  );
});

test("a pixel finds the unit whose field has its middle there", () => {
  const field = [11, 4, -2]; // AlexNet's first layer: unit 5 sees 18 to 28
  assert.deepEqual(unitAt(field, 55, 23, 23), [5, 5]);
  assert.deepEqual(unitAt(field, 55, 0, 223), [0, 54]);
  assert.deepEqual(unitAt(field, 55, 24.9, 25.1), [5, 6]);
});

test("room for the middle field, and a little for those at the rim", () => {
  assert.equal(marginOf([3, 1, -1], 10, 10), 1);
  assert.equal(marginOf([196, 16, -90], 14, 224), 34); // capped at 15 % of 224
  assert.equal(marginOf([435, 32, -217], 7, 224), 121); // unit 3 begins at −121
  assert.equal(marginOf([5, 1, 0], 28, 32), 0);
});

test("the window of a unit", () => {
  assert.deepEqual(windowOf([11, 4, -2], [5, 25]), [18, 28, 98, 108]);
});
