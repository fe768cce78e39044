// The sizes of a layer as a table of steppers: one row for the rows, one for the columns, and a switch
// that changes both together.
import { el, say, stepper } from "./view.js";

// `sizes` lists [trait, words, letter]; each trait is a pair. `change(values)` is called for a step.
export function sizesTable(view, model, sizes, change) {
  let choices = {};
  const both = el("input", { type: "checkbox" });
  const together = el(
    "label",
    { class: "cx-check" },
    both,
    el("span", { text: "rows and columns together" }),
  );
  const node = el(
    "div",
    { class: "cx-sizes-table", role: "group", "aria-label": "sizes, for rows and for columns" },
    el("span"),
    el("span", { class: "cx-label", text: "rows" }),
    el("span", { class: "cx-label", text: "columns" }),
  );
  const parts = {};
  for (const [name, words, letter] of sizes) {
    const symbol = el("span", { class: "cx-symbol", text: letter });
    const head = el("span", { class: "cx-label cx-size-name" }, words, " ", symbol);
    const steppers = ["rows", "columns"].map((axis, k) =>
      stepper(view, `${words} ${axis}`, (n) => {
        const pair = [...model.get(name)];
        pair[k] = n;
        change({ [name]: both.checked ? [n, n] : pair });
      }),
    );
    parts[name] = { head, symbol, steppers };
    node.append(head, ...steppers.map((one) => one.node));
  }
  // For each trait what it may become: its rows, its columns, both at once.
  const offer = (now) => {
    choices = now;
    for (const [name, { steppers }] of Object.entries(parts)) {
      // Fields show the newest value, which may be ahead of the answer that is drawn.
      steppers.forEach((one, k) =>
        one.set(model.get(name)[k], choices[name][both.checked ? 2 : k]),
      );
    }
  };
  view.listen(both, "change", () => offer(choices));
  const show = (name, shown) => {
    for (const part of [parts[name].head, ...parts[name].steppers.map((one) => one.node)])
      part.hidden = !shown;
  };
  const letter = (name, text) => say(parts[name].symbol, text);
  return { node, together, offer, show, letter };
}
