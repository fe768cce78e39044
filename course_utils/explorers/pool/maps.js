// The maps: input and output above, the upstream gradient and where it goes below.
import { octets } from "../shared/bytes.js";
import { cellMap } from "../shared/cell_map.js";
import { colourOf, symmetric } from "../shared/colours.js";
import { el, heading, place, svg } from "../shared/elements.js";
import { numberGrid } from "../shared/number_grid.js";
import { cellNumber } from "../shared/numbers.js";

const KEPT = { max: "largest", average: "mean", lp: "Lp norm" };

const size = ([rows, columns]) => `${rows} × ${columns}`;

// `met(n)` is called when field n of the upstream gradient gets the focus.
export function maps(view, model, met) {
  const input = cellMap({
    kind: "input",
    symbol: "x",
    label: "input: arrow keys move the window",
  });
  const result = cellMap({
    kind: "output",
    symbol: "y",
    label: "output: arrow keys move from window to window",
  });
  const handed = cellMap({
    kind: "kernel",
    symbol: "∂L/∂x",
    label: "gradient of the input: arrow keys move the window",
  });
  const [inputBox, handedBox] = [input, handed].map((map) => {
    const box = svg("rect", { class: "cx-map-window", rx: 0.1 });
    map.marks.append(box);
    return box;
  });
  const upstream = upstreamPanel(view, model, met);
  const backward = pair(upstream.node, handed.node);
  const node = el("div", { class: "cx-pool-stage" }, pair(input.node, result.node), backward);
  let narrow = false; // cells too small for two decimals
  const short = (value, digits = 2) => cellNumber(value, narrow ? 1 : digits, true, true);

  const paint = (facts) => {
    const table = octets(model.get("colour_table"));
    const side = fitSide(view.root, facts);
    narrow = side.pixels < 30;
    const [high, wide] = paddedShape(facts);
    input.paint(high, wide, inputCells(facts, short), { words: inputWords(facts), side });
    const { output, moved } = facts;
    const words = `${KEPT[facts.kind]} of ${size(facts.kernel_size)}`;
    result.paint(output.length, output[0].length, outputCells(facts, short), { words, side });
    const cells = gradientCells(facts, table, short);
    handed.paint(moved.length, moved[0].length, cells, { words: "where it goes", side });
    upstream.set(model.get("g"), table);
    backward.hidden = !facts.backward;
  };

  // Light up the window of output `at`, and what goes back to it.
  const show = (facts, at, window) => {
    const position = at[0] * facts.output[0].length + at[1];
    result.light([[position, "", "cx-lit-output"]]);
    upstream.mark(position);
    const [top, left] = facts.padding;
    const across = facts.moved[0].length;
    input.light(
      window.map((part) => [
        (part.cell[0] + top) * (across + 2 * left) + part.cell[1] + left,
        part.share === 0 || part.share === 1 ? "" : `×${short(part.share)}`,
        litClass(facts, part),
      ]),
    );
    const inside = window.filter(({ real }) => real);
    const g = facts.g[at[0]][at[1]];
    handed.light(
      inside
        .filter(({ share }) => share !== 0)
        .map(({ cell, share }) => {
          const part = g * share;
          const words = `${part < 0 ? "−" : "+"}${short(Math.abs(part))}`;
          return [cell[0] * across + cell[1], words, "cx-lit-back"];
        }),
    );
    const [row, column] = window[0].cell;
    place(inputBox, column + left, row + top, facts.kernel_size[1], facts.kernel_size[0]);
    const [first, last] = [inside[0].cell, inside.at(-1).cell];
    place(handedBox, first[1], first[0], last[1] - first[1] + 1, last[0] - first[0] + 1);
  };
  return { node, input, result, handed, paint, show };
}

function upstreamPanel(view, model, met) {
  const options = { name: "upstream gradient", words: "upstream gradient", step: 1, met };
  const grid = numberGrid(view, options, (n, value) => {
    const g = model.get("g").map((row) => [...row]);
    g[Math.floor(n / g[0].length)][n % g[0].length] = value;
    view.change({ g });
  });
  const title = heading({ kind: "kernel", symbol: "g", text: " upstream" });
  const node = el("div", { class: "cx-map-panel" }, title.node, grid.node);
  return { node, set: grid.set, mark: grid.mark };
}

const pair = (from, to) =>
  el(
    "div",
    { class: "cx-pool-pair" },
    from,
    el("span", { class: "cx-arrow", "aria-hidden": "true", text: "→" }),
    to,
  );

const paddedShape = ({ moved, padding: [top, left] }) => [
  moved.length + 2 * top,
  moved[0].length + 2 * left,
];

// All maps side by side have cells of one size; --cx-cells and --cx-pair are what a page must hold.
function fitSide(root, facts) {
  const wide = paddedShape(facts)[1];
  const columns = facts.output[0].length;
  const inner = facts.moved[0].length;
  const across = wide + columns + (facts.backward ? inner + columns : 0);
  root.style.setProperty("--cx-cells", across);
  root.style.setProperty("--cx-pair", Math.max(wide, inner) + columns);
  return { css: "var(--cx-unit)", pixels: Math.min(46, 840 / across) };
}

function litClass({ kind }, { real, share }) {
  if (!real) return "cx-lit-zero";
  return kind === "max" && share !== 0 ? "cx-lit-won" : "cx-lit";
}

function inputCells(facts, short) {
  const { moved, wins } = facts;
  const [top, left] = facts.padding;
  const max = facts.kind === "max";
  const [high, wide] = paddedShape(facts);
  return Array.from({ length: high * wide }, (_, n) => {
    const [p, q] = [Math.floor(n / wide) - top, (n % wide) - left];
    const x = moved[p]?.[q];
    if (x === undefined) return { text: max ? "−∞" : "0", kind: "pad" };
    return { text: short(x), kind: max && wins[p][q] ? "won" : "input" };
  });
}

function inputWords(facts) {
  const padded = facts.padding.some((n) => n > 0);
  const still = facts.shift.every((n) => n === 0);
  const inner = size([facts.moved.length, facts.moved[0].length]);
  const around = padded ? `, padded to ${size(paddedShape(facts))}` : "";
  return `input ${inner}${around}${still ? "" : ", moved"}`;
}

function outputCells({ output, before, changed }, short) {
  return output.flatMap((row, i) =>
    row.map((value, j) => ({
      text: short(value),
      kind: changed[i][j] ? "changed" : "output",
      small: changed[i][j] ? `was ${short(before[i][j], 1)}` : "",
    })),
  );
}

function gradientCells({ gradient, g }, table, short) {
  const scale = symmetric([...gradient.flat(), ...g.flat()]);
  return gradient.flat().map((value) => ({
    text: short(value),
    kind: value === 0 ? "none" : "gradient",
    colour: value === 0 ? null : colourOf(value, scale, table),
  }));
}
