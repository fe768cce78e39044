// The picture, the kernel and the filtered picture side by side, with the window and its output marked.
import { el, heading, place, say, svg } from "../shared/elements.js";
import { numberGrid } from "../shared/number_grid.js";
import { formatNumber } from "../shared/numbers.js";
import { plane } from "./plane.js";

const size = ([rows, columns]) => `${rows} × ${columns}`;

export function stage(view, model) {
  const input = plane({
    kind: "input",
    symbol: "x",
    label: "input picture: arrow keys move the window",
  });
  const result = plane({
    kind: "output",
    symbol: "y",
    label: "output: arrow keys move from value to value",
  });
  const kernel = kernelPanel(view, model);
  const node = el("div", { class: "cx-stage" }, input.node, kernel.node, result.node);

  const edge = svg("rect", { class: "cx-edge" });
  const box = svg("rect", { class: "cx-window" });
  const taps = svg("g", { class: "cx-taps" });
  input.marks.append(edge, taps, box);
  const here = svg("rect", { class: "cx-here" });
  const later = [svg("rect", { class: "cx-later" }), svg("rect", { class: "cx-later" })];
  result.marks.append(...later, here);

  const paint = (facts, { padded, output, table }) => {
    const { padded_shape: outer, image_shape: inner, output_shape: shape, before } = facts;
    const isPadded = outer[0] !== inner[0] || outer[1] !== inner[1];
    const words = `input ${size(inner)}${isPadded ? `, padded to ${size(outer)}` : ""}`;
    input.paint(padded, outer, facts.input_scale, table, words);
    place(edge, before[1], before[0], inner[1], inner[0]);
    edge.style.display = isPadded ? "" : "none";
    result.paint(output, shape, facts.output_scale, table, `output ${size(shape)}`);
    kernel.set(facts, table);
  };

  // Mark output `at` and its window, which starts at [top, left].
  const show = (facts, at, [top, left]) => {
    const [high, wide] = [facts.used.length, facts.used[0].length];
    const d = facts.dilation;
    place(box, left, top, d * (wide - 1) + 1, d * (high - 1) + 1);
    place(here, at[1], at[0], 1, 1);
    const count = d > 1 ? high * wide : 0; // without gaps the window itself shows its cells
    if (taps.childElementCount !== count) {
      taps.replaceChildren(...Array.from({ length: count }, () => svg("rect")));
    }
    [...taps.children].forEach((tap, n) => {
      place(tap, left + d * (n % wide), top + d * Math.floor(n / wide), 1, 1);
    });
  };

  // What comes after output `at` is not computed yet; all is for null.
  const cover = ({ output_shape: [high, wide] }, at) => {
    for (const veil of later) veil.style.display = at ? "" : "none";
    if (!at) return;
    place(later[0], at[1] + 1, at[0], Math.max(wide - at[1] - 1, 0), 1);
    place(later[1], 0, at[0] + 1, wide, Math.max(high - at[0] - 1, 0));
  };
  return { node, input, result, paint, show, cover };
}

function kernelPanel(view, model) {
  const grid = numberGrid(view, { name: "kernel", words: "kernel weights" }, (n, value) => {
    const kernel = model.get("kernel").map((row) => [...row]);
    const wide = kernel[0].length;
    kernel[Math.floor(n / wide)][n % wide] = value;
    view.change({ kernel });
  });
  const title = heading({ kind: "kernel", symbol: "w" });
  const note = el("p", { class: "cx-note" });
  const node = el(
    "div",
    { class: "cx-panel cx-kernel-panel" },
    title.node,
    el("div", { class: "cx-plane-room" }, grid.node),
    note,
  );
  const set = ({ kernel }, table) => {
    // Fields show the newest value, which may be ahead of the answer that is drawn.
    grid.set(model.get("kernel"), table);
    title.set(` kernel ${size([kernel.length, kernel[0].length])}`);
    const total = kernel.flat().reduce((a, b) => a + b, 0);
    say(note, `sum ${formatNumber(Number(total.toFixed(9)), 3)} · type, or drag up and down`);
  };
  return { node, set };
}
