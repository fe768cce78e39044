import assert from "node:assert/strict";
import { test } from "node:test";
import {
  colourOf,
  fillPixels,
  inkOn,
  symmetric,
} from "../../../course_utils/explorers/shared/colours.js";

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
    values.forEach((value, n) => {
      const pixel = [...out.slice(4 * n, 4 * n + 4)];
      assert.deepEqual(pixel, [...colourOf(value, scale, table), 255]);
    });
  }
});

test("a scale about zero, of zeros too", () => {
  assert.deepEqual(symmetric([1, -4, 2]), { signed: true, low: -4, high: 4 });
  assert.deepEqual(symmetric([0, 0]), { signed: true, low: -1, high: 1 });
});

test("text on a colour has a contrast of 4.5 or more", () => {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) =>
    0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  for (let r = 0; r < 256; r += 15)
    for (let g = 0; g < 256; g += 15)
      for (let b = 0; b < 256; b += 15) {
        const back = light([r, g, b]);
        const ratio = inkOn([r, g, b]) === "#000" ? (back + 0.05) / 0.05 : 1.05 / (back + 0.05);
        assert.ok(ratio >= 4.5, `${[r, g, b]}: ${ratio}`);
      }
});
