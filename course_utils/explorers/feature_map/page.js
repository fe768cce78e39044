// FeatureMapExplorer: one filter, its slices, a partial map for each channel, and their sum.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { floats, octets } from "../shared/bytes.js";
import { codeLine } from "../shared/code_line.js";
import { el } from "../shared/elements.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { player } from "../shared/player.js";
import { openView } from "../shared/view.js";
import { cards } from "./cards.js";
import { equation } from "./equation.js";
import { settings } from "./settings.js";
import { sums, sumWords } from "./sums.js";
import { outputAt, runningSum, windowOf } from "./window.js";

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-feature-map", label: "Feature map explorer" });
  const { root, change } = view;
  const table = octets(model.get("colour_table"));
  let facts = model.get("facts");
  let data = null;
  let sum = []; // what has been added so far
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer
  let spoken = "";
  let built = "";

  // An arrow key on a map moves the focus, the pointer only looks. On the input the pointer finds
  // the nearest window, and a key moves the window by one output.
  const onMap = (cell, stays) => look(cell?.slice(1), stays);
  const onInput = (cell, stays) => {
    if (stays) {
      const from = middle();
      look([at[0] + cell[1] - from[0], at[1] + cell[2] - from[1]], true);
    } else look(cell && outputAt(facts, cell[1], cell[2]), false);
  };
  const choose = (to) => look(to, true);

  const options = settings(view, model, table);
  const channels = cards(view, { inputPoint: onInput, partialPoint: onMap, choose });
  const results = sums(view, { point: onMap, choose });
  const play = player(view, {
    label: "terms added",
    speeds: [
      ["0.5", "slow"],
      ["1", "walk"],
      ["3", "fast"],
    ],
    speed: "1",
    go: (n) => {
      change({ terms: n });
      add();
      view.announce(words());
    },
  });
  const line = equation();
  const torch = codeLine(view, "PyTorch");
  root.append(
    options.row,
    view.alert,
    options.choice,
    el("div", { class: "cx-fm-stage" }, channels.node, results.node),
    el("div", { class: "cx-row" }, play.node),
    line.node,
    torch.node,
    view.live,
  );

  const count = () => facts.channels.length;
  const words = () => sumWords(model.get("terms"), count(), facts.bias);
  const isComplete = () => model.get("terms") > count() + 1;
  // The middle of the window in the input.
  const middle = () =>
    windowOf(facts, ...at).map(({ start, span }, axis) =>
      clamp(start + Math.floor(span / 2), 0, facts.channel_shape[1 + axis] - 1),
    );

  // Show the sum as far as it has come.
  function add() {
    const terms = model.get("terms");
    const { partial, total, relu } = data;
    sum = terms > count() ? total : runningSum(partial, count(), facts.bias, terms);
    results.paint(facts, sum, isComplete() ? relu : null, words(), table);
    channels.dim(terms);
    play.set(terms, count() + 3, words());
    root.dataset.terms = String(terms);
    show(at);
  }

  // Show every channel's share of an output; nothing here asks Python.
  function show([i, j]) {
    const [, high, wide] = facts.map_shape;
    at = [clamp(i, 0, high - 1), clamp(j, 0, wide - 1)];
    const n = at[0] * wide + at[1];
    const values = facts.channels.map((_, c) => data.partial[c * high * wide + n]);
    channels.show(at, values, windowOf(facts, ...at), middle());
    results.show(at, isComplete());
    const shares = [...facts.channels.map((name, c) => [name, values[c]]), ["bias", facts.bias]];
    const relu = isComplete() ? data.relu[n] : null;
    line.show(facts, at, shares, { terms: model.get("terms"), sum: sum[n], relu });
    const told = shares.map(([name, value]) => `${name} ${formatNumber(value, 3)}`).join(", ");
    const so = formatNumber(sum[n], 3);
    spoken = `row ${at[0]}, column ${at[1]}: ${told}; sum so far ${so}`;
    root.dataset.at = at.join(",");
    root.dataset.sum = String(sum[n]);
  }

  // A key or a click moves the focus itself; the pointer only looks.
  function look(to, stays) {
    show(to || model.get("focus"));
    if (!stays) return;
    change({ focus: [...at] });
    view.announce(spoken);
  }

  view.draw(() => {
    facts = model.get("facts");
    data = dataOf(model);
    const key = JSON.stringify([facts.channels, facts.channel_shape, facts.map_shape]);
    if (key !== built) {
      built = key;
      channels.build(facts);
      results.build(facts);
    }
    options.set(facts, data.channels);
    channels.paint(facts, data, table);
    torch.set(facts.torch_line);
    at = model.get("focus");
    add();
  });
  view.on("change:focus", () => show(model.get("focus")));
  view.on("change:terms", add);
  return view.close;
}

const dataOf = (model) => ({
  channelBytes: model.get("channel_bytes"), // the same object where the channels are the same
  channels: floats(model.get("channel_bytes")),
  partial: floats(model.get("partial_bytes")),
  total: floats(model.get("total_bytes")),
  relu: floats(model.get("relu_bytes")),
});

export default { render };
