// Feature maps side by side on one canvas: painted in the course's colours, pointed at, walked
// through with the keys.
import { fillPixels } from "./colours.js";
import { el, place, svg } from "./elements.js";
import { onKeys } from "./keys.js";
import { cellUnder, oncePerFrame } from "./pointer.js";
import { sheetMoved } from "./sheet_keys.js";
import { cellAt, pixelOf, sheetOf, sheetSize } from "./sheet_layout.js";

// `point(cell, stays)` is called for the pointer and, with `stays`, for the keys; and with null when
// the pointer leaves.
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
  let at = null; // where the keys start from
  let shaped = "";
  mark.style.display = "none";

  const shape = (dimensions, tall) => {
    const key = `${dimensions}/${tall}`;
    if (shaped === key) return;
    shaped = key;
    sheet = sheetOf(dimensions, tall);
    const [high, wide] = sheetSize(sheet);
    canvas.width = wide;
    canvas.height = high;
    over.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    node.style.aspectRatio = `${wide} / ${high}`;
    at = null;
  };
  const paint = (values, scale, table) => {
    paintSheet(canvas, sheet, values, scale, table);
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
    place(mark, j, i, 1, 1);
  };
  // Where the keys start from, where no cell is marked.
  const stand = (cell) => {
    at = cell;
  };
  const under = (event) => cellAt(sheet, ...cellUnder(event, canvas, sheetSize(sheet)));

  const later = oncePerFrame();
  view.listen(node, "pointermove", (event) => {
    const cell = under(event);
    later(() => point(cell, false));
  });
  view.listen(node, "pointerleave", () => requestAnimationFrame(() => point(null, false)));
  onKeys(view, node, (event) => {
    const from = at || [0, Math.floor(sheet.high / 2), Math.floor(sheet.wide / 2)];
    const to = sheetMoved(event.key, sheet, from, event.shiftKey);
    if (to) point(to, true);
    return to !== null;
  });
  return { node, canvas, marks, shape, paint, blank, show, stand, under, sheet: () => sheet };
}

function paintSheet(canvas, sheet, values, scale, table) {
  const { count, rows, columns, high, wide, gap } = sheet;
  const context = canvas.getContext("2d");
  if (gap || count < columns * rows) context.clearRect(0, 0, canvas.width, canvas.height);
  const pixels = fillPixels(values, scale, table, new Uint8ClampedArray(4 * values.length));
  const size = 4 * high * wide;
  for (let c = 0; c < count; c += 1) {
    const map = new ImageData(pixels.subarray(c * size, (c + 1) * size), wide, high);
    const [i, j] = pixelOf(sheet, [c, 0, 0]);
    context.putImageData(map, j, i);
  }
}
