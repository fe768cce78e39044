// The three arrays: the input with what lies around and between its cells, the kernel, the output.
import { octets } from "../shared/bytes.js";
import { cellMap, cellSide } from "../shared/cell_map.js";
import { el, heading, place, say, svg } from "../shared/elements.js";
import { numberGrid } from "../shared/number_grid.js";
import { cellNumber } from "../shared/numbers.js";

const ROOM = 404; // CSS pixels for a map, where the page is wide enough

const short = (value) => cellNumber(value, 1, true, true);
const size = ([rows, columns]) => `${rows} × ${columns}`;

export function maps(view, model) {
  const input = cellMap({
    kind: "input",
    symbol: "x",
    label: "input: arrow keys move the window",
  });
  const result = cellMap({
    kind: "output",
    symbol: "y",
    label: "output: arrow keys move from cell to cell",
  });
  const box = svg("rect", { class: "cx-map-window", rx: 0.1 });
  input.marks.append(box);
  const kernel = kernelPanel(view, model);
  const node = el("div", { class: "cx-arithmetic-stage" }, input.node, kernel.node, result.node);

  const paint = (facts) => {
    const { grid, output } = facts;
    const [rows, columns] = [grid.length, grid[0].length];
    const [high, wide] = [output.length, output[0].length];
    const side = cellSide(Math.max(rows, columns, high, wide), ROOM);
    input.paint(rows, columns, inputCells(facts), { words: inputWords(facts), side });
    result.paint(high, wide, outputCells(facts), { words: `output ${size([high, wide])}`, side });
    kernel.set(facts);
  };

  // Light up the terms of the sum at output `at`.
  const show = (facts, at, terms) => {
    const across = facts.grid[0].length;
    input.light(
      terms.map(({ cell, w, real }) => [
        cell[0] * across + cell[1],
        `×${short(w)}`,
        real ? "cx-lit" : "cx-lit-zero",
      ]),
    );
    result.light([[at[0] * facts.output[0].length + at[1], "", "cx-lit-output"]]);
    const [first, last] = [terms[0].cell, terms.at(-1).cell];
    place(box, first[1], first[0], last[1] - first[1] + 1, last[0] - first[0] + 1);
  };
  return { node, input, result, paint, show };
}

function inputCells({ grid, kinds, read }) {
  const kind = (p, q) => (read[p][q] ? ["input", "pad", "between"][kinds[p][q]] : "unread");
  return grid.flatMap((row, p) =>
    row.map((value, q) => ({ text: short(value), kind: kind(p, q) })),
  );
}

function inputWords({ grid, input_size: inner, transposed }) {
  const shape = [grid.length, grid[0].length];
  const around = transposed ? "stretched" : "padded";
  const larger = shape[0] !== inner[0] || shape[1] !== inner[1];
  return `input ${size(inner)}${larger ? `, ${around} to ${size(shape)}` : ""}`;
}

function outputCells({ output, reached }) {
  return output.flatMap((row, i) =>
    row.map((value, j) => ({ text: short(value), kind: reached[i][j] ? "output" : "dead" })),
  );
}

function kernelPanel(view, model) {
  const title = heading({ kind: "kernel", symbol: "w" });
  const note = el("p", { class: "cx-note" });
  const options = { name: "kernel", words: "kernel weights", room: 168, step: 1 };
  const weights = numberGrid(view, options, (n, value) => {
    const w = model.get("w").map((row) => [...row]);
    w[Math.floor(n / w[0].length)][n % w[0].length] = value;
    view.change({ w });
  });
  const node = el("div", { class: "cx-map-panel cx-weights" }, title.node, weights.node, note);
  const set = (facts) => {
    weights.set(model.get("w"), octets(model.get("colour_table")));
    title.set(` kernel ${size(facts.kernel_size)}`);
    say(
      note,
      facts.transposed ? "turned by half a turn where it is used" : "type, or drag up and down",
    );
  };
  return { node, set };
}
