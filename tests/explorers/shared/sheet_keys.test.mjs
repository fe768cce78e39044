import assert from "node:assert/strict";
import { test } from "node:test";
import { sheetMoved } from "../../../course_utils/explorers/shared/sheet_keys.js";
import { sheetOf } from "../../../course_utils/explorers/shared/sheet_layout.js";

test("arrow keys walk over the gaps, and stop at the edge", () => {
  const sheet = sheetOf([6, 3, 4]); // two columns, three rows
  assert.deepEqual(sheetMoved("ArrowRight", sheet, [0, 1, 3]), [1, 1, 0]);
  assert.deepEqual(sheetMoved("ArrowDown", sheet, [1, 2, 2]), [3, 0, 2]);
  assert.deepEqual(sheetMoved("ArrowLeft", sheet, [3, 1, 0]), [2, 1, 3]);
  assert.deepEqual(sheetMoved("ArrowUp", sheet, [0, 0, 0]), [0, 0, 0]);
  assert.deepEqual(sheetMoved("PageDown", sheet, [5, 1, 1]), [5, 1, 1]);
  assert.deepEqual(sheetMoved("PageUp", sheet, [5, 1, 1]), [4, 1, 1]);
  assert.equal(sheetMoved("b", sheet, [0, 0, 0]), null);
});
