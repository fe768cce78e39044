import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellNumber,
  colourOf,
  fillPixels,
  floats,
  formatNumber,
  inkOn,
  keyPasses,
  moved,
  nextPosition,
  nudge,
  parseNumber,
  parseWhole,
  plainNumber,
  symmetric,
} from "../../../course_utils/explorers/shared/view.js";

test("numbers are read as a person writes them", () => {
  for (const [text, value] of [
    ["1", 1],
    [" -0.5 ", -0.5],
    [".25", 0.25],
    ["−2", -2],
    ["1/4", 0.25],
    ["-1/8", -0.125],
    ["1e-3", 0.001],
    ["+3.", 3],
  ]) {
    assert.deepEqual(parseNumber(text), { value }, text);
  }
});

test("what is not a number says why", () => {
  for (const [text, words] of [
    ["", /empty/],
    ["abc", /not a number/],
    ["1,5", /1\.5/],
    ["1/0", /divides by zero/],
    ["1e999", /too large/],
    ["-", /not a number/],
    ["1/2/3", /not a number/],
    ["NaN", /not a number/],
    ["Infinity", /not a number/],
    ["0x10", /not a number/],
  ]) {
    assert.match(parseNumber(text).problem, words, text);
  }
});

test("whole numbers", () => {
  assert.deepEqual(parseWhole(" 3 "), { value: 3 });
  for (const text of ["1.5", "", "x", "1e3"])
    assert.match(parseWhole(text).problem, /not a whole number/);
});

test("numbers are written short, with a true minus and no minus zero", () => {
  assert.equal(formatNumber(-0.25), "−0.25");
  assert.equal(formatNumber(-0), "0");
  assert.equal(formatNumber(-1e-9, 3), "−1.0e−9".replace("e−", "e-"));
  assert.equal(formatNumber(2.5004, 3), "2.5");
  assert.equal(plainNumber(1 / 3), "0.3333");
  assert.equal(plainNumber(100), "100");
  assert.equal(plainNumber(-0.00004, 4), "-4.0e-5");
  assert.equal(plainNumber(123456), "1.2e+5");
});

test("a small cell tells exact zero from nearly zero", () => {
  assert.equal(cellNumber(0, 2), "0");
  assert.equal(cellNumber(0.001, 2, true), ".00");
  assert.equal(cellNumber(-0.159, 2, true), "−.16");
  assert.equal(cellNumber(0.6, 2), "0.60");
  assert.equal(cellNumber(0.6, 2, false, true), "0.6");
  assert.equal(cellNumber(2.0001, 2, false, true), "2");
  assert.equal(cellNumber(12.34, 2), "12.3");
  assert.equal(cellNumber(-3, 2), "−3");
});

test("the middle of the table is zero, the ends are the ends, and beyond is clipped", () => {
  const table = Uint8Array.from({ length: 255 * 3 }, (_, n) => Math.floor(n / 3));
  const scale = { signed: true, low: -2, high: 2 };
  const level = (value) => colourOf(value, scale, table)[0];
  assert.deepEqual([-9, -2, -1, 0, 1, 2, 9].map(level), [0, 0, 64, 127, 191, 254, 254]);
  assert.deepEqual(colourOf(0.5, { signed: false, low: 0, high: 1 }, table), [128, 128, 128]);
});

test("a canvas is filled with the colours of its values", () => {
  const table = Uint8Array.from({ length: 255 * 3 }, (_, n) => (n * 7) % 256);
  for (const scale of [
    { signed: true, low: -3, high: 3 },
    { signed: false, low: 0, high: 2 },
  ]) {
    const values = Array.from({ length: 701 }, (_, n) => -3.5 + n / 100);
    const out = fillPixels(values, scale, table, new Uint8ClampedArray(values.length * 4));
    values.forEach((value, n) =>
      assert.deepEqual([...out.slice(4 * n, 4 * n + 4)], [...colourOf(value, scale, table), 255]),
    );
  }
});

test("a scale about zero, of zeros too", () => {
  assert.deepEqual(symmetric([1, -4, 2]), { signed: true, low: -4, high: 4 });
  assert.deepEqual(symmetric([0, 0]), { signed: true, low: -1, high: 1 });
});

test("text on a colour has a contrast of 4.5 or more", () => {
  const light = ([r, g, b]) =>
    [r, g, b]
      .map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  for (let r = 0; r < 256; r += 15)
    for (let g = 0; g < 256; g += 15)
      for (let b = 0; b < 256; b += 15) {
        const back = light([r, g, b]);
        const ratio = inkOn([r, g, b]) === "#000" ? (back + 0.05) / 0.05 : 1.05 / (back + 0.05);
        assert.ok(ratio >= 4.5, `${[r, g, b]}: ${ratio}`);
      }
});

test("bytes that do not start at a multiple of eight are read all the same", () => {
  const values = new Float64Array([1.5, -2.25, 1e-300]);
  const room = new Uint8Array(8 * 3 + 3);
  room.set(new Uint8Array(values.buffer), 3);
  assert.deepEqual([...floats(new DataView(room.buffer, 3, 24))], [...values]);
  assert.deepEqual([...floats(new DataView(values.buffer))], [...values]);
  assert.equal(floats(undefined).length, 0);
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

test("playing stops on the last position", () => {
  assert.deepEqual(nextPosition(3, 5), { at: 4, ended: false });
  assert.deepEqual(nextPosition(4, 5), { at: 4, ended: true });
  assert.deepEqual(nextPosition(0, 5, 12), { at: 4, ended: true });
});

test("steps of a tenth stay tenths", () => {
  assert.equal(nudge(0.2, 0.1), 0.3);
  assert.equal(nudge(0.1, -0.1), 0);
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
