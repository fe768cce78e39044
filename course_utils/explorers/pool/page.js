// PoolExplorer: one number for each window, and which cells its gradient goes back to.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { codeLine } from "../shared/code_line.js";
import { el, say } from "../shared/elements.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { player } from "../shared/player.js";
import { remarks, sumLine } from "../shared/readout.js";
import { steer } from "../shared/steering.js";
import { openView } from "../shared/view.js";
import { maps } from "./maps.js";
import { settings } from "./settings.js";
import { backwardWords, forwardWords, outputNear, windowAt } from "./window.js";

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-pool", label: "Pooling explorer" });
  let facts = model.get("facts");
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer
  const shape = () => [facts.output.length, facts.output[0].length];
  const position = () => at[0] * shape()[1] + at[1];
  const cellOf = (n) => [Math.floor(n / shape()[1]), n % shape()[1]];

  const options = settings(view, model);
  const stage = maps(view, model, (n) => look(cellOf(n)));
  const { input, result, handed } = stage;
  const play = player(view, {
    label: "window",
    speeds: [
      ["1", "slow"],
      ["4", "walk"],
      ["15", "run"],
    ],
    speed: "4",
    go: (n) => look(cellOf(n), true),
  });
  const veil = () => result.veil(play.isPlaying() ? position() + 1 : null);
  play.onPlay(veil);
  const sum = sumLine();
  const given = el("p", { class: "cx-given" });
  const notes = remarks();
  const torch = codeLine(view, "PyTorch");
  view.root.append(
    ...options.nodes,
    view.alert,
    stage.node,
    el("div", { class: "cx-row" }, play.node),
    sum.node,
    given,
    notes.node,
    el("div", { class: "cx-code-row" }, torch.node),
    view.live,
  );

  // Show one window; nothing here asks Python.
  function show([i, j]) {
    const [rows, columns] = shape();
    at = [clamp(i, 0, rows - 1), clamp(j, 0, columns - 1)];
    const window = windowAt(facts, at);
    const value = facts.output[at[0]][at[1]];
    stage.show(facts, at, window);
    const made = forwardWords(facts, window, facts.tied[at[0]][at[1]]);
    sum.set(`y[${at[0]}, ${at[1]}] = ${formatNumber(value, 4)}`, made);
    say(given, backwardWords(facts, window, at, facts.g[at[0]][at[1]], value));
    view.root.dataset.at = at.join(",");
    view.root.dataset.value = String(value);
    const words = `row ${at[0]}, column ${at[1]}, value ${formatNumber(value, 3)}`;
    play.set(position(), rows * columns, words);
    veil();
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    if (!quiet) play.stop();
    show(to);
    const [i, j] = model.get("focus");
    if (i !== at[0] || j !== at[1]) view.change({ focus: [...at] });
    if (quiet) return;
    const also = facts.backward ? `; ${given.textContent}` : "";
    const value = formatNumber(facts.output[at[0]][at[1]], 3);
    view.announce(`row ${at[0]}, column ${at[1]}: ${value}${also}`);
  }

  view.draw(() => {
    facts = model.get("facts");
    stage.paint(facts);
    options.set(facts);
    given.hidden = !facts.backward;
    notes.set(facts.notes);
    torch.set(facts.torch_lines.join("\n"));
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
  const inPadded = ([p, q]) => outputNear(facts, [p - facts.padding[0], q - facts.padding[1]]);
  steer(view, input, { ...walk, find: inPadded });
  steer(view, handed, { ...walk, find: (cell) => outputNear(facts, cell) });
  steer(view, result, walk);
  return view.close;
}

export default { render };
