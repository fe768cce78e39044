// How the maps of a layer are laid out side by side. Map c stands in row ⌊c / columns⌋ of the sheet.
import { clamp } from "./numbers.js";

// Numbers in a row become maps of one pixel.
export function sheetOf(shape, tall = 20) {
  if (shape.length === 3) {
    const [count, high, wide] = shape;
    const columns = count === 6 ? 2 : Math.ceil(Math.sqrt(count));
    return { count, high, wide, columns, rows: Math.ceil(count / columns), gap: count > 1 ? 1 : 0 };
  }
  const count = shape[0];
  const columns = Math.ceil(count / tall);
  return { count, high: 1, wide: 1, columns, rows: Math.ceil(count / columns), gap: 0 };
}

// Size of the sheet in pixels of the maps: [rows, columns].
export function sheetSize({ rows, columns, high, wide, gap }) {
  return [rows * (high + gap) - gap, columns * (wide + gap) - gap];
}

// The cell [map, row, column] under pixel (i, j) of the sheet; the nearest where there is none.
export function cellAt(sheet, i, j) {
  const { rows, columns, high, wide, gap, count } = sheet;
  const r = clamp(Math.floor(i / (high + gap)), 0, rows - 1);
  const c = clamp(Math.floor(j / (wide + gap)), 0, columns - 1);
  const map = Math.min(r * columns + c, count - 1);
  return [map, clamp(i - r * (high + gap), 0, high - 1), clamp(j - c * (wide + gap), 0, wide - 1)];
}

// Pixel of the sheet where a cell lies: [row, column].
export function pixelOf(sheet, [map, row, column]) {
  const { columns, high, wide, gap } = sheet;
  return [Math.floor(map / columns) * (high + gap) + row, (map % columns) * (wide + gap) + column];
}
