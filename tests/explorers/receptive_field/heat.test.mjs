import assert from "node:assert/strict";
import { test } from "node:test";
import { blend } from "../../../course_utils/explorers/receptive_field/heat.js";

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
