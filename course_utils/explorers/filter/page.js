// FilterExplorer: a picture, a filter, and the sum under every pixel of the output.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import { numberGrid, numberTable } from "../shared/number_grids.js";
import {
  button,
  cellNumber,
  chooser,
  clamp,
  codeLine,
  colourOf,
  el,
  fillPixels,
  floats,
  formatNumber,
  gradient,
  inkOn,
  moved,
  octets,
  openView,
  player,
  say,
  segments,
  stepper,
  svg,
  symmetric,
} from "../shared/view.js";

// The window of output (i, j): its values, row by row, and where it starts in the padded picture.
export function windowAt(padded, facts, i, j) {
  const [rows, columns] = [facts.used.length, facts.used[0].length];
  const { stride, dilation } = facts;
  const width = facts.padded_shape[1];
  const values = new Float64Array(rows * columns);
  for (let a = 0; a < rows; a += 1) {
    for (let b = 0; b < columns; b += 1) {
      values[a * columns + b] =
        padded[(i * stride + a * dilation) * width + j * stride + b * dilation];
    }
  }
  return { values, top: i * stride, left: j * stride };
}

// The output whose window is centred nearest to a cell of the padded picture.
export function outputNear(facts, row, column) {
  return [
    [row, 0],
    [column, 1],
  ].map(([at, axis]) => {
    const side = axis ? facts.used[0].length : facts.used.length;
    const middle = (facts.dilation * (side - 1)) / 2;
    return clamp(Math.round((at - middle) / facts.stride), 0, facts.output_shape[axis] - 1);
  });
}

const SIDE = 320; // CSS pixels of a picture's longer side, where the page is wide enough

// A picture one canvas pixel a value, with outlines and numbers above it.
function plane(view, { kind, symbol, label }) {
  const canvas = el("canvas", { class: "cx-canvas", "aria-hidden": "true" });
  const over = svg("svg", { class: "cx-over", "aria-hidden": "true" });
  const heading = el("span");
  const title = el(
    "h3",
    { class: `cx-title cx-${kind}` },
    el("span", { class: "cx-symbol", text: symbol }),
    heading,
  );
  const frame = el(
    "div",
    {
      class: `cx-plane cx-frame-${kind}`,
      tabindex: "0",
      role: "application",
      "aria-label": label,
      "aria-roledescription": "picture",
    },
    canvas,
    over,
  );
  const bar = el("div", { class: "cx-bar", "aria-hidden": "true" });
  const ticks = el("div", { class: "cx-ticks" }, el("span"), el("span"), el("span"));
  const node = el(
    "div",
    { class: "cx-panel" },
    title,
    el("div", { class: "cx-plane-room" }, frame),
    bar,
    ticks,
  );
  const numbers = svg("g", { class: "cx-digits" });
  const marks = svg("g");
  over.append(numbers, marks);
  let shape = [1, 1];
  let signed = null;

  const paint = (values, [rows, columns], scale, table, words) => {
    shape = [rows, columns];
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
      // The longer side fills the room, unless the cells would be larger than 64 pixels.
      const part = Math.min(1, (64 * Math.max(rows, columns)) / SIDE) / Math.max(rows, columns);
      frame.style.width = `max(12px, calc(var(--cx-plane) * ${part * columns}))`;
      frame.style.height = `max(12px, calc(var(--cx-plane) * ${part * rows}))`;
      over.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    }
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    fillPixels(values, scale, table, image.data);
    context.putImageData(image, 0, 0);
    say(heading, ` ${words}`);
    if (signed !== scale.signed) bar.style.background = gradient(scale, table); // the numbers below it change
    signed = scale.signed;
    const middle = scale.signed ? 0 : (scale.low + scale.high) / 2;
    [scale.low, middle, scale.high].forEach((value, n) =>
      say(ticks.children[n], formatNumber(value, 2)),
    );
    write(values, rows, columns, scale, table);
  };

  const write = (values, rows, columns, scale, table) => {
    const cell = Math.min(SIDE / Math.max(rows, columns), 64);
    if (cell < 19) {
      if (numbers.childElementCount) numbers.replaceChildren();
      return;
    }
    if (numbers.childElementCount !== values.length) {
      numbers.replaceChildren(...Array.from(values, () => svg("text")));
    }
    values.forEach((value, n) => {
      const text = numbers.children[n];
      const words = cellNumber(value, cell < 26 ? 1 : 2, cell < 30);
      text.setAttribute("x", (n % columns) + 0.5);
      text.setAttribute("y", Math.floor(n / columns) + 0.5);
      text.setAttribute("font-size", Math.min(0.38, 17 / cell, 1.5 / Math.max(words.length, 1)));
      text.setAttribute("fill", inkOn(colourOf(value, scale, table)));
      say(text, words);
    });
  };

  const cellAt = (event) => {
    const box = frame.getBoundingClientRect();
    return [
      clamp(Math.floor(((event.clientY - box.top) / box.height) * shape[0]), 0, shape[0] - 1),
      clamp(Math.floor(((event.clientX - box.left) / box.width) * shape[1]), 0, shape[1] - 1),
    ];
  };
  return { node, frame, canvas, marks, paint, cellAt };
}

// A picture file, decoded by the browser to grey bytes, at most `most` a side.
async function greyOf(file, most = 96) {
  const bitmap = await createImageBitmap(file);
  const shrink = Math.min(1, most / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((n) =>
    Math.max(1, Math.round(n * shrink)),
  );
  const canvas = el("canvas", { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return { grey: greyBytes(context.getImageData(0, 0, width, height).data), size: [height, width] };
}

export function greyBytes(rgba) {
  const grey = new Uint8Array(rgba.length / 4);
  for (let n = 0; n < grey.length; n += 1) {
    grey[n] = Math.round(0.299 * rgba[4 * n] + 0.587 * rgba[4 * n + 1] + 0.114 * rgba[4 * n + 2]);
  }
  return grey;
}

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-filter", label: "Filter explorer" });
  const { root, change } = view;
  let facts = model.get("facts");
  let padded = new Float64Array(0);
  let output = new Float64Array(0);
  let table = octets(model.get("colour_table"));
  let at = [0, 0]; // the output that is looked at: the focus, or what lies under the pointer

  // Controls ---------------------------------------------------------------------------------
  const picture = chooser(view, "picture", (name) => change({ picture: name }));
  const file = el("input", {
    type: "file",
    accept: "image/*",
    class: "cx-hidden",
    tabindex: "-1",
    "aria-label": "picture file",
  });
  const open = button(view, "Open…", "Open a picture of your own", () => file.click());
  view.listen(file, "change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      const { grey, size } = await greyOf(chosen);
      change({ upload: new DataView(grey.buffer), upload_size: size, picture: chosen.name });
    } catch {
      view.complain(`“${chosen.name}” is not a picture that this browser can read`);
    }
  });
  const preset = chooser(view, "filter", (name) => change({ preset: name }));
  const rows = stepper(view, "kernel rows", (n) =>
    change({ kernel_size: [n, model.get("kernel_size")[1]] }),
  );
  const columns = stepper(view, "kernel columns", (n) =>
    change({ kernel_size: [model.get("kernel_size")[0], n] }),
  );
  const stride = stepper(view, "stride", (n) => change({ stride: n }));
  const dilation = stepper(view, "dilation", (n) => change({ dilation: n }));
  const padding = stepper(view, "padding", (n) => change({ padding: n }));
  const same = el("input", { type: "checkbox" });
  view.listen(same, "change", () => change({ padding: same.checked ? "same" : shownPadding() }));
  const sameField = el(
    "label",
    {
      class: "cx-check",
      title: "as much padding as keeps the size; PyTorch has it at stride 1 only",
    },
    same,
    el("span", { text: "same" }),
  );
  const mode = chooser(view, "border", (name) => change({ padding_mode: name }));
  const operation = segments(
    view,
    "operation",
    [
      ["correlation", "correlation"],
      ["convolution", "true convolution"],
    ],
    (name) => change({ flip: name === "convolution" }),
  );

  // Stage ------------------------------------------------------------------------------------
  const input = plane(view, {
    kind: "input",
    symbol: "x",
    label: "input picture: arrow keys move the window",
  });
  const result = plane(view, {
    kind: "output",
    symbol: "y",
    label: "output: arrow keys move from value to value",
  });
  const grid = numberGrid(view, { name: "kernel", words: "kernel weights" }, (n, value) => {
    const kernel = model.get("kernel").map((row) => [...row]);
    const wide = kernel[0].length;
    kernel[Math.floor(n / wide)][n % wide] = value;
    change({ kernel });
  });
  const kernelWords = el("span");
  const kernelTitle = el(
    "h3",
    { class: "cx-title cx-kernel" },
    el("span", { class: "cx-symbol", text: "w" }),
    kernelWords,
  );
  const kernelNote = el("p", { class: "cx-note" });
  const kernelPanel = el(
    "div",
    { class: "cx-panel cx-kernel-panel" },
    kernelTitle,
    el("div", { class: "cx-plane-room" }, grid.node),
    kernelNote,
  );
  const stage = el("div", { class: "cx-stage" }, input.node, kernelPanel, result.node);

  const edge = svg("rect", { class: "cx-edge" });
  const box = svg("rect", { class: "cx-window" });
  const taps = svg("g", { class: "cx-taps" });
  input.marks.append(edge, taps, box);
  const here = svg("rect", { class: "cx-here" });
  const later = [svg("rect", { class: "cx-later" }), svg("rect", { class: "cx-later" })];
  result.marks.append(...later, here);

  // The sum ----------------------------------------------------------------------------------
  const windowTable = numberTable("window of x", "input");
  const kernelTable = numberTable("kernel w", "kernel");
  const productTable = numberTable("products", "plain");
  const sum = el("output", { class: "cx-sum" });
  const sumNote = el("p", { class: "cx-note" });
  const pin = el("span", { class: "cx-pin", text: "pinned" });
  const terms = el(
    "div",
    { class: "cx-terms" },
    windowTable.node,
    el("span", { class: "cx-sign", text: "×" }),
    kernelTable.node,
    el("span", { class: "cx-sign", text: "=" }),
    productTable.node,
    el(
      "div",
      { class: "cx-total" },
      el("span", { class: "cx-label", text: "sum of the products" }),
      sum,
      sumNote,
      pin,
    ),
  );

  const play = player(view, {
    label: "position in the output",
    speeds: [
      ["2", "slow"],
      ["12", "walk"],
      ["60", "run"],
      ["600", "fast"],
    ],
    speed: "12",
    go: (n) => look([Math.floor(n / facts.output_shape[1]), n % facts.output_shape[1]], true),
  });
  play.onPlay((playing) => {
    root.classList.toggle("cx-playing", playing);
    cover(playing);
  });

  const torch = codeLine(view, "PyTorch");
  const sizes = el("p", { class: "cx-note cx-sizes" });

  root.append(
    el(
      "div",
      { class: "cx-row" },
      picture.node,
      open,
      file,
      preset.node,
      rows.node,
      columns.node,
      operation.node,
    ),
    stage,
    el(
      "div",
      { class: "cx-row" },
      stride.node,
      padding.node,
      sameField,
      mode.node,
      dilation.node,
      play.node,
    ),
    view.alert,
    terms,
    el("div", { class: "cx-foot" }, torch.node, sizes),
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  const shownPadding = () => (facts.padding === "same" ? facts.before[0] : facts.padding);

  // While it plays, what is not computed yet is veiled.
  function cover(playing) {
    const [high, wide] = facts.output_shape;
    for (const veil of later) veil.style.display = playing ? "" : "none";
    if (!playing) return;
    const [i, j] = at;
    place(later[0], j + 1, i, Math.max(wide - j - 1, 0), 1);
    place(later[1], 0, i + 1, wide, Math.max(high - i - 1, 0));
  }

  function place(rect, x, y, width, height) {
    rect.setAttribute("x", x);
    rect.setAttribute("y", y);
    rect.setAttribute("width", width);
    rect.setAttribute("height", height);
  }

  // Show the sum at an output; nothing here asks Python.
  function show([i, j]) {
    const wide = facts.used[0].length;
    const high = facts.used.length;
    at = [clamp(i, 0, facts.output_shape[0] - 1), clamp(j, 0, facts.output_shape[1] - 1)];
    const { values, top, left } = windowAt(padded, facts, ...at);
    const used = facts.used.flat();
    const products = Float64Array.from(values, (value, n) => value * used[n]);
    const total = output[at[0] * facts.output_shape[1] + at[1]];
    const d = facts.dilation;
    place(box, left, top, d * (wide - 1) + 1, d * (high - 1) + 1);
    place(here, at[1], at[0], 1, 1);
    if (d > 1) {
      if (taps.childElementCount !== values.length)
        taps.replaceChildren(...Array.from(values, () => svg("rect")));
      values.forEach((_, n) =>
        place(taps.children[n], left + d * (n % wide), top + d * Math.floor(n / wide), 1, 1),
      );
    } else if (taps.childElementCount) taps.replaceChildren();
    windowTable.set(values, wide, facts.input_scale, table);
    productTable.set(products, wide, symmetric(products), table);
    say(sum, `y[${at[0]}, ${at[1]}] = ${formatNumber(total, 4)}`);
    root.dataset.at = at.join(",");
    root.dataset.sum = String(total);
    const position = at[0] * facts.output_shape[1] + at[1];
    play.set(
      position,
      facts.output_shape[0] * facts.output_shape[1],
      `row ${at[0]}, column ${at[1]}, sum ${formatNumber(total, 3)}`,
    );
    if (play.isPlaying()) cover(true);
  }

  // Move the focus itself: every view and Python follow.
  function look(to, quiet = false) {
    show(to);
    change({ focus: [...at] });
    if (!quiet)
      view.announce(
        `row ${at[0]}, column ${at[1]}: window times kernel sums to ${formatNumber(output[at[0] * facts.output_shape[1] + at[1]], 3)}`,
      );
  }

  function pinning() {
    const pinned = model.get("pinned");
    pin.hidden = !pinned;
    root.classList.toggle("cx-pinned", pinned);
    say(sumNote, pinned ? "click again to let go" : "point, or use the arrow keys; click to pin");
  }

  view.draw(() => {
    facts = model.get("facts");
    padded = floats(model.get("padded_bytes"));
    output = floats(model.get("output_bytes"));
    table = octets(model.get("colour_table"));
    const size = ([r, c]) => `${r} × ${c}`;
    const [ph, pw] = facts.padded_shape;
    const [h, w] = facts.image_shape;
    const isPadded = ph !== h || pw !== w;
    input.paint(
      padded,
      facts.padded_shape,
      facts.input_scale,
      table,
      `input ${size(facts.image_shape)}${isPadded ? `, padded to ${size(facts.padded_shape)}` : ""}`,
    );
    place(edge, facts.before[1], facts.before[0], w, h);
    edge.style.display = isPadded ? "" : "none";
    result.paint(
      output,
      facts.output_shape,
      facts.output_scale,
      table,
      `output ${size(facts.output_shape)}`,
    );
    // Fields show the newest value, which may be ahead of the answer that is drawn here.
    grid.set(model.get("kernel"), table);
    say(kernelWords, ` kernel ${size([facts.kernel.length, facts.kernel[0].length])}`);
    const total = facts.kernel.flat().reduce((a, b) => a + b, 0);
    say(kernelNote, `sum ${formatNumber(Number(total.toFixed(9)), 3)} · type, or drag up and down`);
    terms.classList.toggle("cx-wide", Math.max(facts.kernel.length, facts.kernel[0].length) > 7);
    kernelTable.set(facts.used.flat(), facts.used[0].length, symmetric(facts.used.flat()), table);
    say(kernelTable.node.caption, facts.flip ? "kernel w, flipped" : "kernel w");

    const pictures = Object.entries(facts.pictures);
    if (!(facts.picture in facts.pictures)) pictures.unshift([facts.picture, facts.picture]);
    picture.set(pictures, facts.picture);
    const filters = Object.entries(facts.presets);
    if (!(facts.preset in facts.presets)) filters.unshift([facts.preset, "your own"]);
    preset.set(filters, facts.preset);
    rows.set(model.get("kernel_size")[0], facts.choices.rows);
    columns.set(model.get("kernel_size")[1], facts.choices.columns);
    stride.set(model.get("stride"), facts.choices.stride);
    dilation.set(model.get("dilation"), facts.choices.dilation);
    padding.set(
      model.get("padding") === "same" ? shownPadding() : model.get("padding"),
      facts.choices.padding,
    );
    same.checked = facts.padding === "same";
    same.disabled = !facts.choices.padding.includes("same");
    mode.set(
      facts.padding_modes.filter((m) => facts.choices.padding_mode.includes(m)).map((m) => [m, m]),
      facts.padding_mode,
    );
    operation.set(facts.flip ? "convolution" : "correlation");
    torch.set(facts.torch_line);
    say(
      sizes,
      facts.sizes[0] === facts.sizes[1]
        ? `output side: ${facts.sizes[0]}`
        : `output rows: ${facts.sizes[0]}; columns: ${facts.sizes[1]}`,
    );
    pinning();
    show(model.get("focus"));
    cover(play.isPlaying());
  });
  view.on("change:focus", () => show(model.get("focus")));
  view.on("change:pinned", pinning);

  // Pointer and keys -------------------------------------------------------------------------
  let pending = null;
  const hover = (to) => {
    if (model.get("pinned") || play.isPlaying()) return;
    if (pending === null)
      requestAnimationFrame(() => {
        const [i, j] = pending;
        pending = null;
        if (i !== at[0] || j !== at[1]) show([i, j]);
      });
    pending = to;
  };
  for (const [pane, find] of [
    [input, (cell) => outputNear(facts, ...cell)],
    [result, (cell) => cell],
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
    view.listen(pane.frame, "keydown", (event) => {
      if (event.key === "Escape") {
        change({ pinned: false });
        return;
      }
      if (event.key === " " || event.key === "Enter") {
        if (event.shiftKey) return;
        event.preventDefault();
        change({ pinned: !model.get("pinned") });
        return;
      }
      const to =
        event.ctrlKey || event.metaKey || event.altKey
          ? null
          : moved(event.key, at, facts.output_shape, event.shiftKey);
      if (!to) return;
      event.preventDefault();
      play.stop();
      look(to);
    });
  }
  return view.close;
}

export default { render };
