import assert from "node:assert/strict";
import { test } from "node:test";
import {
  keepKeys,
  keyPasses,
  moved,
  movedAlong,
  onKeys,
} from "../../../course_utils/explorers/shared/keys.js";

test("keys lead along a line and stop at its ends", () => {
  assert.equal(movedAlong("ArrowRight", 3, [0, 27], false), 4);
  assert.equal(movedAlong("ArrowLeft", 3, [0, 27], true), 0);
  assert.equal(movedAlong("ArrowLeft", 3, [2, 27], true), 2);
  assert.equal(movedAlong("Home", 3, [-2, 27], false), -2);
  assert.equal(movedAlong("End", 3, [0, 27], false), 27);
  assert.equal(movedAlong("x", 3, [0, 27], false), null);
});

test("these keys pass to the notebook, and no others", () => {
  const key = (name, more = {}) =>
    keyPasses({
      key: name,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    });
  assert.ok(
    key("Tab") &&
      key("Escape") &&
      key("s", { ctrlKey: true }) &&
      key("s", { metaKey: true }) &&
      key("ArrowUp", { altKey: true }) &&
      key("Enter", { shiftKey: true }),
  );
  for (const name of ["b", "a", "ArrowDown", "Enter", " ", "d", "PageUp"])
    assert.equal(key(name), false, name);
});

test("arrow keys move within an array", () => {
  const size = [4, 7];
  assert.deepEqual(moved("ArrowDown", [0, 0], size), [1, 0]);
  assert.deepEqual(moved("ArrowUp", [0, 3], size), [0, 3]);
  assert.deepEqual(moved("ArrowRight", [1, 5], size, true), [1, 6]);
  assert.deepEqual(moved("ArrowLeft", [1, 6], size, true), [1, 1]);
  assert.deepEqual(moved("End", [2, 0], size), [2, 6]);
  assert.deepEqual(moved("Home", [2, 5], size), [2, 0]);
  assert.deepEqual(moved("PageDown", [0, 0], size), [3, 0]);
  assert.equal(moved("b", [0, 0], size), null);
});

// A view whose listeners are called by hand: what is pressed, and what becomes of it.
function keyboard() {
  const handlers = [];
  const root = {};
  const view = { root, listen: (target, type, act) => handlers.push([target, type, act]) };
  const press = (key, more = {}, type = "keydown") => {
    const event = { key, prevented: false, stopped: false, ...more };
    event.preventDefault = () => Object.assign(event, { prevented: true });
    event.stopPropagation = () => Object.assign(event, { stopped: true });
    for (const [, listened, act] of handlers) if (listened === type) act(event);
    return event;
  };
  return { view, press };
}

test("what is typed does not reach the notebook, neither down nor up", () => {
  const { view, press } = keyboard();
  keepKeys(view);
  for (const type of ["keydown", "keypress", "keyup"]) {
    assert.ok(press("b", {}, type).stopped);
    assert.ok(!press("Tab", {}, type).stopped);
    assert.ok(!press("s", { ctrlKey: true }, type).stopped);
  }
});

test("a key that was taken does nothing else, and shortcuts are left alone", () => {
  const { view, press } = keyboard();
  const seen = [];
  onKeys(view, {}, ({ key }) => {
    seen.push(key);
    return key === "ArrowUp";
  });
  assert.ok(press("ArrowUp").prevented);
  assert.ok(!press("b").prevented);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.ok(!press("ArrowUp", { [held]: true }).prevented);
  }
  assert.deepEqual(seen, ["ArrowUp", "b"]);
});
