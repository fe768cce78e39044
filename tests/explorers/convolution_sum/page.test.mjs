import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axisFor,
  placeOf,
  termsAt,
  timeCentred,
  timeline,
  valueAt,
} from "../../../course_utils/explorers/convolution_sum/page.js";

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
  assert.equal(placeOf("convolution", 0, 1), -1);
  assert.equal(placeOf("correlation", 2, 1), 3);
});

test("dragging puts the kernel's middle under the pointer", () => {
  const w = [1, 2, 3];
  assert.equal(timeCentred({ w, operation: "convolution" }, 4.2), 5);
  assert.equal(timeCentred({ w, operation: "correlation" }, 4.2), 3);
});

test("an axis holds its values and zero, with room above", () => {
  assert.deepEqual(axisFor([0, 3, 1]), { low: 0, high: 4 });
  assert.deepEqual(axisFor([0, 0]), { low: 0, high: 1 });
  const axis = axisFor([-0.25, 7]);
  assert.ok(axis.low < -0.25 && axis.high > 7);
});

test("the height of the pointer is a value on a grid", () => {
  const axis = { low: -2, high: 4 };
  assert.equal(valueAt(6, axis, 6, 60, 0.1), 4);
  assert.equal(valueAt(66, axis, 6, 60, 0.1), -2);
  assert.equal(valueAt(46.3, axis, 6, 60, 0.1), 0);
  assert.ok(!Object.is(valueAt(46.3, axis, 6, 60, 0.1), -0));
  assert.equal(valueAt(-100, axis, 6, 60, 0.1), 4);
  assert.equal(valueAt(20.1, axis, 6, 60, 0.1), 2.6);
});
