// ConvolutionSumExplorer: flip a kernel, slide it along a signal, watch the sum.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import {
  cellNumber,
  chooser,
  clamp,
  codeLine,
  el,
  formatNumber,
  numberCell,
  openView,
  player,
  say,
  segments,
  stepper,
  svg,
} from "../shared/view.js";

// The terms of y[t]: {a, n, x, w, product, inside}, as convolution_sum_state.explain has them.
export function termsAt({ x, w, operation }, t) {
  const sign = operation === "convolution" ? -1 : 1;
  return w.map((weight, a) => {
    const n = t + sign * a;
    const inside = n >= 0 && n < x.length;
    const sample = inside ? x[n] : 0;
    return { a, n, x: sample, w: weight, product: sample * weight, inside };
  });
}

// First time shown, and how many: wherever a sample or the sliding kernel can lie.
export function timeline({ x, w }) {
  return { from: 1 - w.length, count: x.length + 2 * (w.length - 1) };
}

// Where the kernel's weight a lies when the sum for time t is taken.
export const placeOf = (operation, t, a) => (operation === "convolution" ? t - a : t + a);

// The time whose kernel covers `n` with its middle.
export function timeCentred({ w, operation }, n) {
  const half = (w.length - 1) / 2;
  return Math.round(operation === "convolution" ? n + half : n - half);
}

// Round ends of an axis that hold all values and zero, with room above.
export function axisFor(values) {
  const round = (v) => {
    if (v === 0) return 0;
    const unit = 10 ** Math.floor(Math.log10(v));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((k) => k * unit >= v * 1.0001) * unit;
  };
  const high = round(Math.max(0, ...values));
  const low = 0 - round(Math.max(0, ...values.map((v) => -v)));
  return high === low ? { low: 0, high: 1 } : { low, high };
}

// The value under a pointer on an axis drawn from `top` down over `height`, on a grid of `unit`.
export function valueAt(y, { low, high }, top, height, unit) {
  const raw = high - ((y - top) / height) * (high - low);
  return Number((Math.round(clamp(raw, low, high) / unit) * unit).toFixed(6)) + 0;
}

const LABEL = 86;

// A number as wide as a column of the timeline allows.
const fit = (value, pitch) => cellNumber(value, pitch < 26 ? 1 : 2, pitch < 34, true);
const minus = (whole) => String(whole).replace("-", "−");

// One row of bars along the timeline, numbers beneath.
function barRow(kind, { height, words }) {
  const bars = svg("g");
  const texts = svg("g", { class: "cx-row-numbers" });
  const names = svg("g", { class: "cx-row-names" });
  const zero = svg("line", { class: "cx-zero" });
  const drawing = svg("svg", { class: "cx-bars", "aria-hidden": "true" }, zero, bars, texts, names);
  const label = el("div", { class: `cx-row-label cx-${kind}` });
  const plot = el("div", { class: "cx-plot" }, drawing);
  const node = el("div", { class: `cx-line cx-line-${kind}` }, label, plot);
  const foot = words === 2 ? 32 : words === 1 ? 18 : 4;
  const top = 6;
  const inner = height - top;
  let axis = { low: 0, high: 1 };

  // items: {column, value, text, name, state}
  const set = (items, { columns, pitch, scale }) => {
    axis = scale;
    const width = columns * pitch;
    drawing.setAttribute("width", width);
    drawing.setAttribute("height", height + foot);
    const y = (v) => top + ((axis.high - v) / (axis.high - axis.low)) * inner;
    for (const [name, value] of [
      ["x1", 0],
      ["x2", width],
      ["y1", y(0)],
      ["y2", y(0)],
    ])
      zero.setAttribute(name, value);
    keep(bars, items.length, "rect");
    keep(texts, words ? items.length : 0, "text");
    keep(names, words === 2 ? items.length : 0, "text");
    items.forEach(({ column, value, text, name, state }, k) => {
      const bar = bars.children[k];
      const wide = pitch * 0.66;
      const tall = Math.max(Math.abs(y(value) - y(0)), value === 0 ? 0 : 1);
      bar.setAttribute("x", column * pitch + (pitch - wide) / 2);
      bar.setAttribute("y", value === 0 ? y(0) - 1.5 : Math.min(y(value), y(0)));
      bar.setAttribute("width", wide);
      bar.setAttribute("height", value === 0 ? 3 : tall);
      bar.setAttribute("rx", 2);
      bar.setAttribute("class", `cx-b cx-b-${kind} ${state || ""}`);
      const put = (node, words_, line) => {
        node.setAttribute("x", column * pitch + pitch / 2);
        node.setAttribute("y", height + line);
        node.setAttribute("class", state || "");
        say(node, words_);
      };
      if (words) put(texts.children[k], text, 13);
      if (words === 2) put(names.children[k], name, 27);
    });
    texts.setAttribute("font-size", pitch >= 34 ? 12 : pitch >= 26 ? 10.5 : 9);
    names.setAttribute("font-size", pitch >= 34 ? 10.5 : 9);
  };
  const keep = (group, count, tag) => {
    while (group.childElementCount > count) group.lastChild.remove();
    while (group.childElementCount < count) group.append(svg(tag));
  };
  return { node, label, plot, drawing, set, axis: () => axis, top, inner };
}

// A row of number fields, one a sample.
function cellRow(view, letter, edit) {
  const node = el("div", {
    class: "cx-cells",
    role: "group",
    "aria-label": `numbers of ${letter}; arrow keys move, page up and page down change`,
  });
  let cells = [];
  let home = 0;
  const settle = (n) => {
    if (cells[home]) cells[home].input.tabIndex = -1;
    home = n;
    cells[n].input.tabIndex = 0;
  };
  const set = (values, { pitch, offset }) => {
    while (cells.length > values.length) cells.pop().input.remove();
    while (cells.length < values.length) {
      const n = cells.length;
      const cell = numberCell(view, {
        label: `${letter} at ${n}`,
        apply: (value) => edit(n, value),
        look: (value) => fit(value, pitchNow),
        move: (down, right) => {
          const to = clamp(n + right + down, 0, cells.length - 1);
          settle(to);
          cells[to].input.focus();
        },
      });
      cell.input.tabIndex = -1;
      view.listen(cell.input, "focus", () => settle(n));
      cells.push(cell);
      node.append(cell.input);
    }
    pitchNow = pitch;
    if (home >= cells.length) home = 0;
    settle(home);
    node.style.paddingLeft = `${offset}px`;
    node.style.setProperty("--cx-pitch", `${pitch}px`);
    node.style.setProperty("--cx-size", `${pitch >= 34 ? 12.5 : pitch >= 26 ? 10.5 : 9}px`);
    values.forEach((value, n) => cells[n].set(value));
  };
  let pitchNow = 40;
  return { node, set };
}

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-sum-explorer",
    label: "Convolution sum explorer",
  });
  const { root, change } = view;
  let facts = model.get("facts");
  let t = model.get("t");
  let width = 0;
  let held = null; // the axis of a row while it is being drawn on

  // Controls ---------------------------------------------------------------------------------
  const signal = chooser(view, "signal", (name) => change({ x_preset: name }));
  const xSize = stepper(view, "samples N", (n) => change({ x_size: n }));
  const kernel = chooser(view, "kernel", (name) => change({ w_preset: name }));
  const wSize = stepper(view, "weights F", (n) => change({ w_size: n }));
  const operation = segments(
    view,
    "operation",
    [
      ["convolution", "convolution"],
      ["correlation", "correlation"],
    ],
    (name) => change({ operation: name }),
  );
  const mode = segments(
    view,
    "outputs kept",
    [
      ["full", "full"],
      ["same", "same"],
      ["valid", "valid"],
    ],
    (name) => change({ mode: name }),
  );

  // Stage ------------------------------------------------------------------------------------
  const xRow = barRow("input", { height: 96, words: 0 });
  const xCells = cellRow(view, "x", (n, value) => edit("x", n, value));
  const wRow = barRow("kernel", { height: 66, words: 2 });
  const pRow = barRow("plain", { height: 66, words: 1 });
  const yRow = barRow("output", { height: 96, words: 2 });
  const band = el("div", { class: "cx-band", "aria-hidden": "true" });
  const xLine = el("div", { class: "cx-line" }, el("div", { class: "cx-row-label" }), xCells.node);
  const stage = el(
    "div",
    { class: "cx-sum-stage" },
    band,
    xRow.node,
    xLine,
    wRow.node,
    pRow.node,
    yRow.node,
  );
  for (const [row, label] of [
    [wRow, "kernel on the signal: left and right arrow keys slide it"],
    [yRow, "output: left and right arrow keys move t"],
  ]) {
    row.plot.tabIndex = 0;
    row.plot.setAttribute("role", "application");
    row.plot.setAttribute("aria-roledescription", "chart");
    row.plot.setAttribute("aria-label", label);
  }

  // The kernel as it is, and the sum ---------------------------------------------------------
  const own = barRow("kernel", { height: 72, words: 0 });
  const wCells = cellRow(view, "w", (n, value) => edit("w", n, value));
  const ownNames = el("div", { class: "cx-own-names", "aria-hidden": "true" });
  const ownTitle = el(
    "h3",
    { class: "cx-title cx-kernel" },
    el("span", { class: "cx-symbol", text: "w" }),
    " the kernel as written",
  );
  const ownPanel = el("div", { class: "cx-own" }, ownTitle, own.plot, wCells.node, ownNames);
  const chips = el("div", { class: "cx-chips" });
  const equals = el("output", { class: "cx-sum" });
  const sumTitle = el("h3", { class: "cx-title" });
  const sumPanel = el("div", { class: "cx-sum-panel" }, sumTitle, chips, equals);

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
  root.append(
    el(
      "div",
      { class: "cx-row" },
      signal.node,
      xSize.node,
      kernel.node,
      wSize.node,
      operation.node,
      mode.node,
    ),
    stage,
    el("div", { class: "cx-row" }, play.node),
    view.alert,
    el("div", { class: "cx-sum-foot" }, ownPanel, sumPanel),
    el("div", { class: "cx-foot cx-lines" }, numpy.node, torch.node),
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  function edit(letter, n, value) {
    const values = [...model.get(letter)];
    values[n] = value;
    change({ [letter]: values });
  }

  function layout() {
    const { from, count } = timeline(facts);
    const room = (width || 980) - LABEL - 2;
    return { from, columns: count, pitch: clamp(Math.floor(room / count), 18, 84) };
  }

  const last = () => facts.first + facts.y.length - 1;

  // Everything that moves with t; nothing here asks Python.
  function show(to) {
    t = clamp(to, facts.first, last());
    const { from, columns, pitch } = layout();
    const terms = termsAt(facts, t);
    const places = terms.map((term) => term.n);
    band.style.left = `${LABEL + (Math.min(...places) - from) * pitch}px`;
    band.style.width = `${terms.length * pitch}px`;
    const touched = new Set(places);

    xRow.set(
      Array.from({ length: columns }, (_, k) => {
        const n = k + from;
        const inside = n >= 0 && n < facts.x.length;
        return {
          column: k,
          value: inside ? facts.x[n] : 0,
          state: inside ? (touched.has(n) ? "" : "cx-dim") : "cx-outside",
        };
      }),
      { columns, pitch, scale: held?.x || axisFor(facts.x) },
    );
    wRow.set(
      terms.map(({ a, n, w }) => ({
        column: n - from,
        value: w,
        text: fit(w, pitch),
        name: `w[${a}]`,
      })),
      { columns, pitch, scale: axisFor(facts.w) },
    );
    const products = facts.w.flatMap((w) => facts.x.map((x) => w * x));
    pRow.set(
      terms.map(({ n, product, inside }) => ({
        column: n - from,
        value: product,
        text: fit(product, pitch),
        state: inside ? "" : "cx-outside",
      })),
      { columns, pitch, scale: axisFor(products) },
    );
    yRow.set(
      facts.full.map((value, k) => {
        const time = facts.full_first + k;
        const kept = time >= facts.first && time <= last();
        const hidden = play.isPlaying() && time > t;
        const state = !kept ? "cx-dropped" : time === t ? "cx-now" : hidden ? "cx-later" : "cx-dim";
        return { column: time - from, value, text: fit(value, pitch), name: minus(time), state };
      }),
      { columns, pitch, scale: axisFor(facts.full) },
    );

    const total = facts.y[t - facts.first];
    if (chips.childElementCount !== 2 * terms.length - 1) {
      chips.replaceChildren(
        ...terms.flatMap((_, k) => [
          ...(k ? [el("span", { class: "cx-sign", text: "+" })] : []),
          el(
            "span",
            { class: "cx-chip" },
            el("span", { class: "cx-chip-names" }),
            el("span", { class: "cx-chip-numbers" }),
            el("span", { class: "cx-chip-product" }),
          ),
        ]),
      );
    }
    terms.forEach((term, k) => {
      const chip = chips.children[2 * k];
      chip.classList.toggle("cx-outside", !term.inside);
      say(chip.children[0], `x[${minus(term.n)}] · w[${term.a}]`);
      say(chip.children[1], `${formatNumber(term.x, 2)} × ${formatNumber(term.w, 2)}`);
      say(chip.children[2], `= ${formatNumber(term.product, 3)}`);
    });
    const name = `y[${minus(t)}]`;
    say(equals, `${name} = ${formatNumber(total, 4)}`);
    const rule =
      facts.operation === "convolution" ? "y[t] = Σ x[t − a] · w[a]" : "y[t] = Σ x[t + a] · w[a]";
    sumTitle.replaceChildren(
      el("span", { class: "cx-symbol", text: "Σ" }),
      ` the sum at t = ${minus(t)}: `,
      el("span", { class: "cx-rule", text: rule }),
    );
    root.dataset.at = String(t);
    root.dataset.sum = String(total);
    play.set(t - facts.first, facts.y.length, `t = ${t}, sum ${formatNumber(total, 3)}`);
  }

  function look(to, quiet = false) {
    show(to);
    change({ t });
    if (!quiet) view.announce(`t = ${t}: the sum is ${formatNumber(facts.y[t - facts.first], 3)}`);
  }

  function lay() {
    const { from, pitch } = layout();
    // Fields show the newest value, which may be ahead of the answer that is drawn here.
    xCells.set(model.get("x"), { pitch, offset: -from * pitch });
    const ownPitch = facts.w.length > 6 ? 34 : 42;
    own.set(
      facts.w.map((value, k) => ({ column: k, value })),
      { columns: facts.w.length, pitch: ownPitch, scale: held?.w || axisFor(facts.w) },
    );
    wCells.set(model.get("w"), { pitch: ownPitch, offset: 0 });
    ownNames.replaceChildren(
      ...facts.w.map((_, a) => el("span", { style: `width: ${ownPitch}px`, text: `w[${a}]` })),
    );
    show(model.get("t"));
  }

  const labelled = (row, symbol, words) =>
    row.label.replaceChildren(
      el("span", { class: "cx-symbol", text: symbol }),
      el("span", { class: "cx-row-words", text: words }),
    );

  view.draw(() => {
    facts = model.get("facts");
    const named = (known, name) => [
      ...(name in known ? [] : [[name, "your own"]]),
      ...Object.entries(known),
    ];
    signal.set(named(facts.signals, facts.x_preset), facts.x_preset);
    kernel.set(named(facts.kernels, facts.w_preset), facts.w_preset);
    xSize.set(model.get("x_size"), facts.choices.x_size);
    wSize.set(model.get("w_size"), facts.choices.w_size);
    operation.set(facts.operation);
    mode.set(facts.mode);
    for (const input of mode.inputs) input.disabled = !facts.choices.mode.includes(input.value);
    numpy.set(facts.numpy_line);
    torch.set(facts.torch_line);
    labelled(xRow, "x", "draw on it");
    labelled(wRow, "w", facts.operation === "convolution" ? "flipped; drag" : "not flipped; drag");
    labelled(pRow, "x·w", "products");
    labelled(yRow, "y", `${facts.y.length} kept`);
    lay();
  });
  view.on("change:t", () => show(model.get("t")));

  const measure = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now && now !== width) {
      width = now;
      lay();
    }
  });
  measure.observe(stage);
  view.atEnd.push(() => measure.disconnect());

  // Pointer and keys -------------------------------------------------------------------------
  // Drawing: the pointer leaves its height in every column it crosses.
  function drawOn(row, letter, pitchOf, offsetOf) {
    view.listen(row.plot, "pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      row.plot.setPointerCapture(event.pointerId);
      held = { ...held, [letter]: row.axis() };
      let before = null;
      const paint = (moved) => {
        const box = row.drawing.getBoundingClientRect();
        const n = Math.floor((moved.clientX - box.left) / pitchOf()) + offsetOf();
        const axis = row.axis();
        const unit = (axis.high - axis.low > 20 ? 1 : 0.1) * (moved.shiftKey ? 0.1 : 1);
        const value = valueAt(moved.clientY - box.top, axis, row.top, row.inner, unit);
        const values = [...model.get(letter)];
        const start = before === null ? n : before;
        for (let k = Math.min(start, n); k <= Math.max(start, n); k += 1) {
          if (k >= 0 && k < values.length) values[k] = value;
        }
        before = n;
        change({ [letter]: values });
      };
      const gesture = new AbortController();
      const end = () => {
        gesture.abort();
        held = null;
        lay();
      };
      const options = { signal: gesture.signal };
      row.plot.addEventListener("pointermove", paint, options);
      row.plot.addEventListener("pointerup", end, options);
      row.plot.addEventListener("pointercancel", end, options);
      view.signal.addEventListener("abort", () => gesture.abort(), options);
      paint(event);
    });
  }
  drawOn(
    xRow,
    "x",
    () => layout().pitch,
    () => layout().from,
  );
  drawOn(
    own,
    "w",
    () => (facts.w.length > 6 ? 34 : 42),
    () => 0,
  );

  // Sliding: drag the kernel, or any place of the output, to move t.
  const slide = (row, timeOf) => {
    const follow = (event) => {
      const { from, pitch } = layout();
      const n = (event.clientX - row.drawing.getBoundingClientRect().left) / pitch + from - 0.5;
      const to = clamp(timeOf(n), facts.first, last());
      if (to !== t) look(to, true);
    };
    view.listen(row.plot, "pointerdown", (event) => {
      if (event.button !== 0) return;
      play.stop();
      row.plot.setPointerCapture(event.pointerId);
      follow(event);
      const gesture = new AbortController();
      const options = { signal: gesture.signal };
      row.plot.addEventListener("pointermove", follow, options);
      for (const type of ["pointerup", "pointercancel"])
        row.plot.addEventListener(type, () => gesture.abort(), options);
      view.signal.addEventListener("abort", () => gesture.abort(), options);
    });
    view.listen(row.plot, "keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by = event.shiftKey ? 5 : 1;
      const to = { ArrowLeft: t - by, ArrowRight: t + by, Home: facts.first, End: last() }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      play.stop();
      look(to);
    });
  };
  slide(wRow, (n) => timeCentred(facts, n));
  slide(yRow, (n) => Math.round(n));
  return view.close;
}

export default { render };
