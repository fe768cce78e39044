import assert from "node:assert/strict";
import { test } from "node:test";
import { alongStrip } from "../../../course_utils/explorers/receptive_field/keys.js";

test("keys lead from map to map and stop at the ends", () => {
  const keys = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home", "End"];
  assert.deepEqual(
    keys.map((key) => alongStrip(key, 3, 9)),
    [4, 4, 2, 2, 0, 9],
  );
  assert.equal(alongStrip("ArrowRight", 9, 9), 9);
  assert.equal(alongStrip("ArrowLeft", 0, 9), 0);
  assert.equal(alongStrip("b", 3, 9), null);
});
