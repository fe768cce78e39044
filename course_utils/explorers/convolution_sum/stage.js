// Signal, sliding kernel, products and output, one below the other along the timeline.
import { el } from "../shared/elements.js";
import { clamp } from "../shared/numbers.js";
import { axisFor } from "./axis.js";
import { barRow, fitNumber } from "./bar_row.js";
import { sampleCells } from "./sample_cells.js";
import { kept, timeline, timeWords } from "./terms.js";

const LABEL = 86; // CSS pixels for what stands before the rows

export function stage(view, edit) {
  const x = barRow("input", { height: 96, words: 0 });
  const cells = sampleCells(view, "x", edit);
  const w = barRow("kernel", { height: 66, words: 2 });
  const products = barRow("plain", { height: 66, words: 1 });
  const y = barRow("output", { height: 96, words: 2 });
  makeChart(w.plot, "kernel on the signal: left and right arrow keys slide it");
  makeChart(y.plot, "output: left and right arrow keys move t");
  const band = el("div", { class: "cx-band", "aria-hidden": "true" });
  const cellLine = el(
    "div",
    { class: "cx-line" },
    el("div", { class: "cx-row-label" }),
    cells.node,
  );
  const rows = [x.node, cellLine, w.node, products.node, y.node];
  const node = el("div", { class: "cx-sum-stage" }, band, ...rows);

  const setLabels = ({ operation, y: outputs }) => {
    x.setLabel("x", "draw on it");
    w.setLabel("w", operation === "convolution" ? "flipped; drag" : "not flipped; drag");
    products.setLabel("x·w", "products");
    y.setLabel("y", `${outputs.length} kept`);
  };
  const setCells = (values, { from, pitch }) => cells.set(values, { pitch, offset: -from * pitch });

  // Draw everything for time t; with `later`, what comes after it is not computed yet. `scale` is the
  // axis of the signal.
  const show = (facts, t, terms, { layout, later, scale }) => {
    const { from, pitch } = layout;
    const times = terms.map((term) => term.n);
    band.style.left = `${LABEL + (Math.min(...times) - from) * pitch}px`;
    band.style.width = `${terms.length * pitch}px`;
    x.set(signalBars(facts, times, layout), { ...layout, scale });
    w.set(
      terms.map((term) => ({ ...barOf(term.n, term.w, layout), name: `w[${term.a}]` })),
      { ...layout, scale: axisFor(facts.w) },
    );
    products.set(
      terms.map(({ n, product, inside }) => ({
        ...barOf(n, product, layout),
        state: inside ? "" : "cx-outside",
      })),
      { ...layout, scale: axisFor(facts.w.flatMap((w) => facts.x.map((x) => w * x))) },
    );
    y.set(outputBars(facts, t, layout, later), { ...layout, scale: axisFor(facts.full) });
  };
  return { node, x, w, y, setLabels, setCells, show };
}

// First time shown, number of columns and CSS pixels of each, on a stage so wide.
export function layoutOf(facts, width) {
  const { from, count } = timeline(facts);
  const room = (width || 980) - LABEL - 2;
  return { from, columns: count, pitch: clamp(Math.floor(room / count), 18, 84) };
}

function makeChart(plot, label) {
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-roledescription", "chart");
  plot.setAttribute("aria-label", label);
}

const barOf = (time, value, { from, pitch }) => ({
  column: time - from,
  value,
  text: fitNumber(value, pitch),
});

// All columns of the signal: beyond its ends there is nothing.
function signalBars({ x }, touched, { from, columns }) {
  return Array.from({ length: columns }, (_, column) => {
    const n = column + from;
    if (!(n in x)) return { column, value: 0, state: "cx-outside" };
    return { column, value: x[n], state: touched.includes(n) ? "" : "cx-dim" };
  });
}

function outputBars(facts, t, layout, later) {
  const [first, last] = kept(facts);
  const state = (time) => {
    if (time < first || time > last) return "cx-dropped";
    if (time === t) return "cx-now";
    return later && time > t ? "cx-later" : "cx-dim";
  };
  return facts.full.map((value, k) => {
    const time = facts.full_first + k;
    return { ...barOf(time, value, layout), name: timeWords(time), state: state(time) };
  });
}
