// The network, what is measured on it, and its random weights.
import { button, chooser, segments, stepper } from "../shared/controls.js";
import { el, say } from "../shared/elements.js";

const NORMALISATIONS = [
  ["none", "none"],
  ["batch", "batch norm"],
];
const BLOCKS = [
  ["original", "ReLU after the sum"],
  ["pre", "pre-activation"],
];
const QUANTITIES = [
  ["signal", "∂L/∂x"],
  ["weights", "∂L/∂W"],
];

export function settings(view, model) {
  const { change } = view;
  const { choices } = model.get("facts");
  const depth = stepper(view, "depth (layers)", (n) => change({ depth: n }));
  const scales = choices.skip_scale.map((value) => [String(value), String(value)]);
  const scale = segments(view, "λ, the factor of the skip", scales, (value) =>
    change({ skip_scale: Number(value) }),
  );
  const initialisation = chooser(view, "initial weights", (name) =>
    change({ initialisation: name }),
  );
  const normalisation = segments(view, "normalisation", NORMALISATIONS, (name) =>
    change({ normalisation: name === "batch" }),
  );
  const block = segments(view, "block", BLOCKS, (name) =>
    change({ pre_activation: name === "pre" }),
  );
  const quantity = segments(view, "norm of", QUANTITIES, (name) => change({ quantity: name }));
  const seed = stepper(view, "seed", (n) => change({ seed: n }));
  const anew = "Draw the weights with another seed and compute anew";
  const again = button(view, "Another seed", anew, () =>
    change({ seed: (model.get("seed") % choices.seed) + 1 }),
  );
  const origin = el("p", { class: "cx-note" });
  const nodes = [
    [depth.node, scale.node, initialisation.node],
    [normalisation.node, block.node, quantity.node, seed.node, again, origin],
  ].map((row) => el("div", { class: "cx-row" }, ...row));

  const set = (facts) => {
    depth.set(model.get("depth"), facts.choices.depth);
    scale.set(String(facts.skip_scale));
    initialisation.set(Object.entries(facts.initialisations), facts.initialisation);
    normalisation.set(facts.normalisation ? "batch" : "none");
    block.set(facts.pre_activation ? "pre" : "original");
    quantity.set(facts.quantity);
    const [before, after] = [facts.seed - 1, facts.seed + 1];
    const seeds = [Math.max(before, 0), facts.seed, Math.min(after, facts.choices.seed)];
    seed.set(model.get("seed"), seeds);
    say(origin, facts.stored ? "computed beforehand" : `computed now, seed ${facts.seed}`);
  };
  return { nodes, set };
}
