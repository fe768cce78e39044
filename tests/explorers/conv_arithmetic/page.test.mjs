import assert from "node:assert/strict";
import { test } from "node:test";
import { cellSide, textSize } from "../../../course_utils/explorers/shared/cell_map.js";
import {
  outputNear,
  termsAt,
  writtenOut,
} from "../../../course_utils/explorers/conv_arithmetic/page.js";

// A grid of 5 × 6 whose value says where it lies, 10 row + column; its last row is padding.
const facts = (more) => ({
  grid: Array.from({ length: 5 }, (_, p) => Array.from({ length: 6 }, (_, q) => 10 * p + q)),
  kinds: Array.from({ length: 5 }, (_, p) => Array(6).fill(p === 4 ? 1 : 0)),
  used: [
    [1, 2],
    [3, 4],
  ],
  step: [1, 1],
  start: [0, 0],
  dilation: [1, 1],
  output: Array.from({ length: 4 }, () => Array(5).fill(0)),
  ...more,
});

test("the terms of an output, with the cells they come from", () => {
  const found = termsAt(facts(), [3, 1]);
  assert.deepEqual(
    found.map(({ cell, x, w, product, real }) => [cell, x, w, product, real]),
    [
      [[3, 1], 31, 1, 31, true],
      [[3, 2], 32, 2, 64, true],
      [[4, 1], 41, 3, 123, false],
      [[4, 2], 42, 4, 168, false],
    ],
  );
});

test("step, dilation and a start inside the grid", () => {
  const found = termsAt(facts({ step: [2, 1], dilation: [1, 3], start: [0, 1] }), [1, 1]);
  assert.deepEqual(
    found.map(({ cell }) => cell),
    [
      [2, 2],
      [2, 5],
      [3, 2],
      [3, 5],
    ],
  );
});

test("pointing at a cell finds the window centred nearest, inside the output", () => {
  const three = facts({
    used: [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    output: [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
  });
  assert.deepEqual(outputNear(three, [2, 2]), [1, 1]);
  assert.deepEqual(outputNear(three, [0, 5]), [0, 3]);
  assert.deepEqual(
    outputNear(
      {
        ...three,
        step: [2, 2],
        output: [
          [0, 0],
          [0, 0],
        ],
      },
      [4, 4],
    ),
    [1, 1],
  );
  assert.deepEqual(outputNear({ ...three, start: [1, 0] }, [2, 1]), [0, 0]);
});

test("a sum is written out, negative numbers in brackets", () => {
  assert.equal(
    writtenOut([
      { x: 3, w: 1 },
      { x: -5, w: -0.5 },
      { x: 0, w: 2 },
    ]),
    "3·1 + (−5)·(−0.5) + 0·2",
  );
});

test("cells are as large as fits, up to a limit; their text fits into them", () => {
  assert.deepEqual(cellSide(4, 400), { css: "min(46px, calc(var(--cx-room) / 4))", pixels: 46 });
  assert.equal(cellSide(20, 400).pixels, 20);
  for (const pixels of [18, 30, 46])
    for (const length of [1, 2, 3, 5]) {
      assert.ok(textSize(length, pixels) * length * 0.58 <= 0.95);
      assert.ok(textSize(length, pixels, true) <= textSize(length, pixels));
    }
});
