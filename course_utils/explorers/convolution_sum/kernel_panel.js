// The kernel as it is written: to draw on, and to type in.
import { el, heading } from "../shared/elements.js";
import { barRow } from "./bar_row.js";
import { sampleCells } from "./sample_cells.js";

// CSS pixels of a weight, for so many of them.
export const kernelPitch = (count) => (count > 6 ? 34 : 42);

export function kernelPanel(view, edit) {
  const bars = barRow("kernel", { height: 72, words: 0 });
  const cells = sampleCells(view, "w", edit);
  const names = el("div", { class: "cx-own-names", "aria-hidden": "true" });
  const title = heading({ kind: "kernel", symbol: "w", text: " the kernel as written" });
  const node = el("div", { class: "cx-own" }, title.node, bars.plot, cells.node, names);
  // `newest` are the weights as they stand in the fields, which may be ahead of those answered.
  const set = ({ w }, newest, scale) => {
    const pitch = kernelPitch(w.length);
    bars.set(
      w.map((value, column) => ({ column, value })),
      { columns: w.length, pitch, scale },
    );
    cells.set(newest, { pitch, offset: 0 });
    names.replaceChildren(
      ...w.map((_, a) => el("span", { style: `width: ${pitch}px`, text: `w[${a}]` })),
    );
  };
  return { node, bars, set };
}
