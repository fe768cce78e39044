// Feature maps side by side on one canvas: painted in the course's colours, pointed at, walked
// through with the arrow keys. Map c of a layer stands in row ⌊c / columns⌋ of the sheet.
import { clamp, el, fillPixels, svg } from "./view.js";

// How the maps of a layer are laid out: numbers in a row become maps of one pixel.
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

// Where an arrow key leads: through the pixels of the sheet, over the gaps; Page Up and Page Down
// to the map before and after.
export function sheetMoved(key, sheet, cell, fast = false) {
  const [map, row, column] = cell;
  if (key === "PageUp" || key === "PageDown") {
    return [clamp(map + (key === "PageDown" ? 1 : -1), 0, sheet.count - 1), row, column];
  }
  const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
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
  return way[0] && k === i ? cell : way[1] && l === j ? cell : found;
}

// A canvas of maps with marks above it. `point(cell)` is called for the pointer and the keys, and
// with null when the pointer leaves.
export function mapSheet(view, { label, kind = "", point }) {
  const canvas = el("canvas", { class: "cx-sheet-canvas", "aria-hidden": "true" });
  const over = svg("svg", { class: "cx-sheet-over", "aria-hidden": "true" });
  const mark = svg("rect", { class: "cx-sheet-mark" });
  const marks = svg("g");
  over.append(marks, mark);
  const node = el(
    "div",
    {
      class: `cx-sheet ${kind}`,
      tabindex: "0",
      role: "application",
      "aria-label": label,
      "aria-roledescription": "maps",
    },
    canvas,
    over,
  );
  let sheet = sheetOf([1, 1, 1]);
  let at = null;
  let painted = "";
  mark.style.display = "none";

  const shape = (dimensions, tall) => {
    const key = `${dimensions}/${tall}`;
    if (painted === key) return sheet;
    painted = key;
    sheet = sheetOf(dimensions, tall);
    const [high, wide] = sheetSize(sheet);
    canvas.width = wide;
    canvas.height = high;
    over.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    node.style.aspectRatio = `${wide} / ${high}`;
    at = null;
    return sheet;
  };

  const paint = (values, scale, table) => {
    const { count, high, wide, columns, gap } = sheet;
    const context = canvas.getContext("2d");
    if (gap || count < columns * sheet.rows) context.clearRect(0, 0, canvas.width, canvas.height);
    const whole = fillPixels(values, scale, table, new Uint8ClampedArray(4 * values.length));
    for (let c = 0; c < count; c += 1) {
      const part = whole.subarray(4 * c * high * wide, 4 * (c + 1) * high * wide);
      context.putImageData(
        new ImageData(part, wide, high),
        (c % columns) * (wide + gap),
        Math.floor(c / columns) * (high + gap),
      );
    }
    node.classList.remove("cx-sheet-empty");
  };

  const blank = () => {
    canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    node.classList.add("cx-sheet-empty");
  };

  const show = (cell) => {
    mark.style.display = cell ? "" : "none";
    if (!cell) return;
    at = cell;
    const [i, j] = pixelOf(sheet, cell);
    for (const [name, value] of [
      ["x", j],
      ["y", i],
      ["width", 1],
      ["height", 1],
    ])
      mark.setAttribute(name, value);
  };

  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const [high, wide] = sheetSize(sheet);
    const i = Math.floor(((event.clientY - box.top) / box.height) * high);
    const j = Math.floor(((event.clientX - box.left) / box.width) * wide);
    return cellAt(sheet, clamp(i, 0, high - 1), clamp(j, 0, wide - 1));
  };
  let pending = null;
  view.listen(node, "pointermove", (event) => {
    if (pending === null)
      requestAnimationFrame(() => {
        const cell = pending;
        pending = null;
        point(cell, false);
      });
    pending = under(event);
  });
  view.listen(node, "pointerleave", () => requestAnimationFrame(() => point(null, false)));
  view.listen(node, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = at || [0, Math.floor(sheet.high / 2), Math.floor(sheet.wide / 2)];
    const to = sheetMoved(event.key, sheet, from, event.shiftKey);
    if (!to) return;
    event.preventDefault();
    point(to, true);
  });
  // Where the arrow keys start from, where no cell is marked.
  const stand = (cell) => {
    at = cell;
  };
  return { node, canvas, marks, shape, paint, blank, show, stand, under, sheet: () => sheet };
}
