// FeatureMapExplorer: one filter, its slices, a partial map for each channel, and their sum.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import { mapSheet } from "../shared/map_sheet.js";
import {
  cellNumber,
  chooser,
  clamp,
  codeLine,
  colourOf,
  css,
  el,
  fillPixels,
  floats,
  formatNumber,
  freshId,
  inkOn,
  octets,
  openView,
  player,
  say,
  svg,
  symmetric,
} from "../shared/view.js";

// What has been added after so many terms: the channels one by one, then the bias.
export function runningSum(partial, channels, bias, terms) {
  const size = partial.length / channels;
  const sum = new Float64Array(size);
  for (let c = 0; c < Math.min(terms, channels); c += 1) {
    for (let n = 0; n < size; n += 1) sum[n] += partial[c * size + n];
  }
  if (terms > channels) for (let n = 0; n < size; n += 1) sum[n] += bias;
  return sum;
}

// The window of output (i, j) in the input without its border, along both axes: start and span.
export function windowOf(facts, i, j) {
  return [i, j].map((at, axis) => ({
    start: at * facts.stride[axis] - facts.padding[axis],
    span: facts.dilation[axis] * (facts.weight_shape[2 + axis] - 1) + 1,
  }));
}

// The output whose window is centred nearest to an input pixel.
export function outputAt(facts, row, column) {
  return [row, column].map((at, axis) => {
    const middle = (facts.dilation[axis] * (facts.weight_shape[2 + axis] - 1)) / 2;
    return clamp(
      Math.round((at + facts.padding[axis] - middle) / facts.stride[axis]),
      0,
      facts.map_shape[1 + axis] - 1,
    );
  });
}

// How many channels stand in a row, in a narrow page too, and the least that each of them needs.
// More than six are a crowd: as many in a row as there is room for.
export function columnsOf(channels) {
  const columns = clamp(channels, 3, 6);
  return { columns, narrow: columns > 4 ? 3 : columns, card: `${columns === 3 ? 150 : 96}px` };
}

const signed = (largest) => ({ signed: true, low: -(largest || 1), high: largest || 1 });

// A slice of the filter: its numbers on their colours.
function sliceView() {
  const picture = svg("svg", { class: "cx-fm-slice", "aria-hidden": "true" });
  const set = (rows, scale, table) => {
    const wide = rows[0].length;
    picture.setAttribute("viewBox", `0 0 ${wide} ${rows.length}`);
    picture.style.aspectRatio = `${wide} / ${rows.length}`;
    picture.replaceChildren(
      ...rows.flatMap((row, a) =>
        row.flatMap((value, b) => {
          const colour = colourOf(value, scale, table);
          const cell = svg("rect", {
            x: b + 0.03,
            y: a + 0.03,
            width: 0.94,
            height: 0.94,
            rx: 0.08,
            fill: css(colour),
          });
          if (wide > 5) return [cell];
          return [
            cell,
            svg("text", {
              x: b + 0.5,
              y: a + 0.5,
              fill: inkOn(colour),
              "font-size": wide < 4 ? 0.3 : 0.36,
              text: cellNumber(value, 2, true, true),
            }),
          ];
        }),
      ),
    );
  };
  return { node: picture, set };
}

// All filters of the layer: a radio button with its map for each.
function filterChoice(view, choose) {
  const node = el("div", { class: "cx-fm-filters", role: "radiogroup", "aria-label": "filter" });
  const name = freshId("filter");
  let thumbs = [];
  let painted = null;
  const set = (facts, bytes, table) => {
    const [count, high, wide] = facts.map_shape;
    const maps = floats(bytes);
    if (thumbs.length !== count) {
      thumbs = Array.from({ length: count }, (_, k) => {
        const input = el("input", { type: "radio", name, value: k, "aria-label": `filter ${k}` });
        view.listen(input, "change", () => choose(k));
        const canvas = el("canvas", { "aria-hidden": "true" });
        const label = el(
          "label",
          { class: "cx-fm-thumb" },
          input,
          canvas,
          el("span", { text: `k = ${k}`, "aria-hidden": "true" }),
        );
        return { input, canvas, label };
      });
      node.replaceChildren(...thumbs.map((thumb) => thumb.label));
      node.classList.toggle("cx-fm-many", count > 8);
    }
    thumbs.forEach(({ input, canvas, label }, k) => {
      input.checked = k === facts.filter;
      label.classList.toggle("cx-fm-chosen", k === facts.filter);
      if (painted === bytes) return; // another filter of the same layer
      if (canvas.width !== wide || canvas.height !== high) {
        canvas.width = wide;
        canvas.height = high;
      }
      const context = canvas.getContext("2d");
      const image = context.createImageData(wide, high);
      const part = maps.subarray(k * high * wide, (k + 1) * high * wide).map((v) => Math.max(v, 0));
      fillPixels(part, signed(part.reduce((a, b) => Math.max(a, b), 0)), table, image.data);
      context.putImageData(image, 0, 0);
    });
    painted = bytes;
  };
  return { node, set };
}

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-feature-map", label: "Feature map explorer" });
  const { root, change } = view;
  const table = octets(model.get("colour_table"));
  let facts = model.get("facts");
  let channels = [];
  let partial = [];
  let total = [];
  let relu = [];
  let sum = [];
  let at = [0, 0];
  let spoken = "";

  const scenes = chooser(view, "scene", (name) => change({ scene: name }));
  const layers = chooser(view, "layer", (name) => change({ layer: name }));
  const filters = filterChoice(view, (k) => change({ filter: k }));
  const photo = el("canvas", {
    class: "cx-fm-photo",
    role: "img",
    "aria-label": "the picture in colour",
  });
  const photoField = el(
    "div",
    { class: "cx-field" },
    el("span", { class: "cx-label", text: "picture" }),
    photo,
  );
  const filterWords = el("span", { class: "cx-label" });

  const cards = el("div", { class: "cx-fm-cards" });
  let built = "";
  let painted = null; // the channels that are on the canvases
  let parts = [];
  const spot = (cell, key) => look(cell && cell.slice(1), key);
  // On the input the pointer finds the nearest window, and a key moves the window by one output.
  const near = (cell, key) => {
    if (key)
      look(
        [0, 1].map((axis) => at[axis] + cell[1 + axis] - middle()[axis]),
        true,
      );
    else look(cell && outputAt(facts, cell[1], cell[2]), false);
  };
  const middle = () =>
    windowOf(facts, ...at).map(({ start, span }, axis) =>
      clamp(start + Math.floor(span / 2), 0, facts.channel_shape[1 + axis] - 1),
    );
  const pinned = (sheet, find) =>
    view.listen(sheet.node, "click", (event) => look(find(sheet.under(event)), true));
  const build = () => {
    const [, high, wide] = facts.channel_shape;
    parts = facts.channels.map((name) => {
      const input = mapSheet(view, {
        label: `${name}: arrow keys move the window`,
        kind: "cx-fm-input",
        point: near,
      });
      const part = mapSheet(view, {
        label: `partial map of ${name}: arrow keys move`,
        kind: "cx-fm-partial",
        point: spot,
      });
      const box = svg("rect", { class: "cx-sheet-field" });
      input.marks.append(box);
      input.shape([1, high, wide]);
      part.shape([1, ...facts.map_shape.slice(1)]);
      pinned(input, (cell) => outputAt(facts, cell[1], cell[2]));
      pinned(part, (cell) => cell.slice(1));
      const slice = sliceView();
      const value = el("p", { class: "cx-fm-value" });
      const node = el(
        "div",
        { class: "cx-fm-card" },
        el("h3", { class: "cx-title cx-input", text: name }),
        input.node,
        slice.node,
        part.node,
        value,
      );
      return { node, input, part, slice, value, box };
    });
    cards.replaceChildren(...parts.map((one) => one.node));
    const columns = columnsOf(facts.channels.length);
    for (const [name, value] of Object.entries(columns))
      cards.style.setProperty(`--cx-fm-${name}`, value);
    cards.classList.toggle("cx-fm-crowd", facts.channels.length > columns.columns);
    for (const sheet of [added, after]) sheet.shape([1, ...facts.map_shape.slice(1)]);
  };

  const added = mapSheet(view, {
    label: "sum so far: arrow keys move",
    kind: "cx-fm-result",
    point: spot,
  });
  const after = mapSheet(view, {
    label: "after ReLU: arrow keys move",
    kind: "cx-fm-result",
    point: spot,
  });
  pinned(added, (cell) => cell.slice(1));
  pinned(after, (cell) => cell.slice(1));
  const addedTitle = el("h3", { class: "cx-title cx-output" });
  const afterTitle = el("h3", { class: "cx-title cx-output", text: "after ReLU: max(y, 0)" });
  const range = el("p", { class: "cx-note" });
  const results = el(
    "div",
    { class: "cx-fm-results" },
    el("div", { class: "cx-fm-output" }, addedTitle, added.node),
    el("div", { class: "cx-fm-output" }, afterTitle, after.node),
    range,
  );

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
      tell();
      view.announce(addedTitle.textContent);
    },
  });
  const equation = el("p", { class: "cx-fm-equation" });
  const torch = codeLine(view, "PyTorch");
  root.append(
    el("div", { class: "cx-row" }, scenes.node, layers.node),
    view.alert,
    el(
      "div",
      { class: "cx-fm-choice" },
      photoField,
      el("div", { class: "cx-field cx-fm-field" }, filterWords, filters.node),
    ),
    el("div", { class: "cx-fm-stage" }, cards, results),
    el("div", { class: "cx-row" }, play.node),
    equation,
    torch.node,
    view.live,
  );

  // How far the sum has come -----------------------------------------------------------------
  function tell() {
    const terms = model.get("terms");
    const count = facts.channels.length;
    sum = terms > count ? total : runningSum(partial, count, facts.bias, terms);
    added.paint(sum, signed(facts.signed_largest), table);
    if (terms > count + 1) after.paint(relu, signed(facts.signed_largest), table);
    else after.blank();
    const words = !terms
      ? "nothing added yet"
      : terms > count
        ? `sum of ${count} channels, bias ${formatNumber(facts.bias, 3)}`
        : `sum of ${terms} of ${count} channels`;
    say(addedTitle, words);
    parts.forEach((one, c) => one.node.classList.toggle("cx-fm-later", c >= terms));
    play.set(terms, count + 3, words);
    root.dataset.terms = String(terms);
    show(at);
  }

  // Show every channel's share of an output; nothing here asks Python.
  function show([i, j]) {
    const [, high, wide] = facts.map_shape;
    at = [clamp(i, 0, high - 1), clamp(j, 0, wide - 1)];
    const n = at[0] * wide + at[1];
    const terms = model.get("terms");
    const [rows, columns] = windowOf(facts, ...at);
    const chips = [];
    parts.forEach((one, c) => {
      one.part.show([0, ...at]);
      one.input.stand([0, ...middle()]);
      for (const [name, value] of [
        ["x", columns.start],
        ["y", rows.start],
        ["width", columns.span],
        ["height", rows.span],
      ])
        one.box.setAttribute(name, value);
      const value = partial[c * high * wide + n];
      say(one.value, formatNumber(value, 3));
      chips.push([value, facts.channels[c], c < terms]);
    });
    chips.push([facts.bias, "bias", terms > parts.length]);
    added.show([0, ...at]);
    after.show(terms > parts.length + 1 ? [0, ...at] : null);
    equation.replaceChildren(
      el("span", { class: "cx-fm-left", text: `y[${facts.filter}, ${at[0]}, ${at[1]}] =` }),
      ...chips.map(([value, name, there], m) =>
        el(
          "span",
          { class: there ? "cx-fm-term" : "cx-fm-term cx-fm-later" },
          el("span", {
            class: "cx-fm-number",
            text: `${m ? "+ " : ""}${value < 0 && m ? `(${formatNumber(value, 3)})` : formatNumber(value, 3)}`,
          }),
          el("span", { class: "cx-fm-name", text: name }),
        ),
      ),
      el("output", {
        class: "cx-fm-total",
        text: `= ${formatNumber(sum[n], 3)}${terms > parts.length + 1 ? `, after ReLU ${formatNumber(relu[n], 3)}` : ""}`,
      }),
    );
    spoken = `row ${at[0]}, column ${at[1]}: ${chips.map(([value, name]) => `${name} ${formatNumber(value, 3)}`).join(", ")}; sum so far ${formatNumber(sum[n], 3)}`;
    root.dataset.at = at.join(",");
    root.dataset.sum = String(sum[n]);
  }

  // A key or a click moves the focus itself; the pointer only looks.
  function look(to, moves) {
    if (!moves) {
      show(to || model.get("focus"));
      return;
    }
    show(to);
    change({ focus: [...at] });
    view.announce(spoken);
  }

  view.draw(() => {
    facts = model.get("facts");
    channels = floats(model.get("channel_bytes"));
    partial = floats(model.get("partial_bytes"));
    total = floats(model.get("total_bytes"));
    relu = floats(model.get("relu_bytes"));
    const key = JSON.stringify([facts.channels, facts.channel_shape, facts.map_shape]);
    if (key !== built) {
      built = key;
      painted = null;
      build();
    }
    const [, high, wide] = facts.channel_shape;
    const known = Object.entries(facts.scenes);
    if (!(facts.scene in facts.scenes)) known.unshift([facts.scene, facts.scene]);
    scenes.set(known, facts.scene);
    layers.set(
      facts.layers.map((name) => [name, name]),
      facts.layer,
    );
    layers.node.hidden = facts.layers.length < 2;
    photoField.hidden = !facts.colour;
    if (facts.colour) {
      photo.width = wide;
      photo.height = high;
      const context = photo.getContext("2d");
      const image = context.createImageData(wide, high);
      for (let n = 0; n < high * wide; n += 1) {
        for (let c = 0; c < 3; c += 1)
          image.data[4 * n + c] = Math.round(255 * clamp(channels[c * high * wide + n], 0, 1));
        image.data[4 * n + 3] = 255;
      }
      context.putImageData(image, 0, 0);
    }
    const [K, C, kH, kW] = facts.weight_shape;
    say(
      filterWords,
      `${K} filters of ${C} × ${kH} × ${kW}, the map of each after ReLU, each to its own largest value`,
    );
    filters.set(facts, model.get("map_bytes"), table);
    const scale = symmetric(facts.slices.flat(2));
    const fresh = painted !== model.get("channel_bytes");
    painted = model.get("channel_bytes");
    parts.forEach((one, c) => {
      if (fresh)
        one.input.paint(
          channels.subarray(c * high * wide, (c + 1) * high * wide),
          facts.channel_scale,
          table,
        );
      one.slice.set(facts.slices[c], scale, table);
      const size = facts.map_shape[1] * facts.map_shape[2];
      one.part.paint(
        partial.subarray(c * size, (c + 1) * size),
        signed(facts.signed_largest),
        table,
      );
    });
    say(
      range,
      `purple −${formatNumber(facts.signed_largest, 2)}, white 0, orange ${formatNumber(facts.signed_largest, 2)}`,
    );
    torch.set(facts.torch_line);
    at = model.get("focus");
    tell();
  });
  view.on("change:focus", () => show(model.get("focus")));
  view.on("change:terms", tell);
  return view.close;
}

export default { render };
