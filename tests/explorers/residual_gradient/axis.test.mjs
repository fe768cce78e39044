import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOf, ticksOf } from "../../../course_utils/explorers/residual_gradient/axis.js";

test("the axis holds every value, and at least two decades", () => {
  assert.deepEqual(
    axisOf([
      [1e-11, 0.5],
      [3, 20],
    ]),
    { low: -11, high: 2 },
  );
  assert.deepEqual(axisOf([[0.1, 0.2]]), { low: -2, high: 0 });
  assert.deepEqual(axisOf([[0, NaN, Infinity]]), { low: -1, high: 1 });
  assert.deepEqual(axisOf([[0.01, 1]]), { low: -2, high: 0 });
});

test("few ticks, on whole exponents", () => {
  assert.deepEqual(ticksOf({ low: -2, high: 1 }), [-2, -1, 0, 1]);
  assert.deepEqual(ticksOf({ low: -11, high: 1 }), [-10, -8, -6, -4, -2, 0]);
  assert.ok(ticksOf({ low: -108, high: 2 }).length <= 8);
});
