// All filters of the layer: a radio button with its map for each.
import { floats } from "../shared/bytes.js";
import { paintCanvas, signedScale } from "../shared/colours.js";
import { el, freshId } from "../shared/elements.js";

export function filterChoice(view, choose) {
  const node = el("div", { class: "cx-fm-filters", role: "radiogroup", "aria-label": "filter" });
  const name = freshId("filter");
  let thumbs = [];
  let painted = null; // the bytes that are on the canvases
  const set = (facts, bytes, table) => {
    const [count, high, wide] = facts.map_shape;
    if (thumbs.length !== count) {
      thumbs = Array.from({ length: count }, (_, k) => thumb(view, name, k, choose));
      node.replaceChildren(...thumbs.map(({ label }) => label));
      node.classList.toggle("cx-fm-many", count > 8);
    }
    thumbs.forEach(({ input, label }, k) => {
      input.checked = k === facts.filter;
      label.classList.toggle("cx-fm-chosen", k === facts.filter);
    });
    if (painted === bytes) return; // another filter of the same layer
    painted = bytes;
    const maps = floats(bytes);
    const size = high * wide;
    thumbs.forEach(({ canvas }, k) => {
      const map = maps.subarray(k * size, (k + 1) * size).map((value) => Math.max(value, 0));
      const largest = map.reduce((a, b) => Math.max(a, b), 0);
      paintCanvas(canvas, map, [high, wide], signedScale(largest), table);
    });
  };
  return { node, set };
}

function thumb(view, name, k, choose) {
  const input = el("input", { type: "radio", name, value: k, "aria-label": `filter ${k}` });
  view.listen(input, "change", () => choose(k));
  const canvas = el("canvas", { "aria-hidden": "true" });
  const words = el("span", { text: `k = ${k}`, "aria-hidden": "true" });
  return { input, canvas, label: el("label", { class: "cx-fm-thumb" }, input, canvas, words) };
}
