import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, stroke } from "../../../course_utils/explorers/digit/brush.js";

test("a stroke covers the pixels near it, with soft edges", () => {
  const ink = new Float64Array(25);
  stroke(ink, 5, [2, 1], [2, 3], 2);
  // half a pixel of the rows beside it, and of the cells beyond its ends
  assert.deepEqual(
    [...ink],
    [0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 1, 1, 1, 0.5, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0].map(
      (v, n) => {
        const corner = [5, 9, 15, 19].includes(n); // at a distance of √2 from an end
        return corner ? 1.5 - Math.SQRT2 : v;
      },
    ),
  );
  stroke(ink, 5, [2, 2], [2, 2], 1, true);
  assert.equal(ink[12], 0);
  assert.deepEqual([...bytesOf([0, 0.2, 1])], [0, 51, 255]);
});
