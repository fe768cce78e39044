// The layers from the input on: their numbers above, the gradient below.
import { signedScale } from "../shared/colours.js";
import { el, heading, say, svg } from "../shared/elements.js";
import { mapSheet } from "../shared/map_sheet.js";
import { inkScale } from "./paper.js";
import { shortNumber } from "./words.js";

// `point({column, cell}, stays)` is called for the pointer and the keys, with null when it leaves.
export function layers(view, point) {
  const node = el("div", { class: "cx-dg-layers" });
  let columns = [];
  let built = "";

  // A column for the input and for each stage; whether they had to be made anew.
  const build = ({ side, stages }) => {
    const key = JSON.stringify(stages);
    if (key === built) return false;
    built = key;
    const held = node.contains(document.activeElement);
    const shapes = [[1, side, side], ...stages.slice(0, -1).map((stage) => stage.shape)];
    columns = shapes.map((shape, n) => layerColumn(view, n, shape, stages[n - 1] ?? null, point));
    node.replaceChildren(...columns.map((column) => column.node));
    if (held) columns[0].forward.node.focus();
    return true;
  };
  const paint = ({ largest }, { seen, maps }, table) => {
    columns.forEach((column, n) => {
      const most = n ? largest[n - 1] : 1;
      column.forward.paint(n ? maps[n - 1] : seen, inkScale(most), table);
      say(column.range, `0 to ${shortNumber(most)}`);
    });
  };
  // Gradients appear from the scores backwards, in so many columns.
  const isReached = (n, back) => columns.length - n <= back;
  const reveal = ({ steepest }, { gradients }, back, table) => {
    columns.forEach((column, n) => {
      const reached = isReached(n, back);
      if (reached) column.back.paint(gradients[n], signedScale(steepest[n]), table);
      else column.back.blank();
      say(column.steep, reached ? `± ${shortNumber(steepest[n])}` : "");
    });
  };
  // Mark a cell of a column, in the gradient too where that has got there; null for none.
  const show = (what, back) => {
    columns.forEach((column, n) => {
      const cell = what?.column === n ? what.cell : null;
      column.forward.show(cell);
      column.back.show(cell && isReached(n, back) ? cell : null);
    });
  };
  return { node, build, paint, reveal, show, isReached, columns: () => columns };
}

function layerColumn(view, n, shape, stage, point) {
  const name = stage ? stage.name : "input";
  const sheet = (label) =>
    mapSheet(view, {
      label,
      kind: "cx-dg-tall",
      point: (cell, stays) => point(cell && { column: n, cell }, stays),
    });
  const forward = sheet(`${name} ${n}: arrow keys move from number to number`);
  const back = sheet(`gradient at ${name} ${n}`);
  forward.shape(shape);
  back.shape(shape);
  const field = svg("rect", { class: "cx-sheet-field" });
  if (!stage) forward.marks.append(field);
  const range = el("p", { class: "cx-note" });
  const steep = el("p", { class: "cx-note" });
  const title = heading({
    kind: stage ? "output" : "input",
    text: stage ? name : "what it sees",
  });
  const node = el(
    "div",
    { class: "cx-dg-column" },
    title.node,
    el("p", { class: "cx-note", text: shape.join(" × ") }),
    forward.node,
    range,
    back.node,
    steep,
  );
  return { node, stage, forward, back, range, steep, field, shape };
}
