// What is pooled, how, and from which numbers.
import { checkbox, chooser, optionsWith, segments, stepper } from "../shared/controls.js";
import { el } from "../shared/elements.js";
import { sizesTable } from "../shared/sizes_table.js";

const KINDS = [
  ["max", "largest"],
  ["average", "mean"],
  ["lp", "Lp norm"],
];
const TIES = [
  ["first", "the first takes all"],
  ["split", "equal shares"],
];
const SIZES = [
  ["input_size", "input", "N"],
  ["kernel_size", "window", "F"],
  ["stride", "stride", "S"],
  ["padding", "padding", "P"],
  ["shift", "move by", ""],
];

export function settings(view, model) {
  const { change } = view;
  const kind = segments(view, "keep of each window", KINDS, (name) => change({ kind: name }));
  const power = stepper(view, "exponent p", (n) => change({ p: n }));
  const ties = segments(view, "of equal values", TIES, (name) => change({ ties: name }));
  const count = checkbox(view, "count the padding", (on) => change({ count_include_pad: on }));
  const back = checkbox(view, "backward view", (on) => change({ backward: on }));
  const xNumbers = chooser(view, "numbers of the input", (name) => change({ x_preset: name }));
  const gNumbers = chooser(view, "upstream gradient, or type it", (name) =>
    change({ g_preset: name }),
  );
  const sizes = sizesTable(view, model, SIZES, change);
  const nodes = [
    el("div", { class: "cx-row" }, kind.node, power.node, ties.node, count.node, back.node),
    el("div", { class: "cx-row" }, xNumbers.node, gNumbers.node, sizes.together),
    sizes.node,
  ];

  const set = (facts) => {
    kind.set(facts.kind);
    power.set(model.get("p"), facts.exponents);
    power.node.hidden = facts.kind !== "lp";
    ties.set(facts.ties);
    ties.node.hidden = facts.kind !== "max";
    count.box.checked = facts.count_include_pad;
    count.node.hidden = facts.kind !== "average" || facts.padding.every((n) => n === 0);
    back.box.checked = facts.backward;
    gNumbers.node.hidden = !facts.backward;
    xNumbers.set(optionsWith(facts.maps, facts.x_preset), facts.x_preset);
    gNumbers.set(optionsWith(facts.gradients, facts.g_preset), facts.g_preset);
    sizes.offer(facts.choices);
  };
  return { nodes, set };
}
