import assert from "node:assert/strict";
import { test } from "node:test";
import {
  backwardWords,
  forwardWords,
  outputNear,
  windowAt,
} from "../../../course_utils/explorers/pool/window.js";

// A map of 4 × 5 whose value says where it lies: 10 row + column.
const facts = (more) => ({
  moved: Array.from({ length: 4 }, (_, p) => Array.from({ length: 5 }, (_, q) => 10 * p + q)),
  kernel_size: [2, 2],
  stride: [2, 2],
  padding: [1, 0],
  kind: "max",
  p: 2,
  count_include_pad: true,
  output: [
    [0, 0],
    [0, 0],
    [0, 0],
  ],
  shares: Array.from({ length: 3 }, () => Array.from({ length: 2 }, () => [0, 0, 0, 1])),
  ...more,
});

test("the window of an output, padding told apart", () => {
  assert.deepEqual(
    windowAt(facts(), [0, 1]).map(({ cell, real, x, share }) => [cell, real, x, share]),
    [
      [[-1, 2], false, undefined, 0],
      [[-1, 3], false, undefined, 0],
      [[0, 2], true, 2, 0],
      [[0, 3], true, 3, 1],
    ],
  );
});

test("pointing at a cell finds the window centred nearest, inside the output", () => {
  assert.deepEqual(outputNear(facts(), [0, 0]), [0, 0]);
  assert.deepEqual(outputNear(facts(), [2, 3]), [1, 1]);
  assert.deepEqual(outputNear(facts(), [9, 9]), [2, 1]);
});

test("how an output is made", () => {
  const window = windowAt(facts(), [1, 0]);
  assert.equal(forwardWords(facts(), window, 1), "= max(10, 11, 20, 21)");
  assert.equal(forwardWords(facts(), window, 3), "= max(10, 11, 20, 21), reached 3 times");
  const edge = windowAt(facts(), [0, 0]);
  assert.equal(forwardWords(facts({ kind: "average" }), edge, 1), "= (0 + 1) / 4");
  assert.equal(
    forwardWords(facts({ kind: "average", count_include_pad: false }), edge, 1),
    "= (0 + 1) / 2",
  );
  assert.equal(forwardWords(facts({ kind: "lp", p: 12 }), edge, 1), "= (|0|¹² + |1|¹²)^(1/12)");
  assert.equal(forwardWords(facts({ kind: "lp", p: 1 }), edge, 1), "= |0| + |1|");
});

test("where an upstream gradient goes", () => {
  const window = windowAt(facts(), [1, 0]);
  assert.equal(backwardWords(facts(), window, [1, 0], -2), "g[1, 0] = −2 goes to x[2, 1]");
  const share = (shares, kind) =>
    windowAt(
      facts({
        kind,
        shares: [
          [shares, shares],
          [shares, shares],
        ],
      }),
      [1, 0],
    );
  assert.equal(
    backwardWords(facts(), share([0.5, 0, 0.5, 0], "max"), [1, 0], 3),
    "g[1, 0] = 3: 1.5 to each of 2 cells",
  );
  const mean = facts({ kind: "average" });
  assert.equal(
    backwardWords(mean, share([0.25, 0.25, 0.25, 0.25], "average"), [1, 0], 4),
    "g[1, 0] = 4: 1 to each of 4 cells",
  );
  const edge = windowAt(facts({ shares: [[[0.25, 0.25, 0.25, 0.25]]] }), [0, 0]);
  assert.equal(
    backwardWords(mean, edge, [0, 0], 4),
    "g[0, 0] = 4: 1 to each of 2 cells, the rest to the padding",
  );
  const norm = share([0.1, 0.2, 0.3, 0.4], "lp");
  assert.equal(
    backwardWords(facts({ kind: "lp", p: 3 }), norm, [1, 0], 2, 5),
    "g[1, 0] = 2: each cell gets g · sign(x) · (|x| / 5)²",
  );
  assert.equal(
    backwardWords(facts({ kind: "lp", p: 1 }), norm, [1, 0], 2, 5),
    "g[1, 0] = 2: each cell gets g · sign(x)",
  );
  assert.match(
    backwardWords(facts({ kind: "lp" }), share([0, 0, 0, 0], "lp"), [1, 0], 2),
    /goes nowhere/,
  );
});
