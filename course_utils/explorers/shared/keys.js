// Keys: which of them stay in the explorer, and where the arrows lead. All listeners for keys are set
// up here. What a key does stands, for one explorer, in its keys.js; for maps that several share, in
// steering.js and sheet_keys.js; for a field, with the field.
import { clamp } from "./numbers.js";

const isShortcut = (event) => event.ctrlKey || event.metaKey || event.altKey;

// These pass to the notebook: leaving the widget (Tab, Escape), shortcuts, and running the cell
// (Shift+Enter).
export function keyPasses(event) {
  if (event.key === "Tab" || event.key === "Escape") return true;
  if (isShortcut(event)) return true;
  return event.key === "Enter" && event.shiftKey;
}

// The notebook acts on keys that bubble up to it (arrows move between cells, b inserts one).
export function keepKeys(view) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    view.listen(view.root, type, (event) => {
      if (!keyPasses(event)) event.stopPropagation();
    });
  }
}

// `act(event)` is called for the keys pressed in `node`, shortcuts left out. Where it returns true, the
// browser does nothing more about the key.
export function onKeys(view, node, act) {
  view.listen(node, "keydown", (event) => {
    if (!isShortcut(event) && act(event)) event.preventDefault();
  });
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// The way of an arrow key, [rows, columns]; null for other keys.
export const arrowOf = (key) => ARROWS[key] ?? null;

// Where a key leads from cell (i, j) of an array; null where it leads nowhere.
export function moved(key, [i, j], [rows, columns], fast) {
  const by = fast ? 5 : 1;
  const way = arrowOf(key);
  const to = way
    ? [i + by * way[0], j + by * way[1]]
    : { Home: [i, 0], End: [i, columns - 1], PageUp: [i - 10, j], PageDown: [i + 10, j] }[key];
  return to ? [clamp(to[0], 0, rows - 1), clamp(to[1], 0, columns - 1)] : null;
}

// Where a key leads on a line of places from `first` to `last`; null where it leads nowhere.
export function movedAlong(key, at, [first, last], fast) {
  const by = fast ? 5 : 1;
  const to = { ArrowLeft: at - by, ArrowRight: at + by, Home: first, End: last }[key];
  return to === undefined ? null : clamp(to, first, last);
}
