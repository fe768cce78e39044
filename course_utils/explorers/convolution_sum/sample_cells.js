// A row of number fields, one a sample.
import { el } from "../shared/elements.js";
import { numberCell } from "../shared/number_cell.js";
import { clamp } from "../shared/numbers.js";
import { fitNumber } from "./bar_row.js";

// `edit(n, value)` is called for what is typed; the fields are `pitch` CSS pixels apart.
export function sampleCells(view, letter, edit) {
  const node = el("div", {
    class: "cx-cells",
    role: "group",
    "aria-label": `numbers of ${letter}; arrow keys move, page up and page down change`,
  });
  let cells = [];
  let home = 0; // the one that Tab leads to
  let pitch = 40;
  const welcome = (n) => {
    if (cells[home]) cells[home].input.tabIndex = -1;
    home = n;
    cells[n].input.tabIndex = 0;
  };
  const makeCell = (n) => {
    const cell = numberCell(view, {
      label: `${letter} at ${n}`,
      apply: (value) => edit(n, value),
      look: (value) => fitNumber(value, pitch),
      move: (down, right) => {
        const to = clamp(n + right + down, 0, cells.length - 1);
        welcome(to);
        cells[to].input.focus();
      },
    });
    cell.input.tabIndex = -1;
    view.listen(cell.input, "focus", () => welcome(n));
    return cell;
  };
  const set = (values, { pitch: now, offset }) => {
    for (const { input } of cells.slice(values.length)) input.remove();
    cells = cells.slice(0, values.length);
    while (cells.length < values.length) {
      cells.push(makeCell(cells.length));
      node.append(cells.at(-1).input);
    }
    pitch = now;
    welcome(home < cells.length ? home : 0);
    node.style.paddingLeft = `${offset}px`;
    node.style.setProperty("--cx-pitch", `${pitch}px`);
    node.style.setProperty("--cx-size", `${pitch >= 34 ? 12.5 : pitch >= 26 ? 10.5 : 9}px`);
    values.forEach((value, n) => {
      cells[n].set(value);
    });
  };
  return { node, set };
}
