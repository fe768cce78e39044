// Walking through a map of cells: pointing shows, a click or an arrow key stays.
import { moved, onKeys } from "./keys.js";
import { oncePerFrame } from "./pointer.js";

// `show(cell)` and `look(cell)` are called for the two; the pointer's leaving calls `back()`. `find`
// turns a cell of this map into one of the array that is walked through, whose size and present cell
// `shape()` and `at()` tell; `still()` holds pointing off while it plays.
export function steer(view, map, { find = (cell) => cell, shape, at, show, look, back, still }) {
  const later = oncePerFrame();
  view.listen(map.frame, "pointermove", (event) => {
    if (!still()) later(() => show(find(map.cellAt(event))));
  });
  view.listen(map.frame, "pointerleave", () => {
    if (!still()) later(back);
  });
  view.listen(map.frame, "click", (event) => look(find(map.cellAt(event))));
  onKeys(view, map.frame, (event) => {
    const to = moved(event.key, at(), shape(), event.shiftKey);
    if (to) look(to);
    return to !== null;
  });
}
