import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour } from "../../../course_utils/explorers/residual_gradient/keys.js";

test("the next λ, also from one between", () => {
  const values = [0, 0.5, 0.9, 1];
  assert.equal(neighbour(values, 0.9, true), 1);
  assert.equal(neighbour(values, 0.95, false), 0.9);
  assert.equal(neighbour(values, 1, true), null);
});
