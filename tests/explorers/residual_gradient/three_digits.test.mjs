import assert from "node:assert/strict";
import { test } from "node:test";
import { threeDigits } from "../../../course_utils/explorers/residual_gradient/three_digits.js";

test("three digits, and powers of ten where they are needed", () => {
  assert.equal(threeDigits(0), "0");
  assert.equal(threeDigits(1), "1");
  assert.equal(threeDigits(0.6113), "0.611");
  assert.equal(threeDigits(1234.4), "1230");
  assert.equal(threeDigits(12345), "1.23e4");
  assert.equal(threeDigits(1.0234e-11), "1.02e−11");
  assert.equal(threeDigits(-0.5), "−0.5");
});
