import assert from "node:assert/strict";
import { test } from "node:test";
import { optionsWith } from "../../../course_utils/explorers/shared/controls.js";

test("what has no name of its own is offered first", () => {
  const named = { blur: "blur", sobel: "edges" };
  assert.deepEqual(optionsWith(named, "sobel"), Object.entries(named));
  assert.deepEqual(optionsWith(named, "custom")[0], ["custom", "your own"]);
  assert.deepEqual(optionsWith(named, "me.png", "me.png")[0], ["me.png", "me.png"]);
});
