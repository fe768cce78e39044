// The gradient as a sum over paths: one row for each number of branches.
import { stepper } from "../shared/controls.js";
import { el, heading, say } from "../shared/elements.js";
import { threeDigits } from "./three_digits.js";

const COLUMNS = [
  ["branches k", "how many branches F a path runs through"],
  ["paths", "L choose k"],
  ["× λᴸ⁻ᵏ", "the blocks it skips"],
  ["weight", "the two multiplied"],
  ["norm, measured", "of the sum of all these paths; that of ∂L/∂H is 1"],
];
const NOTE =
  "measured on L small pre-activation blocks with the same λ, weights and normalisation; " +
  "∂L/∂H has norm 1";

export function paths(view, model) {
  const blocks = stepper(view, "blocks L", (n) => view.change({ blocks: n }));
  const title = heading();
  const expansion = el("p", { class: "cx-expansion" });
  const body = el("tbody");
  const heads = COLUMNS.map(([text, hint]) => el("th", { scope: "col", title: hint, text }));
  const table = el("table", { class: "cx-paths" }, el("thead", {}, el("tr", {}, ...heads)), body);
  const sum = el("output", { class: "cx-path-sum" });
  const node = el(
    "div",
    { class: "cx-panel cx-path-panel" },
    el("div", { class: "cx-row" }, title.node, blocks.node),
    expansion,
    table,
    sum,
    el("p", { class: "cx-note", text: NOTE }),
  );

  const set = (facts) => {
    blocks.set(model.get("blocks"), facts.choices.blocks);
    fillRows(body, facts.lengths);
    const many = 2 ** facts.blocks;
    title.set(`The gradient as a sum over ${many} paths`);
    say(expansion, facts.expansion);
    const gap = facts.gap < 1e-12 ? "below 1e−12" : threeDigits(facts.gap);
    const total = `sum of all ${many}: norm ${threeDigits(facts.total)}`;
    say(sum, `${total}; difference from backpropagation ${gap}`);
  };
  return { node, set };
}

// One row for each length k of a path: {k, paths, factor, weight, norm}, the last two with bars.
function fillRows(body, lengths) {
  if (body.childElementCount !== lengths.length) body.replaceChildren(...lengths.map(emptyRow));
  const heaviest = Math.max(...lengths.map(({ weight }) => weight)) || 1;
  const longest = Math.max(...lengths.map(({ norm }) => norm)) || 1;
  lengths.forEach(({ paths: alike, factor, weight, norm }, n) => {
    const cells = body.rows[n].cells;
    say(cells[1], String(alike));
    say(cells[2], threeDigits(factor));
    showBar(cells[3], weight, heaviest);
    showBar(cells[4], norm, longest);
  });
}

function emptyRow({ k }) {
  const [weight, norm] = ["weight", "norm"].map((kind) =>
    el("td", {}, el("span"), el("i", { class: `cx-path-bar cx-bar-${kind}` })),
  );
  return el("tr", {}, el("th", { scope: "row", text: k }), el("td"), el("td"), weight, norm);
}

function showBar(cell, value, longest) {
  say(cell.firstChild, threeDigits(value));
  cell.lastChild.style.width = `${(100 * value) / longest}%`;
}
