// PoolExplorer: one number for each window, and which cells its gradient goes back to.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import { cellMap, place, steer } from "../shared/cell_map.js";
import { numberGrid } from "../shared/number_grids.js";
import {
  cellNumber,
  chooser,
  clamp,
  codeLine,
  colourOf,
  el,
  formatNumber,
  octets,
  openView,
  player,
  say,
  segments,
  stepper,
  svg,
  symmetric,
} from "../shared/view.js";
import { sizesTable } from "../shared/sizes_table.js";

// The window of output (i, j): its cells in the input, whether they are there, value and share.
export function windowAt({ moved, kernel_size, stride, padding, shares }, [i, j]) {
  const [rows, columns] = kernel_size;
  return Array.from({ length: rows * columns }, (_, n) => {
    const [a, b] = [Math.floor(n / columns), n % columns];
    const cell = [i * stride[0] - padding[0] + a, j * stride[1] - padding[1] + b];
    const x = moved[cell[0]]?.[cell[1]];
    return { cell, real: x !== undefined, x, share: shares[i][j][n] };
  });
}

// The output whose window is centred nearest to a cell of the input.
export function outputNear({ kernel_size, stride, padding, output }, cell) {
  const shape = [output.length, output[0].length];
  return cell.map((at, k) =>
    clamp(Math.round((at + padding[k] - (kernel_size[k] - 1) / 2) / stride[k]), 0, shape[k] - 1),
  );
}

const number = (value) => formatNumber(value, 3);
const raised = (power) => [...String(power)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

// How an output is made: "= max(2, 1, 0, 2), tied twice".
export function forwardWords({ kind, p, count_include_pad: all }, window, tied) {
  const values = window.filter(({ real }) => real).map(({ x }) => number(x));
  if (kind === "max")
    return `= max(${values.join(", ")})${tied > 1 ? `, reached ${tied} times` : ""}`;
  if (kind === "average")
    return `= (${values.join(" + ")}) / ${all ? window.length : values.length}`;
  const powers = values.map((value) => `|${value}|${p === 1 ? "" : raised(p)}`).join(" + ");
  return p === 1 ? `= ${powers}` : `= (${powers})^(1/${p})`;
}

// Where an upstream gradient goes: "g[0, 1] = 3 goes to x[0, 2]".
export function backwardWords({ kind, p }, window, [i, j], g) {
  const taking = window.filter(({ real, share }) => real && share !== 0);
  const start = `g[${i}, ${j}] = ${number(g)}`;
  if (kind === "lp") {
    const ratio = `(|x| / ${number(p === 1 ? 1 : window.y)})${raised(p - 1)}`;
    return taking.length
      ? `${start}: each cell gets g · sign(x)${p === 1 ? "" : ` · ${ratio}`}`
      : `${start} goes nowhere: all are zero`;
  }
  if (kind === "max" && taking.length === 1)
    return `${start} goes to x[${taking[0].cell.join(", ")}]`;
  const each = number(g * taking[0].share);
  const lost = kind === "average" && Math.abs(taking.length * taking[0].share - 1) > 1e-9;
  return `${start}: ${each} to each of ${taking.length} cells${lost ? ", the rest to the padding" : ""}`;
}

const SIZES = [
  ["input_size", "input", "N"],
  ["kernel_size", "window", "F"],
  ["stride", "stride", "S"],
  ["padding", "padding", "P"],
  ["shift", "move by", ""],
];

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-pool", label: "Pooling explorer" });
  const { root, change } = view;
  let facts = model.get("facts");
  let narrow = false; // cells too small for two decimals
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer

  // Controls ---------------------------------------------------------------------------------
  const kind = segments(
    view,
    "keep of each window",
    [
      ["max", "largest"],
      ["average", "mean"],
      ["lp", "Lp norm"],
    ],
    (name) => change({ kind: name }),
  );
  const power = stepper(view, "exponent p", (n) => change({ p: n }));
  const ties = segments(
    view,
    "of equal values",
    [
      ["first", "the first takes all"],
      ["split", "equal shares"],
    ],
    (name) => change({ ties: name }),
  );
  const tick = (words, action) => {
    const box = el("input", { type: "checkbox" });
    view.listen(box, "change", () => action(box.checked));
    return { box, node: el("label", { class: "cx-check" }, box, el("span", { text: words })) };
  };
  const count = tick("count the padding", (on) => change({ count_include_pad: on }));
  const back = tick("backward view", (on) => change({ backward: on }));
  const xNumbers = chooser(view, "numbers of the input", (name) => change({ x_preset: name }));
  const gNumbers = chooser(view, "upstream gradient, or type it", (name) =>
    change({ g_preset: name }),
  );
  const sizes = sizesTable(view, model, SIZES, change);

  // Stage ------------------------------------------------------------------------------------
  const input = cellMap(view, {
    kind: "input",
    symbol: "x",
    label: "input: arrow keys move the window",
  });
  const result = cellMap(view, {
    kind: "output",
    symbol: "y",
    label: "output: arrow keys move from window to window",
  });
  const handed = cellMap(view, {
    kind: "kernel",
    symbol: "∂L/∂x",
    label: "gradient of the input: arrow keys move the window",
  });
  const boxes = [input, handed].map((map) => {
    const box = svg("rect", { class: "cx-map-window", rx: 0.1 });
    map.marks.append(box);
    return box;
  });
  const upstream = numberGrid(
    view,
    {
      name: "upstream gradient",
      words: "upstream gradient",
      step: 1,
      met: (n) => look([Math.floor(n / columns()), n % columns()]),
    },
    (n, value) => {
      const g = model.get("g").map((row) => [...row]);
      g[Math.floor(n / g[0].length)][n % g[0].length] = value;
      change({ g });
    },
  );
  const upstreamPanel = el(
    "div",
    { class: "cx-map-panel" },
    el(
      "h3",
      { class: "cx-title cx-kernel" },
      el("span", { class: "cx-symbol", text: "g" }),
      " upstream",
    ),
    upstream.node,
  );
  const arrow = () => el("span", { class: "cx-arrow", "aria-hidden": "true", text: "→" });
  const forwardPair = el("div", { class: "cx-pool-pair" }, input.node, arrow(), result.node);
  const backwardPair = el("div", { class: "cx-pool-pair" }, upstreamPanel, arrow(), handed.node);
  const stage = el("div", { class: "cx-pool-stage" }, forwardPair, backwardPair);

  const play = player(view, {
    label: "window",
    speeds: [
      ["1", "slow"],
      ["4", "walk"],
      ["15", "run"],
    ],
    speed: "4",
    go: (n) => look([Math.floor(n / columns()), n % columns()], true),
  });
  play.onPlay((playing) => result.veil(playing ? position() + 1 : null));

  const sum = el("output", { class: "cx-map-sum" });
  const made = el("span", { class: "cx-map-terms" });
  const given = el("p", { class: "cx-given" });
  const notes = el("ul", { class: "cx-notes" });
  const torch = codeLine(view, "PyTorch");

  root.append(
    el("div", { class: "cx-row" }, kind.node, power.node, ties.node, count.node, back.node),
    el("div", { class: "cx-row" }, xNumbers.node, gNumbers.node, sizes.together),
    sizes.node,
    view.alert,
    stage,
    el("div", { class: "cx-row" }, play.node),
    el("div", { class: "cx-sum-line" }, sum, made),
    given,
    notes,
    el("div", { class: "cx-code-row" }, torch.node),
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  const columns = () => facts.output[0].length;
  const position = () => at[0] * columns() + at[1];
  const short = (value, digits = 2) => cellNumber(value, narrow ? 1 : digits, true, true);

  // Show one window; nothing here asks Python.
  function show([i, j]) {
    const [rows, wide] = [facts.output.length, columns()];
    at = [clamp(i, 0, rows - 1), clamp(j, 0, wide - 1)];
    const window = windowAt(facts, at);
    const total = facts.output[at[0]][at[1]];
    window.y = total;
    const [top, left] = facts.padding;
    const across = facts.moved[0].length;
    const g = facts.g[at[0]][at[1]];
    input.light(
      window.map(({ cell, real, share }) => {
        const n = (cell[0] + top) * (across + 2 * left) + cell[1] + left;
        const takes = facts.kind === "max" && share !== 0;
        return [
          n,
          share === 0 || share === 1 ? "" : `×${short(share)}`,
          real ? (takes ? "cx-lit-won" : "cx-lit") : "cx-lit-zero",
        ];
      }),
    );
    result.light([[position(), "", "cx-lit-output"]]);
    upstream.mark(position());
    handed.light(
      window
        .filter(({ real, share }) => real && share !== 0)
        .map(({ cell, share }) => {
          const part = g * share;
          return [
            cell[0] * across + cell[1],
            `${part < 0 ? "−" : "+"}${short(Math.abs(part))}`,
            "cx-lit-back",
          ];
        }),
    );
    const [row, column] = window[0].cell;
    place(boxes[0], column + left, row + top, facts.kernel_size[1], facts.kernel_size[0]);
    const inner = window.filter(({ real }) => real).map(({ cell }) => cell);
    const [first, last] = [inner[0], inner.at(-1)];
    place(boxes[1], first[1], first[0], last[1] - first[1] + 1, last[0] - first[0] + 1);
    say(sum, `y[${at[0]}, ${at[1]}] = ${formatNumber(total, 4)}`);
    say(made, forwardWords(facts, window, facts.tied[at[0]][at[1]]));
    say(given, backwardWords(facts, window, at, g));
    root.dataset.at = at.join(",");
    root.dataset.value = String(total);
    play.set(
      position(),
      rows * wide,
      `row ${at[0]}, column ${at[1]}, value ${formatNumber(total, 3)}`,
    );
    if (play.isPlaying()) result.veil(position() + 1);
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    if (!quiet) play.stop();
    show(to);
    const [i, j] = model.get("focus");
    if (i !== at[0] || j !== at[1]) change({ focus: [...at] });
    if (!quiet) {
      const also = facts.backward ? `; ${given.textContent}` : "";
      view.announce(
        `row ${at[0]}, column ${at[1]}: ${formatNumber(facts.output[at[0]][at[1]], 3)}${also}`,
      );
    }
  }

  view.draw(() => {
    facts = model.get("facts");
    const table = octets(model.get("colour_table"));
    const {
      moved,
      padding: [top, left],
      output,
      before,
      changed,
      wins,
      gradient,
      g,
      backward,
    } = facts;
    const max = facts.kind === "max";
    const [H, W] = [moved.length, moved[0].length];
    const [rows, wide] = [H + 2 * top, W + 2 * left];
    const size = ([r, c]) => `${r} × ${c}`;
    // All maps side by side have cells of one size; --cx-cells is what a page must hold.
    const across = wide + output[0].length + (backward ? W + output[0].length : 0);
    root.style.setProperty("--cx-cells", across);
    root.style.setProperty("--cx-pair", Math.max(wide, W) + output[0].length);
    const side = { css: "var(--cx-unit)", pixels: Math.min(46, 840 / across) };
    narrow = side.pixels < 30;

    const cells = Array.from({ length: rows * wide }, (_, n) => {
      const [p, q] = [Math.floor(n / wide) - top, (n % wide) - left];
      const x = moved[p]?.[q];
      if (x === undefined) return { text: max ? "−∞" : "0", kind: "pad" };
      return { text: short(x), kind: max && wins[p][q] ? "won" : "input" };
    });
    const still = facts.shift.every((n) => n === 0);
    input.paint(rows, wide, cells, {
      words: `input ${size([H, W])}${top || left ? `, padded to ${size([rows, wide])}` : ""}${still ? "" : ", moved"}`,
      side,
    });
    result.paint(
      output.length,
      output[0].length,
      output.flatMap((row, i) =>
        row.map((value, j) => ({
          text: short(value),
          kind: changed[i][j] ? "changed" : "output",
          small: changed[i][j] ? `was ${short(before[i][j], 1)}` : "",
        })),
      ),
      {
        words: `${{ max: "largest", average: "mean", lp: "Lp norm" }[facts.kind]} of ${size(facts.kernel_size)}`,
        side,
      },
    );
    const scale = symmetric([...gradient.flat(), ...g.flat()]);
    handed.paint(
      H,
      W,
      gradient.flatMap((row) =>
        row.map((value) => ({
          text: short(value),
          kind: value === 0 ? "none" : "gradient",
          colour: value === 0 ? null : colourOf(value, scale, table),
        })),
      ),
      { words: "where it goes", side },
    );
    upstream.set(model.get("g"), table);
    backwardPair.hidden = !backward;
    given.hidden = !backward;

    kind.set(facts.kind);
    power.set(model.get("p"), facts.exponents);
    power.node.hidden = facts.kind !== "lp";
    ties.set(facts.ties);
    ties.node.hidden = !max;
    count.box.checked = facts.count_include_pad;
    count.node.hidden = facts.kind !== "average" || !(top || left);
    back.box.checked = backward;
    gNumbers.node.hidden = !backward;
    const named = (known, name) => [
      ...(name in known ? [] : [[name, "your own"]]),
      ...Object.entries(known),
    ];
    xNumbers.set(named(facts.maps, facts.x_preset), facts.x_preset);
    gNumbers.set(named(facts.gradients, facts.g_preset), facts.g_preset);
    sizes.offer(facts.choices);
    notes.replaceChildren(...facts.notes.map((words) => el("li", { text: words })));
    torch.set(facts.torch_lines.join("\n"));
    show(model.get("focus"));
    result.veil(play.isPlaying() ? position() + 1 : null);
  });
  view.on("change:focus", () => show(model.get("focus")));

  // Pointer and keys -------------------------------------------------------------------------
  const ways = {
    shape: () => [facts.output.length, columns()],
    at: () => at,
    show: (to) => {
      if (to[0] !== at[0] || to[1] !== at[1]) show(to);
    },
    look,
    back: () => show(model.get("focus")),
    still: play.isPlaying,
  };
  steer(view, input, {
    ...ways,
    find: ([p, q]) => outputNear(facts, [p - facts.padding[0], q - facts.padding[1]]),
  });
  steer(view, handed, { ...ways, find: (cell) => outputNear(facts, cell) });
  steer(view, result, ways);
  return view.close;
}

export default { render };
