// Keys on the paper: arrows move the brush, Space puts it down and lifts it, Enter makes a dot,
// Delete clears.
import { arrowOf, onKeys } from "../shared/keys.js";
import { clamp } from "../shared/numbers.js";

// Where an arrow key leads the brush; null for other keys.
export function brushMoved(key, at, side, fast) {
  const by = fast ? 4 : 1;
  const way = arrowOf(key);
  return way ? at.map((v, axis) => clamp(v + by * way[axis], 0, side - 1)) : null;
}

// `at()` tells the pixel that the brush is on.
export function brushKeys(view, paper, { at, side, moveTo, turn, dot, clear }) {
  onKeys(view, paper, ({ key, shiftKey }) => {
    const to = brushMoved(key, at(), side, shiftKey);
    if (to) moveTo(to);
    else if (key === " ") turn();
    else if (key === "Enter" && !shiftKey) dot();
    else if (key === "Delete" || key === "Backspace") clear();
    else return false;
    return true;
  });
}
