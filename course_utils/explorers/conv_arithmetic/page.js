// ConvArithmeticExplorer: which cells a convolution reads, and how many outputs that makes.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { codeLine } from "../shared/code_line.js";
import { el } from "../shared/elements.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { player } from "../shared/player.js";
import { sumLine } from "../shared/readout.js";
import { steer } from "../shared/steering.js";
import { openView } from "../shared/view.js";
import { formula } from "./formula.js";
import { maps } from "./maps.js";
import { settings } from "./settings.js";
import { outputNear, termsAt, writtenOut } from "./terms.js";

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-conv-arithmetic",
    label: "Convolution arithmetic explorer",
  });
  let facts = model.get("facts");
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer
  const shape = () => [facts.output.length, facts.output[0].length];
  const position = () => at[0] * shape()[1] + at[1];

  const options = settings(view, model);
  const { node: stage, input, result, paint, show: mark } = maps(view, model);
  const play = player(view, {
    label: "position in the output",
    speeds: [
      ["1", "slow"],
      ["4", "walk"],
      ["15", "run"],
    ],
    speed: "4",
    go: (n) => look([Math.floor(n / shape()[1]), n % shape()[1]], true),
  });
  const veil = () => result.veil(play.isPlaying() ? position() + 1 : null);
  play.onPlay(veil);
  const sum = sumLine();
  const size = formula();
  const torch = codeLine(view, "PyTorch");
  view.root.append(
    ...options.nodes,
    view.alert,
    stage,
    el("div", { class: "cx-row" }, play.node),
    sum.node,
    size.node,
    el("div", { class: "cx-code-row" }, torch.node),
    view.live,
  );

  // Show the sum at an output; nothing here asks Python.
  function show([i, j]) {
    const [rows, columns] = shape();
    at = [clamp(i, 0, rows - 1), clamp(j, 0, columns - 1)];
    const terms = termsAt(facts, at);
    const total = facts.output[at[0]][at[1]];
    mark(facts, at, terms);
    sum.set(`y[${at[0]}, ${at[1]}] = ${formatNumber(total, 4)}`, writtenOut(terms));
    view.root.dataset.at = at.join(",");
    view.root.dataset.sum = String(total);
    const words = `row ${at[0]}, column ${at[1]}, sum ${formatNumber(total, 3)}`;
    play.set(position(), rows * columns, words);
    veil();
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    if (!quiet) play.stop();
    show(to);
    view.change({ focus: [...at] });
    if (quiet) return;
    const total = formatNumber(facts.output[at[0]][at[1]], 3);
    view.announce(`row ${at[0]}, column ${at[1]}: the sum is ${total}`);
  }

  view.draw(() => {
    facts = model.get("facts");
    paint(facts);
    options.set(facts);
    size.set(facts);
    torch.set(facts.torch_line);
    show(model.get("focus"));
  });
  view.on("change:focus", () => show(model.get("focus")));

  const walk = {
    shape,
    at: () => at,
    show: (to) => {
      if (to[0] !== at[0] || to[1] !== at[1]) show(to);
    },
    look,
    back: () => show(model.get("focus")),
    still: play.isPlaying,
  };
  steer(view, input, { ...walk, find: (cell) => outputNear(facts, cell) });
  steer(view, result, walk);
  return view.close;
}

export default { render };
