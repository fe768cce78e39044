import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellAt,
  pixelOf,
  sheetOf,
  sheetSize,
} from "../../../course_utils/explorers/shared/sheet_layout.js";

test("maps are laid out in rows and found again", () => {
  const sheet = sheetOf([16, 10, 12]);
  assert.deepEqual([sheet.columns, sheet.rows], [4, 4]);
  assert.deepEqual(sheetSize(sheet), [43, 51]);
  for (const cell of [
    [0, 0, 0],
    [5, 9, 11],
    [15, 3, 7],
  ])
    assert.deepEqual(cellAt(sheet, ...pixelOf(sheet, cell)), cell);
  assert.deepEqual(cellAt(sheet, 10, 0), [0, 9, 0]); // in the gap below map 0
  const row = sheetOf([84]);
  assert.deepEqual(sheetSize(row), [17, 5]);
  assert.deepEqual(pixelOf(row, [83, 0, 0]), [16, 3]);
  assert.deepEqual(cellAt(row, 16, 4), [83, 0, 0]); // there is no unit 84
});
