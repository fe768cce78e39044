// Colours of numbers, by the rule of colours.py, and canvases painted with them.
import { clamp } from "./numbers.js";

// [r, g, b] of a value on a scale {signed, low, high}.
export function colourOf(value, scale, table) {
  const u = clamp((value - scale.low) / (scale.high - scale.low), 0, 1);
  if (scale.signed) {
    const k = 3 * Math.floor(u * (table.length / 3 - 1) + 0.5);
    return [table[k], table[k + 1], table[k + 2]];
  }
  const grey = Math.floor(u * 255 + 0.5);
  return [grey, grey, grey];
}

// RGBA of every value, into `out` (a Uint8ClampedArray of 4 bytes a value).
export function fillPixels(values, scale, table, out) {
  const { low, high, signed } = scale;
  const steps = signed ? table.length / 3 - 1 : 255;
  const factor = high - low;
  for (let n = 0, at = 0; n < values.length; n += 1, at += 4) {
    const u = (values[n] - low) / factor;
    const level = Math.floor(clamp(u, 0, 1) * steps + 0.5);
    if (signed) {
      out[at] = table[3 * level];
      out[at + 1] = table[3 * level + 1];
      out[at + 2] = table[3 * level + 2];
    } else {
      out[at] = level;
      out[at + 1] = level;
      out[at + 2] = level;
    }
    out[at + 3] = 255;
  }
  return out;
}

// One canvas pixel for each value, row by row.
export function paintCanvas(canvas, values, [rows, columns], scale, table) {
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  fillPixels(values, scale, table, image.data);
  context.putImageData(image, 0, 0);
}

// The scale about zero that reaches as far as the largest of some numbers.
export const signedScale = (largest) => ({
  signed: true,
  low: -(largest || 1),
  high: largest || 1,
});

export function symmetric(values) {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return signedScale(largest);
}

export const css = ([r, g, b]) => `rgb(${r}, ${g}, ${b})`;

// Black or white, whichever reads better on a colour.
export function inkOn([r, g, b]) {
  const linear = (byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return light > 0.179 ? "#000" : "#fff";
}

export function gradient(scale, table, direction = "to right") {
  const stops = [];
  for (let k = 0; k <= 16; k += 1) {
    stops.push(css(colourOf(scale.low + ((scale.high - scale.low) * k) / 16, scale, table)));
  }
  return `linear-gradient(${direction}, ${stops.join(", ")})`;
}
