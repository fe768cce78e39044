// A small array as a table of numbers on their colours: the window, the kernel, the products.
import { colourOf, css, inkOn } from "../shared/colours.js";
import { el, say } from "../shared/elements.js";
import { cellNumber } from "../shared/numbers.js";

export function numberTable(caption, kind) {
  const body = el("tbody");
  const heading = el("caption", { class: `cx-${kind}`, text: caption });
  const node = el("table", { class: "cx-numbers" }, heading, body);
  let key = "";
  const build = (rows, columns) => {
    key = `${rows}×${columns}`;
    const [side, size] = sizesFor(Math.max(rows, columns));
    node.style.setProperty("--cx-side", `${side}px`);
    node.style.setProperty("--cx-size", `${size}px`);
    body.replaceChildren(
      ...Array.from({ length: rows }, () =>
        el("tr", {}, ...Array.from({ length: columns }, () => el("td"))),
      ),
    );
  };
  const set = (values, columns, scale, table) => {
    const rows = values.length / columns;
    if (key !== `${rows}×${columns}`) build(rows, columns);
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

// CSS pixels of a cell's side and of its text, for so many rows or columns.
function sizesFor(widest) {
  if (widest <= 5) return [44, 12.5];
  if (widest <= 7) return [33, 11.5];
  return widest <= 9 ? [30, 11] : [25, 9.5];
}
