// FilterExplorer: a picture, a filter, and the sum under every pixel of the output.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { floats, octets } from "../shared/bytes.js";
import { codeLine } from "../shared/code_line.js";
import { el, say } from "../shared/elements.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { player } from "../shared/player.js";
import { oncePerFrame } from "../shared/pointer.js";
import { openView } from "../shared/view.js";
import { pictureKeys } from "./keys.js";
import { settings } from "./settings.js";
import { stage } from "./stage.js";
import { terms } from "./terms.js";
import { outputNear, windowAt } from "./window.js";

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-filter", label: "Filter explorer" });
  const { root, change } = view;
  let facts = model.get("facts");
  let data = { padded: [], output: [], table: [] };
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer
  const position = () => at[0] * facts.output_shape[1] + at[1];

  const options = settings(view, model);
  const pictures = stage(view, model);
  const sum = terms();
  const play = player(view, {
    label: "position in the output",
    speeds: [
      ["2", "slow"],
      ["12", "walk"],
      ["60", "run"],
      ["600", "fast"],
    ],
    speed: "12",
    go: (n) => {
      const wide = facts.output_shape[1];
      look([Math.floor(n / wide), n % wide], true);
    },
  });
  const cover = () => pictures.cover(facts, play.isPlaying() ? at : null);
  play.onPlay((playing) => {
    root.classList.toggle("cx-playing", playing);
    cover();
  });
  const torch = codeLine(view, "PyTorch");
  const sizes = el("p", { class: "cx-note cx-sizes" });
  root.append(
    el("div", { class: "cx-row" }, ...options.above),
    pictures.node,
    el("div", { class: "cx-row" }, ...options.below, play.node),
    view.alert,
    sum.node,
    el("div", { class: "cx-foot" }, torch.node, sizes),
    view.live,
  );

  // Show the sum at an output; nothing here asks Python.
  function show([i, j]) {
    const [high, wide] = facts.output_shape;
    at = [clamp(i, 0, high - 1), clamp(j, 0, wide - 1)];
    const { values, top, left } = windowAt(data.padded, facts, ...at);
    const total = data.output[position()];
    pictures.show(facts, at, [top, left]);
    sum.show(facts, at, values, total, data.table);
    root.dataset.at = at.join(",");
    root.dataset.sum = String(total);
    const words = `row ${at[0]}, column ${at[1]}, sum ${formatNumber(total, 3)}`;
    play.set(position(), high * wide, words);
    cover();
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    show(to);
    change({ focus: [...at] });
    if (quiet) return;
    const total = formatNumber(data.output[position()], 3);
    view.announce(`row ${at[0]}, column ${at[1]}: window times kernel sums to ${total}`);
  }

  function showPinned() {
    const pinned = model.get("pinned");
    root.classList.toggle("cx-pinned", pinned);
    sum.setPinned(pinned);
  }

  view.draw(() => {
    facts = model.get("facts");
    data = {
      padded: floats(model.get("padded_bytes")),
      output: floats(model.get("output_bytes")),
      table: octets(model.get("colour_table")),
    };
    pictures.paint(facts, data);
    sum.set(facts, data.table);
    options.set(facts);
    torch.set(facts.torch_line);
    const [rows, columns] = facts.sizes;
    say(
      sizes,
      rows === columns ? `output side: ${rows}` : `output rows: ${rows}; columns: ${columns}`,
    );
    showPinned();
    show(model.get("focus"));
  });
  view.on("change:focus", () => show(model.get("focus")));
  view.on("change:pinned", showPinned);

  const later = oncePerFrame();
  const hover = (to) => {
    if (model.get("pinned") || play.isPlaying()) return;
    later(() => {
      if (to[0] !== at[0] || to[1] !== at[1]) show(to);
    });
  };
  for (const [pane, find] of [
    [pictures.input, (cell) => outputNear(facts, ...cell)],
    [pictures.result, (cell) => cell],
  ]) {
    view.listen(pane.frame, "pointermove", (event) => hover(find(pane.cellAt(event))));
    view.listen(pane.frame, "pointerleave", () => hover(model.get("focus")));
    view.listen(pane.frame, "click", (event) => {
      play.stop();
      const to = find(pane.cellAt(event));
      const [i, j] = model.get("focus");
      const release = model.get("pinned") && to[0] === i && to[1] === j;
      look(to);
      change({ pinned: !release });
    });
    pictureKeys(view, pane.frame, {
      at: () => at,
      shape: () => facts.output_shape,
      look: (to) => {
        play.stop();
        look(to);
      },
      isPinned: () => model.get("pinned"),
      setPinned: (pinned) => change({ pinned }),
    });
  }
  return view.close;
}

export default { render };
