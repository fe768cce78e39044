// ConvolutionSumExplorer: flip a kernel, slide it along a signal, watch the sum.
// Python computes (state.py); the page draws, and takes the pointer and the keys.
import { codeLine } from "../shared/code_line.js";
import { el } from "../shared/elements.js";
import { clamp, formatNumber } from "../shared/numbers.js";
import { player } from "../shared/player.js";
import { followPointer } from "../shared/pointer.js";
import { openView } from "../shared/view.js";
import { onWidth } from "../shared/width.js";
import { axisFor } from "./axis.js";
import { drawOn } from "./drawing.js";
import { kernelPanel, kernelPitch } from "./kernel_panel.js";
import { timeKeys } from "./keys.js";
import { settings } from "./settings.js";
import { layoutOf, stage } from "./stage.js";
import { sumPanel } from "./sum_panel.js";
import { kept, termsAt, timeCentred } from "./terms.js";

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-convolution-sum",
    label: "Convolution sum explorer",
  });
  let facts = model.get("facts");
  let t = model.get("t"); // the time that is looked at
  let width = 0;
  const held = {}; // the axis of x or of w while it is being drawn on
  const layout = () => layoutOf(facts, width);
  const edit = (letter) => (n, value) => {
    const values = [...model.get(letter)];
    values[n] = value;
    view.change({ [letter]: values });
  };

  const options = settings(view, model);
  const rows = stage(view, edit("x"));
  const kernel = kernelPanel(view, edit("w"));
  const sum = sumPanel();
  const play = player(view, {
    label: "time t",
    speeds: [
      ["1", "slow"],
      ["3", "walk"],
      ["10", "run"],
    ],
    speed: "3",
    go: (k) => look(facts.first + k, true),
  });
  play.onPlay(() => show(t));
  const numpy = codeLine(view, "NumPy");
  const torch = codeLine(view, "PyTorch");
  view.root.append(
    options.node,
    rows.node,
    el("div", { class: "cx-row" }, play.node),
    view.alert,
    el("div", { class: "cx-sum-foot" }, kernel.node, sum.node),
    el("div", { class: "cx-lines" }, numpy.node, torch.node),
    view.live,
  );

  // Everything that moves with t; nothing here asks Python.
  function show(to) {
    t = clamp(to, ...kept(facts));
    const terms = termsAt(facts, t);
    const total = facts.y[t - facts.first];
    const scale = held.x ?? axisFor(facts.x);
    rows.show(facts, t, terms, { layout: layout(), later: play.isPlaying(), scale });
    sum.show(facts, t, terms, total);
    view.root.dataset.at = String(t);
    view.root.dataset.sum = String(total);
    play.set(t - facts.first, facts.y.length, `t = ${t}, sum ${formatNumber(total, 3)}`);
  }

  function look(to, quiet = false) {
    show(to);
    view.change({ t });
    if (quiet) return;
    view.announce(`t = ${t}: the sum is ${formatNumber(facts.y[t - facts.first], 3)}`);
  }

  // Everything, in the room that there is. Fields show the newest value, which may be ahead of the
  // answer that is drawn.
  function lay() {
    rows.setCells(model.get("x"), layout());
    kernel.set(facts, model.get("w"), held.w ?? axisFor(facts.w));
    show(model.get("t"));
  }

  view.draw(() => {
    facts = model.get("facts");
    options.set(facts);
    numpy.set(facts.numpy_line);
    torch.set(facts.torch_line);
    rows.setLabels(facts);
    lay();
  });
  view.on("change:t", () => show(model.get("t")));
  onWidth(view, rows.node, (now) => {
    width = now;
    lay();
  });

  const drawLetter = (row, letter, place) =>
    drawOn(view, row, {
      place,
      values: () => model.get(letter),
      apply: (values) => view.change({ [letter]: values }),
      hold: (axis) => {
        held[letter] = axis;
        if (!axis) lay();
      },
    });
  drawLetter(rows.x, "x", layout);
  drawLetter(kernel.bars, "w", () => ({ pitch: kernelPitch(facts.w.length), from: 0 }));

  // Dragging the kernel, or any place of the output, moves t; so do the keys.
  const slide = (row, timeOf) => {
    const move = (event) => {
      const { from, pitch } = layout();
      const n = (event.clientX - row.drawing.getBoundingClientRect().left) / pitch + from - 0.5;
      const to = clamp(timeOf(n), ...kept(facts));
      if (to !== t) look(to, true);
    };
    view.listen(row.plot, "pointerdown", (event) => {
      if (event.button !== 0) return;
      play.stop();
      row.plot.setPointerCapture(event.pointerId);
      move(event);
      followPointer(view, row.plot, { move });
    });
    timeKeys(view, row.plot, {
      t: () => t,
      ends: () => kept(facts),
      look: (to) => {
        play.stop();
        look(to);
      },
    });
  };
  slide(rows.w, (n) => timeCentred(facts, n));
  slide(rows.y, Math.round);
  return view.close;
}

export default { render };
