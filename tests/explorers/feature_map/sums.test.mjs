import assert from "node:assert/strict";
import { test } from "node:test";
import { sumWords } from "../../../course_utils/explorers/feature_map/sums.js";

test("how far a sum has come, in words", () => {
  assert.deepEqual(
    [0, 1, 3, 4, 6].map((terms) => sumWords(terms, 3, -1)),
    [
      "nothing added yet",
      "sum of 1 of 3 channels",
      "sum of 3 of 3 channels",
      "sum of 3 channels, bias −1",
      "sum of 3 channels, bias −1",
    ],
  );
});
