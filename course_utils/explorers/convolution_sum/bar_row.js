// One row of bars along the timeline, with numbers beneath.
import { el, place, say, setAll, svg } from "../shared/elements.js";
import { cellNumber } from "../shared/numbers.js";

const TOP = 6; // CSS pixels above the highest bar
const FOOT = [4, 18, 32]; // CSS pixels beneath the bars for no, one and two lines of words

// A number as wide as a column of the timeline allows.
export const fitNumber = (value, pitch) => cellNumber(value, pitch < 26 ? 1 : 2, pitch < 34, true);

// `words` lines stand beneath the bars: none, their numbers, or their numbers and names.
export function barRow(kind, { height, words }) {
  const bars = svg("g");
  const texts = svg("g", { class: "cx-row-numbers" });
  const names = svg("g", { class: "cx-row-names" });
  const zero = svg("line", { class: "cx-zero" });
  const attributes = { class: "cx-bars", "aria-hidden": "true" };
  const drawing = svg("svg", attributes, zero, bars, texts, names);
  const label = el("div", { class: `cx-row-label cx-${kind}` });
  const plot = el("div", { class: "cx-plot" }, drawing);
  const node = el("div", { class: `cx-line cx-line-${kind}` }, label, plot);
  const inner = height - TOP;
  let axis = { low: 0, high: 1 };

  // items: {column, value, text, name, state}
  const set = (items, { columns, pitch, scale }) => {
    axis = scale;
    const y = (value) => TOP + ((axis.high - value) / (axis.high - axis.low)) * inner;
    setAll(drawing, { width: columns * pitch, height: height + FOOT[words] });
    setAll(zero, { x1: 0, x2: columns * pitch, y1: y(0), y2: y(0) });
    keepCount(bars, items.length, "rect");
    keepCount(texts, words ? items.length : 0, "text");
    keepCount(names, words === 2 ? items.length : 0, "text");
    items.forEach((item, k) => {
      const bar = bars.children[k];
      bar.setAttribute("class", `cx-b cx-b-${kind} ${item.state || ""}`);
      placeBar(bar, item, pitch, y);
      if (words) writeBelow(texts.children[k], item, item.text, pitch, height + 13);
      if (words === 2) writeBelow(names.children[k], item, item.name, pitch, height + 27);
    });
    texts.setAttribute("font-size", pitch >= 34 ? 12 : pitch >= 26 ? 10.5 : 9);
    names.setAttribute("font-size", pitch >= 34 ? 10.5 : 9);
  };
  const setLabel = (symbol, text) =>
    label.replaceChildren(
      el("span", { class: "cx-symbol", text: symbol }),
      el("span", { class: "cx-row-words", text }),
    );
  return { node, plot, drawing, set, setLabel, axis: () => axis, top: TOP, inner };
}

function placeBar(bar, { column, value }, pitch, y) {
  const wide = pitch * 0.66;
  const left = column * pitch + (pitch - wide) / 2;
  bar.setAttribute("rx", 2);
  if (value === 0) place(bar, left, y(0) - 1.5, wide, 3);
  else place(bar, left, Math.min(y(value), y(0)), wide, Math.max(Math.abs(y(value) - y(0)), 1));
}

function writeBelow(node, { column, state }, words, pitch, y) {
  setAll(node, { x: column * pitch + pitch / 2, y, class: state || "" });
  say(node, words);
}

function keepCount(group, count, tag) {
  while (group.childElementCount > count) group.lastChild.remove();
  while (group.childElementCount < count) group.append(svg(tag));
}
