// The sum of the partial maps as far as it has come, and what ReLU leaves of it.
import { signedScale } from "../shared/colours.js";
import { el, heading, say } from "../shared/elements.js";
import { mapSheet } from "../shared/map_sheet.js";
import { formatNumber } from "../shared/numbers.js";

// `point` is called for the pointer and the keys, `choose` for a click, with the output that it means.
export function sums(view, { point, choose }) {
  const result = (label, title) => {
    const sheet = mapSheet(view, { label, kind: "cx-fm-result", point });
    view.listen(sheet.node, "click", (event) => choose(sheet.under(event).slice(1)));
    return { ...sheet, node: el("div", { class: "cx-fm-output" }, title.node, sheet.node) };
  };
  const title = heading({ kind: "output" });
  const added = result("sum so far: arrow keys move", title);
  const reluTitle = heading({ kind: "output", text: "after ReLU: max(y, 0)" });
  const after = result("after ReLU: arrow keys move", reluTitle);
  const range = el("p", { class: "cx-note" });
  const node = el("div", { class: "cx-fm-results" }, added.node, after.node, range);

  const build = ({ map_shape: [, high, wide] }) => {
    for (const sheet of [added, after]) sheet.shape([1, high, wide]);
  };
  // `relu` is null where the sum is not complete.
  const paint = ({ signed_largest: largest }, sum, relu, words, table) => {
    added.paint(sum, signedScale(largest), table);
    if (relu) after.paint(relu, signedScale(largest), table);
    else after.blank();
    title.set(words);
    const ends = formatNumber(largest, 2);
    say(range, `purple −${ends}, white 0, orange ${ends}`);
  };
  const show = (at, complete) => {
    added.show([0, ...at]);
    after.show(complete ? [0, ...at] : null);
  };
  return { node, build, paint, show };
}

// "sum of 2 of 3 channels"
export function sumWords(terms, channels, bias) {
  if (!terms) return "nothing added yet";
  if (terms <= channels) return `sum of ${terms} of ${channels} channels`;
  return `sum of ${channels} channels, bias ${formatNumber(bias, 3)}`;
}
