// DigitExplorer: draw a digit, watch every layer, and walk back to the pixels that mattered.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { floats, octets, singles } from "../shared/bytes.js";
import { el, place, say } from "../shared/elements.js";
import { player } from "../shared/player.js";
import { openView } from "../shared/view.js";
import { layers } from "./layers.js";
import { occlusionPanel, paperPanel, scorePanel } from "./panels.js";
import { paper } from "./paper.js";
import { sending } from "./sending.js";
import { settings } from "./settings.js";
import { split } from "./stages.js";
import { patchWords, percent, unitWords } from "./words.js";

const NOTHING =
  "Point at a map, or walk through it with the arrow keys: its number and the pixels behind it " +
  "appear here.";

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-digit", label: "Digit explorer" });
  const { root, change } = view;
  const table = octets(model.get("colour_table"));
  let facts = model.get("facts");
  let data = { seen: [], occlusion: [], maps: [], gradients: [] };
  let probe = null; // what is pointed at: {cell}, of the occlusion map, or {column, cell}

  const outbox = sending(view, () => sheet.ink);
  const sheet = paper(view, { side: facts.side, spoken: view.announce, painted: outbox.post });
  const options = settings(view, model, sheet);
  const scores = scorePanel(view, model);
  const hidden = occlusionPanel(view, (cell, stays) => point(cell && { cell }, stays));
  const stages = layers(view, point);
  const walk = player(view, {
    label: "layers that the gradient is walked back",
    speeds: [
      ["0.5", "slow"],
      ["1.5", "walk"],
      ["4", "fast"],
    ],
    speed: "1.5",
    go: (n) => {
      change({ back: n });
      reveal();
    },
  });
  const walkWords = el("p", { class: "cx-dg-walk-words" });
  const readout = el("p", { class: "cx-dg-readout" });
  root.append(
    options.node,
    view.alert,
    el("div", { class: "cx-dg-top" }, paperPanel(sheet), scores.node, hidden.node),
    el("div", { class: "cx-dg-walk" }, walkWords, walk.node),
    stages.node,
    readout,
    view.live,
  );

  // Show what is pointed at, the pixels behind it, and both in words.
  function point(what, stays) {
    probe = what;
    hidden.show(what && !("column" in what) ? what.cell : null);
    stages.show(what, model.get("back"));
    const { words, box } = what ? explain(what) : { words: NOTHING, box: null };
    say(readout, words);
    readout.classList.toggle("cx-dg-idle", !what);
    if (stays) view.announce(words);
    outline(stages.columns()[0].field, box);
    if (facts.place) outline(sheet.field, box, facts.place, facts.place[2] / facts.side);
    else outline(sheet.field, facts.fit ? null : box);
  }

  function explain({ column: n, cell }) {
    if (n === undefined) {
      const fall = data.occlusion[cell[1] * hidden.wide() + cell[2]];
      return patchWords(facts, cell, fall);
    }
    const column = stages.columns()[n];
    const { high, wide } = column.forward.sheet();
    const at = (cell[0] * high + cell[1]) * wide + cell[2];
    const value = n ? data.maps[n - 1][at] : data.seen[at];
    const slope = data.gradients[n][at];
    root.dataset.value = String(value);
    root.dataset.slope = String(slope);
    const reached = stages.isReached(n, model.get("back"));
    return unitWords(column, cell, value, reached ? slope : null, facts.target);
  }

  function reveal() {
    const back = model.get("back");
    const columns = stages.columns();
    stages.reveal(facts, data, back, table);
    const last = back ? columns[columns.length - back] : null;
    const layer = last?.stage ? `${last.stage.name} ${last.shape.join(" × ")}` : "the pixels";
    const where = last ? layer : "the score itself";
    const meaning = "raising a number raises the score where it is orange, lowers it where it is";
    say(walkWords, `Back from the score of ${facts.target} to ${where}: ${meaning} purple.`);
    const words = `${back} of ${columns.length} layers back, at ${where}`;
    walk.set(back, columns.length + 1, words);
    root.dataset.back = String(back);
    point(probe, false);
  }

  view.draw(() => {
    facts = model.get("facts");
    if (stages.build(facts)) probe = null;
    data = dataOf(model, facts);
    if (outbox.isForeign(facts.stroke)) sheet.replace(floats(model.get("ink_bytes")));
    const { place: crop } = facts; // [row, column, side] of what is enlarged
    outline(sheet.crop, crop && { top: crop[0], left: crop[1], side: crop[2] });
    options.set(facts);
    scores.set(facts);
    hidden.set(facts, data.occlusion, table);
    stages.paint(facts, data, table);
    root.dataset.answer = String(facts.answer);
    reveal();
    if (sheet.isDrawing()) return;
    const sure = percent(facts.probabilities[facts.answer]);
    view.announce(facts.empty ? "nothing drawn" : `read as ${facts.answer} with ${sure}`);
  });
  view.on("change:back", reveal);
  return view.close;
}

function dataOf(model, { side, stages }) {
  const shapes = stages.map((stage) => stage.shape);
  return {
    seen: floats(model.get("seen_bytes")),
    occlusion: floats(model.get("occlusion_bytes")),
    maps: split(singles(model.get("maps_bytes")), shapes),
    gradients: split(singles(model.get("gradient_bytes")), [[1, side, side], ...shapes]),
  };
}

// Draw a square of pixels, none for null; `scale` times as large, from [top, left] on.
function outline(rect, box, [top, left] = [0, 0], scale = 1) {
  rect.style.display = box ? "" : "none";
  if (!box) return;
  const side = scale * box.side;
  place(rect, left + scale * box.left, top + scale * box.top, side, side);
}

export default { render };
