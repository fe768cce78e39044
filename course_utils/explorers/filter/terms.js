// The sum at an output: window times kernel, the products, what they add up to.
import { symmetric } from "../shared/colours.js";
import { el, say } from "../shared/elements.js";
import { formatNumber } from "../shared/numbers.js";
import { numberTable } from "./number_table.js";

export function terms() {
  const windowTable = numberTable("window of x", "input");
  const kernelTable = numberTable("kernel w", "kernel");
  const productTable = numberTable("products", "plain");
  const sum = el("output", { class: "cx-sum" });
  const note = el("p", { class: "cx-note" });
  const pin = el("span", { class: "cx-pin", text: "pinned" });
  const total = el(
    "div",
    { class: "cx-total" },
    el("span", { class: "cx-label", text: "sum of the products" }),
    sum,
    note,
    pin,
  );
  const sign = (text) => el("span", { class: "cx-sign", text });
  const node = el(
    "div",
    { class: "cx-terms" },
    windowTable.node,
    sign("×"),
    kernelTable.node,
    sign("="),
    productTable.node,
    total,
  );

  const set = ({ kernel, used, flip }, table) => {
    node.classList.toggle("cx-wide", Math.max(kernel.length, kernel[0].length) > 7);
    kernelTable.set(used.flat(), used[0].length, symmetric(used.flat()), table);
    say(kernelTable.node.caption, flip ? "kernel w, flipped" : "kernel w");
  };
  // The sum at output (i, j), of the window with these values.
  const show = (facts, [i, j], values, value, table) => {
    const weights = facts.used.flat();
    const wide = facts.used[0].length;
    const products = Float64Array.from(values, (x, n) => x * weights[n]);
    windowTable.set(values, wide, facts.input_scale, table);
    productTable.set(products, wide, symmetric(products), table);
    say(sum, `y[${i}, ${j}] = ${formatNumber(value, 4)}`);
  };
  const setPinned = (pinned) => {
    pin.hidden = !pinned;
    say(note, pinned ? "click again to let go" : "point, or use the arrow keys; click to pin");
  };
  return { node, set, show, setPinned };
}
