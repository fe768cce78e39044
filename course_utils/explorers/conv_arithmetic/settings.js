// Direction, numbers and sizes of the convolution.
import { chooser, optionsWith, segments } from "../shared/controls.js";
import { el } from "../shared/elements.js";
import { sizesTable } from "../shared/sizes_table.js";

const SIZES = [
  ["input_size", "input", "N"],
  ["kernel_size", "kernel", "F"],
  ["stride", "stride", "S"],
  ["padding", "padding", "P"],
  ["dilation", "dilation", "d"],
  ["output_padding", "output padding", ""],
];

export function settings(view, model) {
  const { change } = view;
  const direction = segments(
    view,
    "direction",
    [
      ["forward", "convolution"],
      ["transposed", "transposed convolution"],
    ],
    (name) => change({ transposed: name === "transposed" }),
  );
  const xNumbers = chooser(view, "numbers of the input", (name) => change({ x_preset: name }));
  const wNumbers = chooser(view, "numbers of the kernel", (name) => change({ w_preset: name }));
  const sizes = sizesTable(view, model, SIZES, change);
  const nodes = [
    el("div", { class: "cx-row" }, direction.node, xNumbers.node, wNumbers.node, sizes.together),
    sizes.node,
  ];

  const set = (facts) => {
    const { transposed } = facts;
    direction.set(transposed ? "transposed" : "forward");
    for (const input of direction.inputs) {
      input.disabled = !facts.choices.transposed.includes(input.value === "transposed");
      input.title = input.disabled ? facts.turning_problem : "";
    }
    xNumbers.set(optionsWith(facts.maps, facts.x_preset), facts.x_preset);
    wNumbers.set(optionsWith(facts.weights, facts.w_preset), facts.w_preset);
    sizes.show("output_padding", transposed);
    sizes.letter("input_size", transposed ? "M" : "N");
    sizes.offer(facts.choices);
  };
  return { nodes, set };
}
