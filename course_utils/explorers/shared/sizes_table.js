// The sizes of a layer as a table of steppers: one row for the rows, one for the columns, and a switch
// that changes both together.
import { checkbox, stepper } from "./controls.js";
import { el, say } from "./elements.js";

// `sizes` lists [trait, words, letter]; each trait is a pair. `change(values)` is called for a step.
export function sizesTable(view, model, sizes, change) {
  let choices = {};
  const both = checkbox(view, "rows and columns together", () => offer(choices));
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
        change({ [name]: both.box.checked ? [n, n] : pair });
      }),
    );
    parts[name] = { head, symbol, steppers };
    node.append(head, ...steppers.map((field) => field.node));
  }
  // For each trait what it may become: its rows, its columns, both at once.
  const offer = (now) => {
    choices = now;
    for (const [name, { steppers }] of Object.entries(parts)) {
      // Fields show the newest value, which may be ahead of the answer that is drawn.
      steppers.forEach((field, k) => {
        field.set(model.get(name)[k], choices[name][both.box.checked ? 2 : k]);
      });
    }
  };
  const show = (name, shown) => {
    const { head, steppers } = parts[name];
    for (const part of [head, ...steppers.map((field) => field.node)]) part.hidden = !shown;
  };
  const letter = (name, text) => say(parts[name].symbol, text);
  return { node, together: both.node, offer, show, letter };
}
