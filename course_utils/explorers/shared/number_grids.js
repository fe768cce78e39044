// Small arrays as rows and columns of numbers on their colours: one to read, one to type in.
import {
  cellNumber,
  clamp,
  colourOf,
  css,
  dragValue,
  el,
  inkOn,
  numberCell,
  plainNumber,
  say,
  symmetric,
} from "./view.js";

// A table of numbers beside its colours: the window, the kernel, the products.
export function numberTable(caption, kind) {
  const body = el("tbody");
  const node = el(
    "table",
    { class: "cx-numbers" },
    el("caption", { class: `cx-${kind}`, text: caption }),
    body,
  );
  let key = "";
  const set = (values, columns, scale, table) => {
    const rows = values.length / columns;
    if (key !== `${rows}×${columns}`) {
      key = `${rows}×${columns}`;
      const widest = Math.max(rows, columns);
      node.style.setProperty(
        "--cx-side",
        `${widest <= 5 ? 44 : widest <= 7 ? 33 : widest <= 9 ? 30 : 25}px`,
      );
      node.style.setProperty(
        "--cx-size",
        `${widest <= 5 ? 12.5 : widest <= 7 ? 11.5 : widest <= 9 ? 11 : 9.5}px`,
      );
      body.replaceChildren(
        ...Array.from({ length: rows }, () =>
          el("tr", {}, ...Array.from({ length: columns }, () => el("td"))),
        ),
      );
    }
    const narrow = Math.max(rows, columns) > 5;
    for (let n = 0; n < values.length; n += 1) {
      const cell = body.rows[Math.floor(n / columns)].cells[n % columns];
      const colour = colourOf(values[n], scale, table);
      cell.style.backgroundColor = css(colour);
      cell.style.color = inkOn(colour);
      say(cell, cellNumber(values[n], 2, narrow));
    }
  };
  return { node, set };
}

// A grid of number fields: `name` stands in the label of each, `words` in that of all; their sides
// add up to at most `room` CSS pixels, page up and down and dragging change by `step`.
// `edit(n, value)` is called for what is typed or dragged, `met(n)` when a field gets the focus.
export function numberGrid(view, { name, words, room = 300, step = 0.1, met = () => {} }, edit) {
  const node = el("div", {
    class: "cx-grid",
    role: "group",
    "aria-label": `${words}; arrow keys move, page up and page down change`,
  });
  let cells = [];
  let columns = 0;
  let home = 0;
  let close = null;
  const focusCell = (n) => {
    cells[home].input.tabIndex = -1;
    home = n;
    cells[home].input.tabIndex = 0;
    cells[home].input.focus();
  };
  const build = (rows, wide) => {
    close?.abort();
    close = new AbortController();
    const own = {
      ...view,
      listen: (target, type, handler) =>
        target.addEventListener(type, handler, {
          signal: AbortSignal.any([view.signal, close.signal]),
        }),
    };
    columns = wide;
    home = 0;
    const side = Math.min(58, Math.floor(room / Math.max(rows, wide)));
    node.style.setProperty("--cx-side", `${side}px`);
    node.style.setProperty(
      "--cx-size",
      `${side >= 50 ? 15 : side >= 42 ? 13 : side >= 30 ? 11.5 : 10}px`,
    );
    node.style.gridTemplateColumns = `repeat(${wide}, var(--cx-side))`;
    cells = Array.from({ length: rows * wide }, (_, n) => {
      const [a, b] = [Math.floor(n / wide), n % wide];
      const cell = numberCell(own, {
        label: `${name} row ${a}, column ${b}`,
        step,
        look: (value) => (side >= 44 ? plainNumber(value, 3) : cellNumber(value, 2, true)),
        apply: (value) => edit(n, value),
        move: (down, right) => {
          const [r, c] = [clamp(a + down, 0, rows - 1), clamp(b + right, 0, wide - 1)];
          focusCell(r * wide + c);
        },
      });
      cell.input.tabIndex = n === 0 ? 0 : -1;
      own.listen(cell.input, "focus", () => {
        cells[home].input.tabIndex = -1;
        home = n;
        cell.input.tabIndex = 0;
        met(n);
      });
      dragValue(own, cell.input, {
        get: cell.get,
        apply: (value) => {
          cell.set(value);
          edit(n, value);
        },
        unit: step,
        perPixel: step / 5,
      });
      return cell;
    });
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
  const mark = (n) =>
    cells.forEach((cell, k) => cell.input.classList.toggle("cx-here-too", k === n));
  return { node, set, mark };
}
