// A small array as rows and columns of number fields on their colours.
import { colourOf, css, inkOn, symmetric } from "./colours.js";
import { el } from "./elements.js";
import { dragValue, numberCell } from "./number_cell.js";
import { cellNumber, clamp, plainNumber } from "./numbers.js";

// `name` stands in the label of each field, `words` in that of all; their sides add up to at most
// `room` CSS pixels, page up and down and dragging change by `step`. `edit(n, value)` is called for
// what is typed or dragged, `met(n)` when a field gets the focus.
export function numberGrid(view, { name, words, room = 300, step = 0.1, met = () => {} }, edit) {
  const node = el("div", {
    class: "cx-grid",
    role: "group",
    "aria-label": `${words}; arrow keys move, page up and page down change`,
  });
  let cells = [];
  let columns = 0;
  let home = 0; // the one that Tab leads to
  let closing = null;
  const welcome = (n) => {
    cells[home].input.tabIndex = -1;
    home = n;
    cells[home].input.tabIndex = 0;
  };
  const focusCell = (n) => {
    welcome(n);
    cells[n].input.focus();
  };

  const makeCell = (own, n, rows, side) => {
    const [a, b] = [Math.floor(n / columns), n % columns];
    const cell = numberCell(own, {
      label: `${name} row ${a}, column ${b}`,
      step,
      look: (value) => (side >= 44 ? plainNumber(value, 3) : cellNumber(value, 2, true)),
      apply: (value) => edit(n, value),
      move: (down, right) =>
        focusCell(clamp(a + down, 0, rows - 1) * columns + clamp(b + right, 0, columns - 1)),
    });
    cell.input.tabIndex = n === 0 ? 0 : -1;
    own.listen(cell.input, "focus", () => {
      welcome(n);
      met(n);
    });
    const apply = (value) => {
      cell.set(value);
      edit(n, value);
    };
    dragValue(own, cell.input, { get: cell.get, apply, unit: step, perPixel: step / 5 });
    return cell;
  };
  const build = (rows, wide) => {
    closing?.abort();
    closing = new AbortController();
    columns = wide;
    home = 0;
    const side = Math.min(58, Math.floor(room / Math.max(rows, wide)));
    node.style.setProperty("--cx-side", `${side}px`);
    node.style.setProperty("--cx-size", textSizeAt(side));
    node.style.setProperty("--cx-columns", wide);
    const own = untilClosed(view, closing.signal);
    cells = Array.from({ length: rows * wide }, (_, n) => makeCell(own, n, rows, side));
    node.replaceChildren(...cells.map((cell) => cell.input));
  };

  const set = (values, table) => {
    if (cells.length !== values.length * values[0].length || columns !== values[0].length) {
      const held = node.contains(document.activeElement);
      build(values.length, values[0].length);
      if (held) focusCell(0);
    }
    const flat = values.flat();
    const scale = symmetric(flat);
    flat.forEach((value, n) => {
      const colour = colourOf(value, scale, table);
      cells[n].set(value);
      cells[n].input.style.backgroundColor = css(colour);
      cells[n].input.style.color = inkOn(colour);
    });
  };
  // Which field, if any, belongs to what is looked at.
  const mark = (n) => {
    cells.forEach((cell, k) => {
      cell.input.classList.toggle("cx-here-too", k === n);
    });
  };
  return { node, set, mark };
}

const textSizeAt = (side) => `${side >= 50 ? 15 : side >= 42 ? 13 : side >= 30 ? 11.5 : 10}px`;

// The same view for fields that may go before it does: their listeners go with `signal` too.
function untilClosed(view, signal) {
  const both = { signal: AbortSignal.any([view.signal, signal]) };
  const listen = (target, type, handler) => target.addEventListener(type, handler, both);
  return { ...view, listen };
}
