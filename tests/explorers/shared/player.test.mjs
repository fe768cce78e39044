import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPosition } from "../../../course_utils/explorers/shared/player.js";

test("playing stops on the last position", () => {
  assert.deepEqual(nextPosition(3, 5), { at: 4, ended: false });
  assert.deepEqual(nextPosition(4, 5), { at: 4, ended: true });
  assert.deepEqual(nextPosition(0, 5, 12), { at: 4, ended: true });
});
