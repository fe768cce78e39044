// Keys on a sheet of maps.
import { arrowOf } from "./keys.js";
import { clamp } from "./numbers.js";
import { cellAt, pixelOf, sheetSize } from "./sheet_layout.js";

// Where a key leads: the arrows through the pixels of the sheet, over the gaps; Page Up and Page Down
// to the map before and after.
export function sheetMoved(key, sheet, cell, fast = false) {
  const [map, row, column] = cell;
  if (key === "PageUp" || key === "PageDown") {
    return [clamp(map + (key === "PageDown" ? 1 : -1), 0, sheet.count - 1), row, column];
  }
  const way = arrowOf(key);
  if (!way) return null;
  const by = fast ? 5 : 1;
  const [i, j] = pixelOf(sheet, cell);
  const over = (at, step, size) =>
    sheet.gap && (at + step + 1) % (size + 1) === 0 ? Math.sign(step) : 0;
  const to = [i + by * way[0], j + by * way[1]];
  to[0] += over(i, by * way[0], sheet.high);
  to[1] += over(j, by * way[1], sheet.wide);
  const [tall, wide] = sheetSize(sheet);
  const found = cellAt(sheet, clamp(to[0], 0, tall - 1), clamp(to[1], 0, wide - 1));
  const [k, l] = pixelOf(sheet, found);
  // The last row of maps may be short: what lies beyond it is not reached.
  return (way[0] && k === i) || (way[1] && l === j) ? cell : found;
}
