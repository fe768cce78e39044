import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, split } from "../../../course_utils/explorers/digit/stages.js";
import { singles } from "../../../course_utils/explorers/shared/bytes.js";

test("numbers are split by shape, from anywhere in memory", () => {
  const bytes = new Uint8Array(4 + 4 * 7);
  const values = Float32Array.from([1, 2, 3, 4, 5, 6, 7]);
  bytes.set(new Uint8Array(values.buffer), 3);
  const read = singles(new DataView(bytes.buffer, 3, 28));
  assert.deepEqual(
    split(read, [[1, 2, 2], [3]]).map((part) => [...part]),
    [
      [1, 2, 3, 4],
      [5, 6, 7],
    ],
  );
});

test("the pixels that a unit sees", () => {
  assert.deepEqual(fieldOf({ field: 14, jump: 2, offset: 0 }, [3, 4, 1]), {
    top: 8,
    left: 2,
    side: 14,
  });
  assert.deepEqual(fieldOf({ field: 5, jump: 2, offset: -2 }, [0, 0, 3]), {
    top: -2,
    left: 4,
    side: 5,
  });
  assert.equal(fieldOf({ field: 0, jump: 0, offset: 0 }, [9, 0, 0]), null);
});
