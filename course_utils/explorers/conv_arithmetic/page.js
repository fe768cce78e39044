// ConvArithmeticExplorer: which cells a convolution reads, and how many outputs that makes.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import { cellMap, cellSide, place, steer } from "../shared/cell_map.js";
import { numberGrid } from "../shared/number_grids.js";
import { sizesTable } from "../shared/sizes_table.js";
import {
  cellNumber,
  chooser,
  clamp,
  codeLine,
  el,
  formatNumber,
  freshId,
  octets,
  openView,
  player,
  say,
  segments,
  svg,
} from "../shared/view.js";

// The products at output (i, j), padding and zeros between included, as explain has them:
// {cell, place, x, w, product, real}.
export function termsAt({ grid, kinds, used, step, start, dilation }, [i, j]) {
  return used.flatMap((row, a) =>
    row.map((w, b) => {
      const p = start[0] + step[0] * i + dilation[0] * a;
      const q = start[1] + step[1] * j + dilation[1] * b;
      return {
        cell: [p, q],
        place: [a, b],
        x: grid[p][q],
        w,
        product: grid[p][q] * w,
        real: kinds[p][q] === 0,
      };
    }),
  );
}

// The output whose window is centred nearest to a cell of the grid.
export function outputNear({ used, step, start, dilation, output }, [row, column]) {
  const sides = [used.length, used[0].length];
  const shape = [output.length, output[0].length];
  return [row, column].map((at, axis) => {
    const middle = start[axis] + (dilation[axis] * (sides[axis] - 1)) / 2;
    return clamp(Math.round((at - middle) / step[axis]), 0, shape[axis] - 1);
  });
}

// A sum written out: "3·1 + 5·(−2)".
export function writtenOut(terms) {
  const number = (value) => (value < 0 ? `(${formatNumber(value, 3)})` : formatNumber(value, 3));
  return terms.map(({ x, w }) => `${number(x)}·${number(w)}`).join(" + ");
}

const ROOM = 404; // CSS pixels for a map, where the page is wide enough
const SIZES = [
  ["input_size", "input", "N"],
  ["kernel_size", "kernel", "F"],
  ["stride", "stride", "S"],
  ["padding", "padding", "P"],
  ["dilation", "dilation", "d"],
  ["output_padding", "output padding", ""],
];

// The formula of one axis, with a fraction: what is read aloud is the same in one line.
function formulaLine() {
  const shown = el("span", { "aria-hidden": "true", class: "cx-formula-shown" });
  const spoken = el("span", { class: "cx-hidden" });
  const left = el("span", { class: "cx-left" });
  const name = el("span", { class: "cx-formula-axis" });
  const node = el("div", { class: "cx-formula-line" }, name, shown, spoken, left);
  const fraction = (above, below) =>
    el("span", { class: "cx-fraction" }, el("span", { text: above }), el("span", { text: below }));
  const floor = (inside) =>
    el(
      "span",
      { class: "cx-floor" },
      el("span", { class: "cx-bracket", text: "⌊" }),
      inside,
      el("span", { class: "cx-bracket", text: "⌋" }),
    );
  const set = (axis, transposed) => {
    say(name, axis.axis);
    say(spoken, `${axis.axis}: ${axis.text}`);
    const size = el("strong", { class: "cx-formula-size", text: String(axis.size) });
    if (transposed) shown.replaceChildren(`${axis.numbers} = `, size);
    else {
      const ratio = axis.left ? [floor(el("span", { text: axis.ratio })), " + 1 = "] : [];
      shown.replaceChildren(
        floor(fraction(axis.numbers, String(axis.divisor))),
        " + 1 = ",
        floor(fraction(String(axis.room), String(axis.divisor))),
        " + 1 = ",
        ...ratio,
        `${axis.steps} + 1 = `,
        size,
      );
    }
    say(
      left,
      axis.left
        ? `${axis.room} = ${axis.divisor}·${axis.steps} + ${axis.left}: ${axis.left} left over`
        : "",
    );
    left.hidden = !axis.left;
  };
  return { node, set };
}

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-arithmetic",
    label: "Convolution arithmetic explorer",
  });
  const { root, change } = view;
  let facts = model.get("facts");
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer

  // Controls ---------------------------------------------------------------------------------
  const direction = segments(
    view,
    "direction",
    [
      ["forward", "convolution"],
      ["transposed", "transposed convolution"],
    ],
    (name) => change({ transposed: name === "transposed" }),
  );
  const xNumbers = chooser(view, "numbers of the input", (name) => change({ x_preset: name }));
  const wNumbers = chooser(view, "numbers of the kernel", (name) => change({ w_preset: name }));
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
    label: "output: arrow keys move from cell to cell",
  });
  const box = svg("rect", { class: "cx-map-window", rx: 0.1 });
  input.marks.append(box);
  const kernelWords = el("span");
  const kernelNote = el("p", { class: "cx-note" });
  const weights = numberGrid(
    view,
    { name: "kernel", words: "kernel weights", room: 168, step: 1 },
    (n, value) => {
      const w = model.get("w").map((row) => [...row]);
      w[Math.floor(n / w[0].length)][n % w[0].length] = value;
      change({ w });
    },
  );
  const kernel = el(
    "div",
    { class: "cx-map-panel cx-weights" },
    el(
      "h3",
      { class: "cx-title cx-kernel" },
      el("span", { class: "cx-symbol", text: "w" }),
      kernelWords,
    ),
    weights.node,
    kernelNote,
  );
  const stage = el("div", { class: "cx-arithmetic-stage" }, input.node, kernel, result.node);

  const play = player(view, {
    label: "position in the output",
    speeds: [
      ["1", "slow"],
      ["4", "walk"],
      ["15", "run"],
    ],
    speed: "4",
    go: (n) => look([Math.floor(n / columns()), n % columns()], true),
  });
  play.onPlay((playing) => result.veil(playing ? position() + 1 : null));

  // The sum, the sizes -------------------------------------------------------------------------
  const sum = el("output", { class: "cx-map-sum" });
  const terms = el("span", { class: "cx-map-terms" });
  const sumLine = el("div", { class: "cx-sum-line" }, sum, terms);
  const letters = el("p", { class: "cx-note cx-letters" });
  const lines = [formulaLine(), formulaLine()];
  const notes = el("ul", { class: "cx-notes" });
  const headId = freshId("size");
  const formula = el(
    "div",
    { class: "cx-formula", role: "group", "aria-labelledby": headId },
    el("h3", { class: "cx-title", id: headId, text: "The size of the output" }),
    letters,
    ...lines.map((line) => line.node),
    notes,
  );
  const torch = codeLine(view, "PyTorch");

  root.append(
    el("div", { class: "cx-row" }, direction.node, xNumbers.node, wNumbers.node, sizes.together),
    sizes.node,
    view.alert,
    stage,
    el("div", { class: "cx-row" }, play.node),
    sumLine,
    formula,
    el("div", { class: "cx-code-row" }, torch.node),
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  const columns = () => facts.output[0].length;
  const position = () => at[0] * columns() + at[1];
  const short = (value) => cellNumber(value, 1, true, true);

  // Show the sum at an output; nothing here asks Python.
  function show([i, j]) {
    const [rows, wide] = [facts.output.length, columns()];
    at = [clamp(i, 0, rows - 1), clamp(j, 0, wide - 1)];
    const found = termsAt(facts, at);
    const across = facts.grid[0].length;
    input.light(
      found.map(({ cell, w, real }) => [
        cell[0] * across + cell[1],
        `×${short(w)}`,
        real ? "cx-lit" : "cx-lit-zero",
      ]),
    );
    result.light([[position(), "", "cx-lit-output"]]);
    const [first, last] = [found[0].cell, found.at(-1).cell];
    place(box, first[1], first[0], last[1] - first[1] + 1, last[0] - first[0] + 1);
    const real = found.filter((term) => term.real);
    const zeros = found.length - real.length;
    const total = facts.output[at[0]][at[1]];
    say(sum, `y[${at[0]}, ${at[1]}] = ${formatNumber(total, 4)}`);
    const rest = zeros ? ` (and ${zeros} ${zeros === 1 ? "weight" : "weights"} on zeros)` : "";
    say(terms, real.length ? `= ${writtenOut(real)}${rest}` : "= 0: every weight lies on a zero");
    root.dataset.at = at.join(",");
    root.dataset.sum = String(total);
    play.set(
      position(),
      rows * wide,
      `row ${at[0]}, column ${at[1]}, sum ${formatNumber(total, 3)}`,
    );
    if (play.isPlaying()) result.veil(position() + 1);
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    if (!quiet) play.stop();
    show(to);
    change({ focus: [...at] });
    if (!quiet)
      view.announce(
        `row ${at[0]}, column ${at[1]}: the sum is ${formatNumber(facts.output[at[0]][at[1]], 3)}`,
      );
  }

  view.draw(() => {
    facts = model.get("facts");
    const { transposed, grid, kinds, read, reached, output } = facts;
    const [rows, wide] = [grid.length, grid[0].length];
    const side = cellSide(Math.max(rows, wide, output.length, output[0].length), ROOM);
    const size = ([r, c]) => `${r} × ${c}`;
    const kind = (p, q) => (read[p][q] ? ["input", "pad", "between"][kinds[p][q]] : "unread");
    const larger = rows !== facts.input_size[0] || wide !== facts.input_size[1];
    const around = transposed ? "stretched" : "padded";
    input.paint(
      rows,
      wide,
      grid.flatMap((row, p) => row.map((value, q) => ({ text: short(value), kind: kind(p, q) }))),
      {
        words: `input ${size(facts.input_size)}${larger ? `, ${around} to ${size([rows, wide])}` : ""}`,
        side,
      },
    );
    result.paint(
      output.length,
      output[0].length,
      output.flatMap((row, i) =>
        row.map((value, j) => ({ text: short(value), kind: reached[i][j] ? "output" : "dead" })),
      ),
      { words: `output ${size([output.length, output[0].length])}`, side },
    );
    weights.set(model.get("w"), octets(model.get("colour_table")));
    say(kernelWords, ` kernel ${size(facts.kernel_size)}`);
    say(
      kernelNote,
      transposed ? "turned by half a turn where it is used" : "type, or drag up and down",
    );

    direction.set(transposed ? "transposed" : "forward");
    for (const one of direction.inputs) {
      one.disabled = !facts.choices.transposed.includes(one.value === "transposed");
      one.title = one.disabled ? facts.turning_problem : "";
    }
    const named = (known, name) => [
      ...(name in known ? [] : [[name, "your own"]]),
      ...Object.entries(known),
    ];
    xNumbers.set(named(facts.maps, facts.x_preset), facts.x_preset);
    wNumbers.set(named(facts.weights, facts.w_preset), facts.w_preset);
    sizes.show("output_padding", transposed);
    sizes.letter("input_size", transposed ? "M" : "N");
    sizes.offer(facts.choices);

    say(letters, facts.letters);
    facts.axes.forEach((axis, k) => lines[k].set(axis, transposed));
    notes.replaceChildren(...facts.notes.map((words) => el("li", { text: words })));
    torch.set(facts.torch_line);
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
  steer(view, input, { ...ways, find: (cell) => outputNear(facts, cell) });
  steer(view, result, ways);
  return view.close;
}

export default { render };
