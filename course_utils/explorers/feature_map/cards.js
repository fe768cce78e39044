// One card for each channel: the channel, the filter's slice for it, and their partial map.
import { signedScale, symmetric } from "../shared/colours.js";
import { el, heading, place, say, svg } from "../shared/elements.js";
import { mapSheet } from "../shared/map_sheet.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { slice } from "./slice.js";
import { outputAt } from "./window.js";

// How many channels stand in a row, in a narrow page too, and the least that each of them needs.
// More than six are a crowd: as many in a row as there is room for.
export function columnsOf(channels) {
  const columns = clamp(channels, 3, 6);
  return { columns, narrow: columns > 4 ? 3 : columns, card: `${columns === 3 ? 150 : 96}px` };
}

// `inputPoint` and `partialPoint` are called for the pointer and the keys, `choose` for a click, with
// the output that it means.
export function cards(view, { inputPoint, partialPoint, choose }) {
  const node = el("div", { class: "cx-fm-cards" });
  let facts = null;
  let parts = [];
  let painted = null; // the bytes that are on the canvases of the channels
  const chosen = (sheet, find) =>
    view.listen(sheet.node, "click", (event) => choose(find(sheet.under(event))));

  const build = (now) => {
    facts = now;
    painted = null;
    parts = facts.channels.map((name) => {
      const card = channelCard(view, name, facts, inputPoint, partialPoint);
      chosen(card.input, (cell) => outputAt(facts, cell[1], cell[2]));
      chosen(card.part, (cell) => cell.slice(1));
      return card;
    });
    node.replaceChildren(...parts.map((card) => card.node));
    const columns = columnsOf(facts.channels.length);
    for (const [name, value] of Object.entries(columns)) {
      node.style.setProperty(`--cx-fm-${name}`, value);
    }
    node.classList.toggle("cx-fm-crowd", facts.channels.length > columns.columns);
  };
  const paint = (now, { channelBytes, channels, partial }, table) => {
    facts = now;
    const scale = symmetric(facts.slices.flat(2));
    const fresh = painted !== channelBytes;
    painted = channelBytes;
    parts.forEach((card, c) => {
      if (fresh) card.input.paint(mapOf(channels, parts.length, c), facts.channel_scale, table);
      card.slice.set(facts.slices[c], scale, table);
      const partialScale = signedScale(facts.signed_largest);
      card.part.paint(mapOf(partial, parts.length, c), partialScale, table);
    });
  };
  // The share of every channel in output `at`, whose window in the input has its middle at `middle`;
  // those from `terms` on are not added yet.
  const show = (at, values, [rows, columns], middle) => {
    parts.forEach((card, c) => {
      card.part.show([0, ...at]);
      card.input.stand([0, ...middle]);
      place(card.box, columns.start, rows.start, columns.span, rows.span);
      say(card.value, formatNumber(values[c], 3));
    });
  };
  const dim = (terms) => {
    parts.forEach((card, c) => {
      card.node.classList.toggle("cx-fm-later", c >= terms);
    });
  };
  return { node, build, paint, show, dim };
}

const mapOf = (values, count, c) => {
  const size = values.length / count;
  return values.subarray(c * size, (c + 1) * size);
};

function channelCard(view, name, facts, inputPoint, partialPoint) {
  const input = mapSheet(view, {
    label: `${name}: arrow keys move the window`,
    kind: "cx-fm-input",
    point: inputPoint,
  });
  const part = mapSheet(view, {
    label: `partial map of ${name}: arrow keys move`,
    kind: "cx-fm-partial",
    point: partialPoint,
  });
  const box = svg("rect", { class: "cx-sheet-field" });
  input.marks.append(box);
  input.shape([1, ...facts.channel_shape.slice(1)]);
  part.shape([1, ...facts.map_shape.slice(1)]);
  const weights = slice();
  const value = el("p", { class: "cx-fm-value" });
  const title = heading({ kind: "input", text: name });
  const node = el(
    "div",
    { class: "cx-fm-card" },
    title.node,
    input.node,
    weights.node,
    part.node,
    value,
  );
  return { node, input, part, slice: weights, value, box };
}
