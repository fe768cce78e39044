// The paper that is drawn on, by pointer or keys.
import { paintCanvas } from "../shared/colours.js";
import { el, setAll, svg } from "../shared/elements.js";
import { stroke } from "./brush.js";
import { brushKeys } from "./keys.js";

const RUBBER = 32; // the rubber end of a pen, among the buttons of a pointer event
const LABEL =
  "drawing: arrow keys move the brush, space puts it down and lifts it, Enter makes a dot, " +
  "Delete clears";

// Ink on paper: 0 is white and the largest is black.
export const inkScale = (largest) => ({ signed: false, low: largest || 1, high: 0 });

// `painted()` is called after every change of `ink`, `spoken(words)` for what the keys do.
export function paper(view, { side, painted, spoken }) {
  const ink = new Float64Array(side * side);
  const size = { width: side, height: side };
  const canvas = el("canvas", { class: "cx-sheet-canvas", ...size, "aria-hidden": "true" });
  const crop = svg("rect", { class: "cx-dg-crop" });
  const field = svg("rect", { class: "cx-sheet-field" });
  const ring = svg("circle", { class: "cx-dg-ring" });
  const over = svg(
    "svg",
    { class: "cx-sheet-over", viewBox: `0 0 ${side} ${side}`, "aria-hidden": "true" },
    crop,
    field,
    ring,
  );
  const node = el(
    "div",
    {
      class: "cx-sheet cx-dg-paper",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "drawing",
      "aria-label": LABEL,
    },
    canvas,
    over,
  );
  const brush = { width: 3, erase: false, at: [8, 15], down: false };

  const paint = () => paintCanvas(canvas, ink, [side, side], inkScale(1), null);
  const show = () => {
    setAll(ring, { cx: brush.at[1] + 0.5, cy: brush.at[0] + 0.5, r: brush.width / 2 });
    node.classList.toggle("cx-dg-down", brush.down);
  };
  const line = (from, to, erase = brush.erase) => {
    stroke(ink, side, from, to, brush.width, erase);
    brush.at = to;
    paint();
    show();
    painted();
  };
  const clear = () => {
    ink.fill(0);
    paint();
    painted();
  };
  const isDrawing = drawByPointer(view, node, canvas, side, brush, line);

  const pixel = () => brush.at.map(Math.round);
  brushKeys(view, node, {
    at: pixel,
    side,
    moveTo: (to) => {
      if (brush.down) {
        line(pixel(), to);
        return;
      }
      brush.at = to;
      show();
      spoken(`row ${to[0]}, column ${to[1]}`);
    },
    turn: () => {
      brush.down = !brush.down;
      if (brush.down) line(pixel(), pixel());
      else show();
      spoken(brush.down ? "brush down" : "brush lifted");
    },
    dot: () => line(pixel(), pixel()),
    clear,
  });
  view.listen(node, "blur", () => {
    brush.down = false;
    show();
  });
  show();

  const replace = (now) => {
    ink.set(now);
    paint();
  };
  const setBrush = (changes) => {
    Object.assign(brush, changes);
    show();
  };
  return { node, ink, crop, field, clear, replace, setBrush, isDrawing };
}

// `line(from, to, erase)` is called along the way of the pointer; says whether it is drawing now.
function drawByPointer(view, node, canvas, side, brush, line) {
  let drawing = null; // the pointer that draws
  const where = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientY - box.top) / box.height) * side - 0.5,
      ((event.clientX - box.left) / box.width) * side - 0.5,
    ];
  };
  const erases = (event) => brush.erase || event.buttons === RUBBER;
  view.listen(node, "pointerdown", (event) => {
    if (event.button !== 0 && event.buttons !== RUBBER) return;
    drawing = event.pointerId;
    node.setPointerCapture(event.pointerId);
    const at = where(event);
    line(at, at, erases(event));
  });
  view.listen(node, "pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    const path = event.getCoalescedEvents?.() ?? [];
    for (const step of path.length ? path : [event]) line(brush.at, where(step), erases(event));
  });
  const lift = (event) => {
    if (event.pointerId === drawing) drawing = null;
  };
  view.listen(node, "pointerup", lift);
  view.listen(node, "pointercancel", lift);
  return () => drawing !== null;
}
