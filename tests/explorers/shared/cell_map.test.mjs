import assert from "node:assert/strict";
import { test } from "node:test";
import { cellSide, textSize } from "../../../course_utils/explorers/shared/cell_map.js";

test("cells are as large as fits, up to a limit; their text fits into them", () => {
  assert.deepEqual(cellSide(4, 400), { css: "min(46px, calc(var(--cx-room) / 4))", pixels: 46 });
  assert.equal(cellSide(20, 400).pixels, 20);
  for (const pixels of [18, 30, 46])
    for (const length of [1, 2, 3, 5]) {
      assert.ok(textSize(length, pixels) * length * 0.58 <= 0.95);
      assert.ok(textSize(length, pixels, true) <= textSize(length, pixels));
    }
});
