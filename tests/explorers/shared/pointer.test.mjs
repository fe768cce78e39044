import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cellUnder, oncePerFrame } from "../../../course_utils/explorers/shared/pointer.js";

const node = { getBoundingClientRect: () => ({ top: 100, left: 50, width: 80, height: 40 }) };

test("the cell under the pointer, the nearest where it is outside", () => {
  const at = (x, y) => cellUnder({ clientX: x, clientY: y }, node, [2, 4]);
  assert.deepEqual(at(50, 100), [0, 0]);
  assert.deepEqual(at(109, 119), [0, 2]);
  assert.deepEqual(at(111, 121), [1, 3]);
  assert.deepEqual(at(0, 999), [1, 0]);
});

afterEach(() => {
  delete globalThis.requestAnimationFrame;
});

test("of several wishes in one frame the last is carried out", () => {
  const frames = [];
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  const later = oncePerFrame();
  const done = [];
  later(() => done.push("first"));
  later(() => done.push("second"));
  assert.equal(frames.length, 1);
  frames.pop()();
  assert.deepEqual(done, ["second"]);
  later(() => done.push("third"));
  frames.pop()();
  assert.deepEqual(done, ["second", "third"]);
});
