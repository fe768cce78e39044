// ResidualGradientExplorer: gradient norms from output to input, plain and residual, and the paths.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { el } from "../shared/elements.js";
import { clamp } from "../shared/numbers.js";
import { openView } from "../shared/view.js";
import { curves } from "./curves.js";
import { plotKeys } from "./keys.js";
import { paths } from "./paths.js";
import { settings } from "./settings.js";
import { threeDigits } from "./three_digits.js";

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-residual-gradient",
    label: "Residual gradient explorer",
  });
  let facts = model.get("facts");
  let at = 0; // the layer that is looked at: the chosen one, or what lies under the pointer

  const options = settings(view, model);
  const plot = curves(view);
  const sum = paths(view, model);
  view.root.append(
    ...options.nodes,
    view.alert,
    el("div", { class: "cx-residual-stage" }, plot.node, sum.node),
    view.live,
  );

  // Show a layer; nothing here asks Python.
  function show(to) {
    at = clamp(to, 0, facts.plain.length - 1);
    plot.show(at);
    view.root.dataset.at = String(at);
  }

  // Choose the layer: every view and Python follow.
  function look(to) {
    show(to);
    view.change({ layer: at });
    const [plain, residual] = [facts.plain[at], facts.residual[at]].map(threeDigits);
    view.announce(`${facts.names[at]}: plain ${plain}, residual ${residual}`);
  }

  view.draw(() => {
    facts = model.get("facts");
    options.set(facts);
    plot.paint(facts);
    sum.set(facts);
    show(model.get("layer"));
  });
  view.on("change:layer", () => show(model.get("layer")));

  view.listen(plot.frame, "pointermove", (event) => {
    const to = plot.placeAt(event);
    if (to !== at) show(to);
  });
  view.listen(plot.frame, "pointerleave", () => show(model.get("layer")));
  view.listen(plot.frame, "click", (event) => look(plot.placeAt(event)));
  plotKeys(view, plot.frame, {
    layer: () => [at, facts.plain.length],
    lambda: () => [model.get("skip_scale"), facts.choices.skip_scale],
    look,
    choose: (next) => {
      view.change({ skip_scale: next });
      view.announce(`λ = ${next}`);
    },
  });
  return view.close;
}

export default { render };
