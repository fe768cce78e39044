import assert from "node:assert/strict";
import { test } from "node:test";
import { axisFor, valueAt } from "../../../course_utils/explorers/convolution_sum/axis.js";

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
