// A field for one number of an array: to type in, to step by keys, to drag.
import { el } from "./elements.js";
import { arrowOf, keyPasses, onKeys } from "./keys.js";
import { nudge, parseNumber, plainNumber } from "./numbers.js";
import { followPointer } from "./pointer.js";

// Types over, applies as soon as what is typed is a number, says why when it is left with something
// that is not. `apply(value)` and `move(rows, columns)`; `look(value)` is what is read in the cell.
export function numberCell(
  view,
  { label, apply, move, step = 0.1, look = (value) => plainNumber(value, 3) },
) {
  const input = el("input", {
    class: "cx-cell",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
  });
  let value = 0;
  let typing = false;
  let before = 0; // the value when typing began
  const show = () => {
    // Rounded to fit the cell; the whole number while it is being edited.
    const text = document.activeElement === input ? plainNumber(value, 6) : look(value);
    if (input.value !== text) input.value = text;
  };
  const leave = () => {
    if (!typing) return;
    typing = false;
    const { problem } = parseNumber(input.value);
    if (problem) {
      if (value !== before) apply(before); // "0" of "0,5" was a number
      value = before;
      view.complain(`${label}: ${problem}; it stays ${plainNumber(value)}`);
    }
    show();
  };
  const stepBy = (by) => {
    typing = false;
    value = nudge(value, by);
    show();
    input.select();
    apply(value);
  };
  view.listen(input, "focus", () => {
    show();
    input.select();
  });
  view.listen(input, "blur", () => {
    leave();
    input.value = look(value);
  });
  view.listen(input, "input", () => {
    if (!typing) before = value;
    typing = true;
    const parsed = parseNumber(input.value);
    if (parsed.problem === undefined && parsed.value !== value) {
      value = parsed.value;
      apply(value);
    }
  });
  onKeys(view, input, (event) => {
    if (event.key === "Escape") input.blur();
    if (keyPasses(event)) return false;
    const by = { PageUp: step, PageDown: -step }[event.key];
    if (by) stepBy(by);
    if (event.key === "Enter") {
      leave();
      move(1, 0);
    }
    const way = arrowOf(event.key);
    if (!way || (typing && caretHasRoom(input, way[1]))) return Boolean(by);
    leave();
    move(...way);
    return true;
  });
  const set = (now) => {
    if (typing && document.activeElement === input) return;
    typing = false;
    value = now;
    show();
  };
  return { input, set, get: () => value };
}

// Left and right first move within what is being typed.
function caretHasRoom(input, right) {
  const caret = input.selectionStart;
  if (!right || caret !== input.selectionEnd) return false;
  return right < 0 ? caret > 0 : caret < input.value.length;
}

// Dragging up and down changes a number, like a fader; a click still edits.
export function dragValue(view, node, { get, apply, perPixel = 0.02, unit = 0.1 }) {
  view.listen(node, "pointerdown", (event) => {
    if (event.button !== 0) return;
    const from = event.clientY;
    const start = get();
    let dragging = false;
    const move = (moved) => {
      const up = from - moved.clientY;
      if (!dragging && Math.abs(up) < 4) return;
      if (!dragging) {
        dragging = true;
        node.setPointerCapture?.(event.pointerId);
        node.classList.add("cx-dragging");
        node.blur?.();
      }
      const fine = moved.shiftKey ? 0.1 : 1;
      const grid = unit * fine;
      const next = Math.round((start + up * perPixel * fine) / grid) * grid;
      apply(Number(next.toFixed(6)));
      moved.preventDefault();
    };
    followPointer(view, node, { move, end: () => node.classList.remove("cx-dragging") });
  });
}
