// The maps from the picture up, small: what of each goes into the unit.
import { el, place, say, svg } from "../shared/elements.js";
import { clamp } from "../shared/numbers.js";
import { windowWords } from "./field.js";
import { stripKeys } from "./keys.js";

const SMALL = 40; // CSS pixels of a map

// `choose(layer)` is called for a click, `point(layer)` where a map gets the focus.
export function strip(view, { choose, point }) {
  const node = el("div", {
    class: "cx-rf-strip",
    role: "toolbar",
    "aria-label": "maps from the picture up: arrow keys point, enter chooses the layer",
  });
  const trace = el("output", { class: "cx-rf-trace" });
  let facts = null;
  let tiles = [];
  let home = 0; // the one that Tab leads to
  const welcome = (n) => {
    tiles[home].node.tabIndex = -1;
    home = n;
    tiles[home].node.tabIndex = 0;
  };
  // The maps above the unit's layer have no part in it.
  const pointAt = (n) => {
    welcome(n);
    if (n > facts.layer) return;
    show(n);
    point(n);
  };
  const hover = (n) => {
    if (n <= facts.layer) show(n);
  };

  const build = () => {
    const held = node.contains(document.activeElement);
    tiles = facts.maps.map((_, n) => {
      const tile = mapTile();
      view.listen(tile.node, "click", () => (n ? choose(n) : pointAt(0)));
      view.listen(tile.node, "pointerenter", () => hover(n));
      view.listen(tile.node, "focus", () => pointAt(n));
      return tile;
    });
    node.replaceChildren(...tiles.map((tile) => tile.node));
    home = clamp(home, 0, tiles.length - 1);
    tiles[home].node.tabIndex = 0;
    if (held) tiles[home].node.focus();
  };
  const set = (now) => {
    facts = now;
    if (tiles.length !== facts.maps.length) build();
    tiles.forEach((tile, n) => {
      tile.set(facts, n);
    });
  };
  // Say which part of a map goes into the unit; nothing here asks Python.
  const show = (n) => {
    const at = clamp(n, 0, facts.layer);
    say(trace, traceWords(facts, at));
    tiles.forEach((tile, k) => {
      tile.node.classList.toggle("cx-rf-pointed", k === at);
    });
    view.root.dataset.traced = String(at);
  };
  stripKeys(view, node, {
    at: () => home,
    last: () => tiles.length - 1,
    focus: (n) => tiles[n].node.focus(),
  });
  return { node, trace, set, show };
}

function traceWords({ maps, windows, layer }, at) {
  const [name, count] = maps[at];
  if (at === layer) return `${name}: the unit itself`;
  const words = windowWords(windows[at], count, at ? "units" : "pixels");
  return `${at ? "by way of" : "of the"} ${name}, ${count} × ${count}: ${words}`;
}

function mapTile() {
  const seen = svg("rect", { class: "cx-rf-seen" });
  const map = svg("rect", { class: "cx-rf-map" });
  place(map, 0.5, 0.5, SMALL - 1, SMALL - 1);
  const attributes = { width: SMALL, height: SMALL, "aria-hidden": "true" };
  const name = el("span", { class: "cx-rf-name" });
  const size = el("span", { class: "cx-rf-side" });
  const node = el(
    "button",
    { type: "button", class: "cx-rf-tile", tabindex: "-1" },
    svg("svg", attributes, map, seen),
    name,
    size,
  );
  const set = ({ maps, windows, layer }, n) => {
    const [word, count] = maps[n];
    say(name, word);
    say(size, `${count}²`);
    node.setAttribute("aria-label", `${word}, ${count} × ${count}`);
    node.setAttribute("aria-pressed", String(n === layer));
    node.classList.toggle("cx-rf-above", n > layer);
    seen.style.display = n > layer ? "none" : "";
    if (n > layer) return;
    const scale = (SMALL - 1) / count;
    const [top, bottom, left, right] = windows[n].map((at) => clamp(at, 0, count - 1));
    const wide = Math.max((right - left + 1) * scale, 2);
    const high = Math.max((bottom - top + 1) * scale, 2);
    place(seen, 0.5 + left * scale, 0.5 + top * scale, wide, high);
  };
  return { node, set };
}
