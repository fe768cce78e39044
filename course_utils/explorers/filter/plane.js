// A picture one canvas pixel a value, with its scale below, and outlines and numbers above it.
import { colourOf, gradient, inkOn, paintCanvas } from "../shared/colours.js";
import { el, heading, say, setAll, svg } from "../shared/elements.js";
import { cellNumber, formatNumber } from "../shared/numbers.js";
import { cellUnder } from "../shared/pointer.js";

const SIDE = 320; // CSS pixels of a picture's longer side, where the page is wide enough
const WIDEST = 64; // CSS pixels of a cell, at most

export function plane({ kind, symbol, label }) {
  const canvas = el("canvas", { class: "cx-canvas", "aria-hidden": "true" });
  const over = svg("svg", { class: "cx-over", "aria-hidden": "true" });
  const title = heading({ kind, symbol });
  const frame = el(
    "div",
    {
      class: `cx-plane cx-frame-${kind}`,
      tabindex: "0",
      role: "application",
      "aria-label": label,
      "aria-roledescription": "picture",
    },
    canvas,
    over,
  );
  const bar = colourBar();
  const node = el(
    "div",
    { class: "cx-panel" },
    title.node,
    el("div", { class: "cx-plane-room" }, frame),
    ...bar.nodes,
  );
  const numbers = svg("g", { class: "cx-digits" });
  const marks = svg("g");
  over.append(numbers, marks);
  let shape = [1, 1];

  const paint = (values, now, scale, table, words) => {
    const [rows, columns] = now;
    if (canvas.width !== columns || canvas.height !== rows) {
      // The longer side fills the room, unless the cells would be too large.
      const longer = Math.max(rows, columns);
      const part = Math.min(1, (WIDEST * longer) / SIDE) / longer;
      frame.style.width = `max(12px, calc(var(--cx-plane) * ${part * columns}))`;
      frame.style.height = `max(12px, calc(var(--cx-plane) * ${part * rows}))`;
      over.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    }
    shape = now;
    paintCanvas(canvas, values, shape, scale, table);
    title.set(` ${words}`);
    bar.set(scale, table);
    writeNumbers(numbers, values, shape, scale, table);
  };
  const cellAt = (event) => cellUnder(event, frame, shape);
  return { node, frame, canvas, marks, paint, cellAt };
}

// The colours of a scale from its low end to its high end, and three numbers.
function colourBar() {
  const bar = el("div", { class: "cx-bar", "aria-hidden": "true" });
  const ticks = el("div", { class: "cx-ticks" }, el("span"), el("span"), el("span"));
  let signed = null;
  const set = (scale, table) => {
    // The colours are the same for every scale of a kind; the numbers below them change.
    if (signed !== scale.signed) bar.style.background = gradient(scale, table);
    signed = scale.signed;
    const middle = scale.signed ? 0 : (scale.low + scale.high) / 2;
    [scale.low, middle, scale.high].forEach((value, n) => {
      say(ticks.children[n], formatNumber(value, 2));
    });
  };
  return { nodes: [bar, ticks], set };
}

// The numbers themselves, where the cells have room for them.
function writeNumbers(group, values, [rows, columns], scale, table) {
  const cell = Math.min(SIDE / Math.max(rows, columns), WIDEST);
  if (cell < 19) {
    if (group.childElementCount) group.replaceChildren();
    return;
  }
  if (group.childElementCount !== values.length) {
    group.replaceChildren(...Array.from(values, () => svg("text")));
  }
  values.forEach((value, n) => {
    const text = group.children[n];
    const words = cellNumber(value, cell < 26 ? 1 : 2, cell < 30);
    setAll(text, {
      x: (n % columns) + 0.5,
      y: Math.floor(n / columns) + 0.5,
      "font-size": Math.min(0.38, 17 / cell, 1.5 / Math.max(words.length, 1)),
      fill: inkOn(colourOf(value, scale, table)),
    });
    say(text, words);
  });
}
