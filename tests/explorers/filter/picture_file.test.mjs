import assert from "node:assert/strict";
import { test } from "node:test";
import { greyBytes } from "../../../course_utils/explorers/filter/picture_file.js";

test("a colour picture becomes grey by the weights of BT.601", () => {
  assert.deepEqual(
    [...greyBytes([255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255])],
    [255, 76, 150, 29],
  );
});
