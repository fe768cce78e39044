import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blend,
  marginOf,
  unitAt,
  windowWords,
} from "../../../course_utils/explorers/receptive_field/page.js";

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

test("colour where the unit is moved, grey elsewhere, dim outside the box", () => {
  const photo = new Uint8Array(3 * 4).fill(90);
  const out = blend(
    photo,
    new Uint8Array([255, 0, 0, 0]),
    2,
    [0, 0, 0, 1],
    new Uint8ClampedArray(16),
  );
  const pixel = (n) => [...out.slice(4 * n, 4 * n + 3)];
  assert.ok(pixel(0)[0] > pixel(0)[2] + 80); // orange
  assert.equal(new Set(pixel(1)).size, 1); // grey
  assert.equal(new Set(pixel(2)).size, 1);
  assert.ok(pixel(1)[0] > pixel(2)[0]); // inside is brighter
  assert.deepEqual(
    [...out].filter((_, n) => n % 4 === 3),
    [255, 255, 255, 255],
  );
});

test("without heat the picture keeps its colours inside the box", () => {
  const photo = new Uint8Array([200, 100, 50, 200, 100, 50, 0, 0, 0, 0, 0, 0]);
  const out = blend(photo, new Uint8Array(0), 2, [0, 0, 0, 0], new Uint8ClampedArray(16));
  assert.deepEqual([...out.slice(0, 3)], [200, 100, 50]);
  assert.notDeepEqual([...out.slice(4, 7)], [200, 100, 50]);
});
