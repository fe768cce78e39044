// Scene, layer and filter, with the picture in colour where there is one.
import { chooser, optionsWith } from "../shared/controls.js";
import { el, say } from "../shared/elements.js";
import { clamp } from "../shared/numbers.js";
import { filterChoice } from "./filters.js";

export function settings(view, model, table) {
  const { change } = view;
  const scenes = chooser(view, "scene", (name) => change({ scene: name }));
  const layers = chooser(view, "layer", (name) => change({ layer: name }));
  const filters = filterChoice(view, (k) => change({ filter: k }));
  const photo = photograph();
  const words = el("span", { class: "cx-label" });
  const choice = el(
    "div",
    { class: "cx-fm-choice" },
    photo.node,
    el("div", { class: "cx-field cx-fm-field" }, words, filters.node),
  );
  const row = el("div", { class: "cx-row" }, scenes.node, layers.node);

  const set = (facts, channels) => {
    scenes.set(optionsWith(facts.scenes, facts.scene, facts.scene), facts.scene);
    layers.set(
      facts.layers.map((name) => [name, name]),
      facts.layer,
    );
    layers.node.hidden = facts.layers.length < 2;
    photo.node.hidden = !facts.colour;
    if (facts.colour) photo.paint(channels, facts.channel_shape);
    const [K, C, kH, kW] = facts.weight_shape;
    say(
      words,
      `${K} filters of ${C} × ${kH} × ${kW}, the map of each after ReLU, each to its own largest value`,
    );
    filters.set(facts, model.get("map_bytes"), table);
  };
  return { row, choice, set };
}

function photograph() {
  const canvas = el("canvas", {
    class: "cx-fm-photo",
    role: "img",
    "aria-label": "the picture in colour",
  });
  const label = el("span", { class: "cx-label", text: "picture" });
  const node = el("div", { class: "cx-field" }, label, canvas);
  // The first three channels are red, green and blue.
  const paint = (channels, [, high, wide]) => {
    canvas.width = wide;
    canvas.height = high;
    const context = canvas.getContext("2d");
    const image = context.createImageData(wide, high);
    for (let n = 0; n < high * wide; n += 1) {
      for (let c = 0; c < 3; c += 1) {
        image.data[4 * n + c] = Math.round(255 * clamp(channels[c * high * wide + n], 0, 1));
      }
      image.data[4 * n + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  };
  return { node, paint };
}
