import assert from "node:assert/strict";
import { test } from "node:test";
import { brushMoved } from "../../../course_utils/explorers/digit/keys.js";

test("the brush stays on the paper", () => {
  assert.deepEqual(brushMoved("ArrowUp", [0, 4], 32), [0, 4]);
  assert.deepEqual(brushMoved("ArrowRight", [3, 29], 32, true), [3, 31]);
  assert.equal(brushMoved("x", [3, 29], 32), null);
});
