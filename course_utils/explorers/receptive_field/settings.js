// The network, the unit's layer, the picture, and which field is shown.
import { button, chooser, segments, stepper } from "../shared/controls.js";
import { el } from "../shared/elements.js";

const FIELDS = [
  ["average", "average"],
  ["sample", "one network"],
  ["none", "off"],
];

export function settings(view, model) {
  const { change } = view;
  const network = chooser(view, "network", (name) => change({ network: name }));
  const layer = stepper(view, "layer", (n) => change({ layer: n }));
  const picture = chooser(view, "picture", (name) => change({ picture: name }));
  const side = stepper(view, "side of the picture", (n) => change({ side: n }));
  const effective = segments(view, "effective field", FIELDS, (name) =>
    change({ effective: name }),
  );
  const again = button(view, "Another network", "Draw the weights of the one network anew", () =>
    change({ seed: (model.get("seed") + 1) % (model.get("facts").last_seed + 1) }),
  );
  const parts = [network, layer, picture, side, effective].map((part) => part.node);
  const node = el("div", { class: "cx-row" }, ...parts, again);

  const set = (facts) => {
    network.set(
      facts.networks.map((name) => [name, name === "custom" ? "layers of your own" : name]),
      facts.network,
    );
    picture.set(
      facts.pictures.map((name) => [name, name]),
      facts.picture,
    );
    layer.set(
      model.get("layer"),
      facts.rows.map((_, n) => n + 1),
    );
    side.set(facts.side, facts.choices.side);
    effective.set(facts.effective);
    again.hidden = facts.effective !== "sample";
  };
  return { node, set };
}
