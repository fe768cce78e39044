import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../../course_utils/explorers/feature_map/cards.js";

test("up to six channels have a column each, in a narrow page up to four", () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((count) => columnsOf(count).columns),
    [3, 3, 3, 4, 5, 6],
  );
  assert.deepEqual(
    [1, 3, 4, 5, 6].map((count) => columnsOf(count).narrow),
    [3, 3, 4, 3, 3],
  );
  assert.deepEqual(columnsOf(16), { columns: 6, narrow: 3, card: "96px" });
});
