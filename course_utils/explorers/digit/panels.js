// The three panels above the layers: the paper, the scores, the occlusion map.
import { signedScale } from "../shared/colours.js";
import { checkbox } from "../shared/controls.js";
import { el, heading, say } from "../shared/elements.js";
import { mapSheet } from "../shared/map_sheet.js";
import { scoreboard } from "./scoreboard.js";
import { percent, shortNumber } from "./words.js";

export const paperPanel = (sheet) =>
  el(
    "div",
    { class: "cx-dg-panel cx-dg-draw" },
    heading({ kind: "input", text: "Draw here" }).node,
    sheet.node,
    el("p", { class: "cx-note", text: "Pointer, finger, or keys: arrows, space, Enter" }),
  );

export function scorePanel(view, model) {
  const { change } = view;
  const title = heading({ kind: "output", symbol: "z" });
  const answer = el("output", { class: "cx-dg-said" });
  const board = scoreboard(view, (digit) => change({ target: digit }));
  const follow = checkbox(view, "explain whatever is answered", (on) =>
    change({ target: on ? -1 : model.get("facts").target }),
  );
  const node = el(
    "div",
    { class: "cx-dg-panel cx-dg-board" },
    title.node,
    answer,
    board.node,
    follow.node,
  );
  const set = (facts) => {
    title.set(` scores, by ${facts.network}`);
    const sure = percent(facts.probabilities[facts.answer]);
    say(answer, facts.empty ? "empty: biases alone" : `${facts.answer}, with ${sure}`);
    board.set(facts);
    follow.box.checked = facts.follows;
  };
  return { node, set };
}

// `point(cell, stays)` is called for the pointer and the keys.
export function occlusionPanel(view, point) {
  const title = heading({ kind: "kernel" });
  const sheet = mapSheet(view, {
    label: "occlusion map: arrow keys move the patch",
    kind: "cx-dg-occlusion",
    point,
  });
  const note = el("p", { class: "cx-note" });
  const node = el("div", { class: "cx-dg-panel" }, title.node, sheet.node, note);
  const set = (facts, falls, table) => {
    const side = Math.sqrt(falls.length);
    sheet.shape([1, side, side]);
    sheet.paint(falls, signedScale(facts.occlusion_largest), table);
    title.set(`Score of ${facts.target}, patch by patch`);
    const blanked = `it falls when ${facts.patch} × ${facts.patch} pixels there are blanked`;
    const largest = shortNumber(facts.occlusion_largest);
    say(note, `orange: ${blanked}; largest change ${largest}`);
  };
  return { node, set, show: sheet.show, wide: () => sheet.sheet().wide };
}
