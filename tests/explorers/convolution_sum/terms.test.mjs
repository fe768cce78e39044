import assert from "node:assert/strict";
import { test } from "node:test";
import {
  kept,
  termsAt,
  timeCentred,
  timeline,
  timeWords,
} from "../../../course_utils/explorers/convolution_sum/terms.js";

const facts = { x: [1, 2, 3], w: [1, 10], operation: "convolution" };

test("the terms of a convolution, inside and at the border", () => {
  assert.deepEqual(termsAt(facts, 1), [
    { a: 0, n: 1, x: 2, w: 1, product: 2, inside: true },
    { a: 1, n: 0, x: 1, w: 10, product: 10, inside: true },
  ]);
  assert.deepEqual(
    termsAt(facts, 3).map((term) => [term.n, term.product, term.inside]),
    [
      [3, 0, false],
      [2, 30, true],
    ],
  );
});

test("the terms of a correlation", () => {
  const terms = termsAt({ ...facts, operation: "correlation" }, -1);
  assert.deepEqual(
    terms.map((term) => [term.n, term.product, term.inside]),
    [
      [-1, 0, false],
      [0, 10, true],
    ],
  );
});

test("all sums together are the full convolution", () => {
  const sums = [0, 1, 2, 3].map((t) =>
    termsAt(facts, t).reduce((sum, term) => sum + term.product, 0),
  );
  assert.deepEqual(sums, [1, 12, 23, 30]);
});

test("the timeline holds every place of the kernel", () => {
  assert.deepEqual(timeline(facts), { from: -1, count: 5 });
});

test("dragging puts the kernel's middle under the pointer", () => {
  const w = [1, 2, 3];
  assert.equal(timeCentred({ w, operation: "convolution" }, 4.2), 5);
  assert.equal(timeCentred({ w, operation: "correlation" }, 4.2), 3);
});

test("the outputs that are kept begin at the first time", () => {
  assert.deepEqual(kept({ first: 2, y: [5, 6, 7] }), [2, 4]);
  assert.deepEqual([timeWords(-3), timeWords(12)], ["−3", "12"]);
});
