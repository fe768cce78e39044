// Drawing on a row of bars: the pointer leaves its height in every column that it crosses.
import { followPointer } from "../shared/pointer.js";
import { valueAt } from "./axis.js";

// `place()` tells {pitch, from}: the width of a column and the number of the first. The row's axis is
// held while it is drawn on: `hold(axis)` at the start, `hold(null)` at the end.
export function drawOn(view, row, { place, values, apply, hold }) {
  view.listen(row.plot, "pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    row.plot.setPointerCapture(event.pointerId);
    hold(row.axis());
    let before = null;
    const move = (moved) => {
      const box = row.drawing.getBoundingClientRect();
      const { pitch, from } = place();
      const n = Math.floor((moved.clientX - box.left) / pitch) + from;
      const axis = row.axis();
      const unit = (axis.high - axis.low > 20 ? 1 : 0.1) * (moved.shiftKey ? 0.1 : 1);
      const value = valueAt(moved.clientY - box.top, axis, row.top, row.inner, unit);
      apply(painted(values(), before ?? n, n, value));
      before = n;
    };
    followPointer(view, row.plot, { move, end: () => hold(null) });
    move(event);
  });
}

// The values with those from place `a` to place `b`, in either order, set to one.
export function painted(values, a, b, value) {
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  return values.map((old, k) => (k >= first && k <= last ? value : old));
}
