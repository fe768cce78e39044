// A slice of the filter: its numbers on their colours.
import { colourOf, css, inkOn } from "../shared/colours.js";
import { svg } from "../shared/elements.js";
import { cellNumber } from "../shared/numbers.js";

export function slice() {
  const node = svg("svg", { class: "cx-fm-slice", "aria-hidden": "true" });
  const set = (rows, scale, table) => {
    const wide = rows[0].length;
    node.setAttribute("viewBox", `0 0 ${wide} ${rows.length}`);
    node.style.aspectRatio = `${wide} / ${rows.length}`;
    node.replaceChildren(
      ...rows.flatMap((row, a) =>
        row.flatMap((value, b) => weight(value, [a, b], wide, colourOf(value, scale, table))),
      ),
    );
  };
  return { node, set };
}

function weight(value, [a, b], wide, colour) {
  const room = { x: b + 0.03, y: a + 0.03, width: 0.94, height: 0.94, rx: 0.08 };
  const cell = svg("rect", { ...room, fill: css(colour) });
  if (wide > 5) return [cell]; // too small for a number
  const number = svg("text", {
    x: b + 0.5,
    y: a + 0.5,
    fill: inkOn(colour),
    "font-size": wide < 4 ? 0.3 : 0.36,
    text: cellNumber(value, 2, true, true),
  });
  return [cell, number];
}
