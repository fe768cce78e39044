import assert from "node:assert/strict";
import { test } from "node:test";
import {
  outputNear,
  termsAt,
  writtenOut,
} from "../../../course_utils/explorers/conv_arithmetic/terms.js";

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

test("how a sum is made, negative numbers in brackets, zeros counted", () => {
  const term = (x, w, real = true) => ({ x, w, real });
  const found = [term(3, 1), term(-5, -0.5), term(0, 2)];
  assert.equal(writtenOut(found), "= 3·1 + (−5)·(−0.5) + 0·2");
  assert.equal(writtenOut([term(3, 1), term(0, 9, false)]), "= 3·1 (and 1 weight on zeros)");
  assert.equal(
    writtenOut([term(0, 7, false), term(3, 1), term(0, 9, false)]),
    "= 3·1 (and 2 weights on zeros)",
  );
  assert.equal(writtenOut([term(0, 9, false)]), "= 0: every weight lies on a zero");
});
