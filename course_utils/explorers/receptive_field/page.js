// ReceptiveFieldExplorer: a unit's field, traced layer by layer, over a real picture.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { el } from "../shared/elements.js";
import { openView } from "../shared/view.js";
import { windowOf } from "./field.js";
import { pictureKeys } from "./keys.js";
import { layerTable } from "./layer_table.js";
import { picture } from "./picture.js";
import { settings } from "./settings.js";
import { strip } from "./strip.js";
import { unitPanel } from "./unit_panel.js";

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-receptive-field",
    label: "Receptive field explorer",
  });
  const { root, change } = view;
  let facts = model.get("facts");
  let unit = facts.unit; // where the keys start from; may be ahead of what Python answered last
  let ahead = false;

  const options = settings(view, model);
  const photo = picture();
  const panel = unitPanel();
  const table = layerTable(view, model);
  const maps = strip(view, {
    choose: (layer) => change({ layer }),
    point: (traced) => {
      if (model.get("traced") !== traced) change({ traced });
    },
  });
  root.append(
    options.node,
    view.alert,
    el(
      "div",
      { class: "cx-rf-stage" },
      photo.node,
      el("div", { class: "cx-rf-right" }, ...panel.nodes, ...table.nodes),
    ),
    maps.node,
    maps.trace,
    view.live,
  );

  // Move the unit: every view and Python follow.
  function look(to) {
    unit = to;
    ahead = true;
    change({ unit });
    const [top, bottom, left, right] = windowOf(facts.fields[facts.layer], to);
    const name = facts.maps[facts.layer][0];
    const rows = `rows ${top} to ${bottom}, columns ${left} to ${right}`;
    view.announce(`unit ${to.join(", ")} of ${name} sees ${rows}`);
  }

  view.draw(() => {
    // Another layer has other units, and what Python refused is not to be gone on from.
    const others = model.get("facts").layer !== facts.layer || model.get("error");
    facts = model.get("facts");
    if (others || String(facts.unit) === String(unit)) ahead = false;
    if (!ahead) unit = facts.unit;
    options.set(facts);
    photo.paint(facts, model);
    panel.set(facts);
    table.set(facts);
    maps.set(facts);
    maps.show(model.get("traced"));
    root.dataset.at = facts.unit.join(",");
  });
  const showTraced = () => maps.show(model.get("traced"));
  view.on("change:traced", showTraced);
  view.listen(maps.node, "pointerleave", showTraced);

  view.listen(photo.frame, "pointermove", (event) => {
    const under = photo.unitUnder(event);
    photo.hintAt(under);
    root.dataset.hint = under.join(",");
  });
  view.listen(photo.frame, "pointerleave", () => photo.hintAt(null));
  view.listen(photo.frame, "click", (event) => look(photo.unitUnder(event)));
  pictureKeys(view, photo.frame, {
    unit: () => unit,
    count: () => facts.maps[facts.layer][1],
    look,
    layer: () => model.get("layer"),
    layers: () => facts.rows.length,
    chooseLayer: (layer) => change({ layer }),
  });
  return view.close;
}

export default { render };
