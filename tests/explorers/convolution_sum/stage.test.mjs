import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutOf } from "../../../course_utils/explorers/convolution_sum/stage.js";

const facts = { x: [1, 2, 3, 4], w: [1, 2, 3] }; // times −2 to 5

test("the columns share the room beside the labels, within limits", () => {
  assert.deepEqual(layoutOf(facts, 408), { from: -2, columns: 8, pitch: 40 });
  assert.equal(layoutOf(facts, 2000).pitch, 84);
  assert.equal(layoutOf(facts, 100).pitch, 18);
});
