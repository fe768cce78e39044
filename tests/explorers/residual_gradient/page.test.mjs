import assert from "node:assert/strict";
import { test } from "node:test";
import {
  alongCurve,
  axisOf,
  neighbour,
  raised,
  threeDigits,
  ticksOf,
} from "../../../course_utils/explorers/residual_gradient/page.js";

test("three digits, and powers of ten where they are needed", () => {
  assert.equal(threeDigits(0), "0");
  assert.equal(threeDigits(1), "1");
  assert.equal(threeDigits(0.6113), "0.611");
  assert.equal(threeDigits(1234.4), "1230");
  assert.equal(threeDigits(12345), "1.23e4");
  assert.equal(threeDigits(1.0234e-11), "1.02e−11");
  assert.equal(threeDigits(-0.5), "−0.5");
});

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

test("exponents are raised", () => {
  assert.equal(`10${raised(-54)}`, "10⁻⁵⁴");
});

test("keys lead along the curve and stop at its ends", () => {
  assert.equal(alongCurve("ArrowRight", 3, 28, false), 4);
  assert.equal(alongCurve("ArrowLeft", 3, 28, true), 0);
  assert.equal(alongCurve("End", 3, 28, false), 27);
  assert.equal(alongCurve("x", 3, 28, false), null);
});

test("the next λ, also from one between", () => {
  const values = [0, 0.5, 0.9, 1];
  assert.equal(neighbour(values, 0.9, true), 1);
  assert.equal(neighbour(values, 0.95, false), 0.9);
  assert.equal(neighbour(values, 1, true), null);
});
