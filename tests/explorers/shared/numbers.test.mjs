import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellNumber,
  formatNumber,
  nudge,
  parseNumber,
  parseWhole,
  plainNumber,
  superscript,
} from "../../../course_utils/explorers/shared/numbers.js";

test("exponents are raised", () => {
  assert.equal(`10${superscript(-54)}`, "10⁻⁵⁴");
});

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

test("steps of a tenth stay tenths", () => {
  assert.equal(nudge(0.2, 0.1), 0.3);
  assert.equal(nudge(0.1, -0.1), 0);
});
