import assert from "node:assert/strict";
import { test } from "node:test";
import { floats } from "../../../course_utils/explorers/shared/bytes.js";

test("bytes that do not start at a multiple of eight are read all the same", () => {
  const values = new Float64Array([1.5, -2.25, 1e-300]);
  const room = new Uint8Array(8 * 3 + 3);
  room.set(new Uint8Array(values.buffer), 3);
  assert.deepEqual([...floats(new DataView(room.buffer, 3, 24))], [...values]);
  assert.deepEqual([...floats(new DataView(values.buffer))], [...values]);
  assert.equal(floats(undefined).length, 0);
});
