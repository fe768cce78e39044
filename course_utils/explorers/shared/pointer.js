// The pointer: which cell it is over, and where it goes while it is held down.
import { clamp } from "./numbers.js";

// The cell of an array of `rows` × `columns`, drawn over all of `node`, that lies under the pointer.
export function cellUnder(event, node, [rows, columns]) {
  const box = node.getBoundingClientRect();
  const part = (at, from, length, count) =>
    clamp(Math.floor(((at - from) / length) * count), 0, count - 1);
  return [
    part(event.clientY, box.top, box.height, rows),
    part(event.clientX, box.left, box.width, columns),
  ];
}

// Does what it was asked last, once a frame.
export function oncePerFrame() {
  let latest = null;
  return (action) => {
    if (latest === null) {
      requestAnimationFrame(() => {
        const act = latest;
        latest = null;
        act();
      });
    }
    latest = action;
  };
}

// From now on, `move(event)` is called as the pointer moves, and `end()` when it is lifted; the end of
// the view ends it without a word.
export function followPointer(view, node, { move, end = () => {} }) {
  const gesture = new AbortController();
  const options = { signal: gesture.signal };
  const lift = () => {
    gesture.abort();
    end();
  };
  node.addEventListener("pointermove", move, options);
  node.addEventListener("pointerup", lift, options);
  node.addEventListener("pointercancel", lift, options);
  view.signal.addEventListener("abort", () => gesture.abort(), options);
}
