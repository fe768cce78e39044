import assert from "node:assert/strict";
import { test } from "node:test";
import { brushMoved, bytesOf, stroke } from "../../../course_utils/explorers/digit/brush.js";
import {
  fieldOf,
  percent,
  singles,
  split,
  tenths,
} from "../../../course_utils/explorers/digit/page.js";
import {
  cellAt,
  pixelOf,
  sheetMoved,
  sheetOf,
  sheetSize,
} from "../../../course_utils/explorers/shared/map_sheet.js";

test("a stroke covers the pixels near it, with soft edges", () => {
  const ink = new Float64Array(25);
  stroke(ink, 5, [2, 1], [2, 3], 2);
  // half a pixel of the rows beside it, and of the cells beyond its ends
  assert.deepEqual(
    [...ink],
    [0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 1, 1, 1, 0.5, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0].map(
      (v, n) => {
        const corner = [5, 9, 15, 19].includes(n); // at a distance of √2 from an end
        return corner ? 1.5 - Math.SQRT2 : v;
      },
    ),
  );
  stroke(ink, 5, [2, 2], [2, 2], 1, true);
  assert.equal(ink[12], 0);
  assert.deepEqual([...bytesOf([0, 0.2, 1])], [0, 51, 255]);
});

test("the brush stays on the paper", () => {
  assert.deepEqual(brushMoved("ArrowUp", [0, 4], 32), [0, 4]);
  assert.deepEqual(brushMoved("ArrowRight", [3, 29], 32, true), [3, 31]);
  assert.equal(brushMoved("x", [3, 29], 32), null);
});

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

test("numbers are split by shape, from anywhere in memory", () => {
  const bytes = new Uint8Array(4 + 4 * 7);
  const values = Float32Array.from([1, 2, 3, 4, 5, 6, 7]);
  bytes.set(new Uint8Array(values.buffer), 3);
  const read = singles(new DataView(bytes.buffer, 3, 28));
  assert.deepEqual(
    split(read, [[1, 2, 2], [3]]).map((part) => [...part]),
    [
      [1, 2, 3, 4],
      [5, 6, 7],
    ],
  );
});

test("the pixels that a unit sees", () => {
  assert.deepEqual(fieldOf({ field: 14, jump: 2, offset: 0 }, [3, 4, 1]), {
    top: 8,
    left: 2,
    side: 14,
  });
  assert.deepEqual(fieldOf({ field: 5, jump: 2, offset: -2 }, [0, 0, 3]), {
    top: -2,
    left: 4,
    side: 5,
  });
  assert.equal(fieldOf({ field: 0, jump: 0, offset: 0 }, [9, 0, 0]), null);
});

test("probabilities and scores keep their places", () => {
  assert.deepEqual(
    [percent(1), percent(0.0004), tenths(-12.34), tenths(31), tenths(-0.01)],
    ["100.0 %", "0.0 %", "−12.3", "31.0", "0.0"],
  );
});
