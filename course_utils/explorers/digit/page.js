// DigitExplorer: draw a digit, watch every layer, and walk back to the pixels that mattered.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import { brushMoved, bytesOf, stroke } from "./brush.js";
import { mapSheet } from "../shared/map_sheet.js";
import {
  button,
  el,
  fillPixels,
  floats,
  formatNumber,
  freshId,
  octets,
  openView,
  player,
  say,
  segments,
  svg,
} from "../shared/view.js";

// Bytes from Python to float32, wherever they start.
export function singles(bytes) {
  if (!bytes || !bytes.byteLength) return new Float32Array(0);
  const view = bytes instanceof ArrayBuffer ? new DataView(bytes) : bytes;
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// One array for each shape, out of one that holds them all.
export function split(values, shapes) {
  let from = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    from += size;
    return values.subarray(from - size, from);
  });
}

// Pixels of the input that a unit sees: {top, left, side}, or null for all of them.
export function fieldOf(stage, [, row, column]) {
  if (!stage.field) return null;
  return {
    top: stage.offset + stage.jump * row,
    left: stage.offset + stage.jump * column,
    side: stage.field,
  };
}

// Ink on paper: 0 is white and the largest is black.
const paper = (largest) => ({ signed: false, low: largest || 1, high: 0 });
const signed = (largest) => ({ signed: true, low: -(largest || 1), high: largest || 1 });
export const percent = (p) => `${(100 * p).toFixed(1)} %`;
export const tenths = (v) => (Math.abs(v) < 0.05 ? "0.0" : v.toFixed(1).replace("-", "−"));
const place = (rect, x, y, width, height) => {
  for (const [name, value] of Object.entries({ x, y, width, height }))
    rect.setAttribute(name, value);
};

// The canvas that is drawn on. `painted()` is called after every change of `ink`.
function drawing(view, { side, painted, spoken }) {
  const ink = new Float64Array(side * side);
  const canvas = el("canvas", {
    class: "cx-sheet-canvas",
    width: side,
    height: side,
    "aria-hidden": "true",
  });
  const over = svg("svg", {
    class: "cx-sheet-over",
    viewBox: `0 0 ${side} ${side}`,
    "aria-hidden": "true",
  });
  const crop = svg("rect", { class: "cx-dg-crop" });
  const field = svg("rect", { class: "cx-sheet-field" });
  const ring = svg("circle", { class: "cx-dg-ring" });
  over.append(crop, field, ring);
  const node = el(
    "div",
    {
      class: "cx-sheet cx-dg-paper",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "drawing",
      "aria-label":
        "drawing: arrow keys move the brush, space puts it down and lifts it, Enter makes a dot, Delete clears",
    },
    canvas,
    over,
  );
  const brush = { width: 3, erase: false, at: [8, 15], down: false };

  const paint = () => {
    const context = canvas.getContext("2d");
    const image = context.createImageData(side, side);
    fillPixels(ink, paper(1), null, image.data);
    context.putImageData(image, 0, 0);
  };
  const show = () => {
    ring.setAttribute("cx", brush.at[1] + 0.5);
    ring.setAttribute("cy", brush.at[0] + 0.5);
    ring.setAttribute("r", brush.width / 2);
    node.classList.toggle("cx-dg-down", brush.down);
  };
  const line = (from, to, erase = brush.erase) => {
    stroke(ink, side, from, to, brush.width, erase);
    brush.at = to;
    paint();
    show();
    painted();
  };
  const clear = () => {
    ink.fill(0);
    paint();
    painted();
  };
  const where = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientY - box.top) / box.height) * side - 0.5,
      ((event.clientX - box.left) / box.width) * side - 0.5,
    ];
  };
  let drawn = null; // the pointer that draws
  view.listen(node, "pointerdown", (event) => {
    if (event.button !== 0 && event.buttons !== 32) return;
    drawn = event.pointerId;
    node.setPointerCapture(event.pointerId);
    const at = where(event);
    line(at, at, brush.erase || event.buttons === 32); // 32: the rubber end of a pen
  });
  view.listen(node, "pointermove", (event) => {
    if (event.pointerId !== drawn) return;
    const path = event.getCoalescedEvents?.() ?? [];
    for (const step of path.length ? path : [event])
      line(brush.at, where(step), brush.erase || event.buttons === 32);
  });
  const lift = (event) => {
    if (event.pointerId === drawn) drawn = null;
  };
  view.listen(node, "pointerup", lift);
  view.listen(node, "pointercancel", lift);
  view.listen(node, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = brush.at.map(Math.round);
    const to = brushMoved(event.key, at, side, event.shiftKey);
    if (to) {
      if (brush.down) line(at, to);
      else {
        brush.at = to;
        show();
        spoken(`row ${to[0]}, column ${to[1]}`);
      }
    } else if (event.key === " ") {
      brush.down = !brush.down;
      if (brush.down) line(at, at);
      else show();
      spoken(brush.down ? "brush down" : "brush lifted");
    } else if (event.key === "Enter" && !event.shiftKey) line(at, at);
    else if (event.key === "Delete" || event.key === "Backspace") clear();
    else return;
    event.preventDefault();
  });
  const lifted = () => {
    brush.down = false;
    show();
  };
  view.listen(node, "blur", lifted);
  show();
  return {
    node,
    canvas,
    ink,
    brush,
    paint,
    show,
    clear,
    crop,
    field,
    drawing: () => drawn !== null,
  };
}

// Ten rows: a digit, its probability as a bar, its score. Choosing one asks about its score.
function scoreboard(view, choose) {
  const name = freshId("digit");
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const input = el("input", { type: "radio", name, value: digit });
    view.listen(input, "change", () => choose(digit));
    const bar = el("span", { class: "cx-dg-bar" });
    const probability = el("span", { class: "cx-dg-number" });
    const score = el("span", { class: "cx-dg-number cx-dg-score" });
    const node = el(
      "label",
      { class: "cx-dg-class" },
      input,
      el("span", { class: "cx-dg-digit", text: digit }),
      el("span", { class: "cx-dg-track" }, bar),
      probability,
      score,
    );
    return { node, input, bar, probability, score };
  });
  const head = el(
    "div",
    { class: "cx-dg-class cx-dg-head", "aria-hidden": "true" },
    el("span"),
    el("span"),
    el("span", { text: "probability" }),
    el("span"),
    el("span", { text: "score z" }),
  );
  const node = el(
    "div",
    { class: "cx-dg-classes", role: "radiogroup", "aria-label": "digit whose score is explained" },
    head,
    ...rows.map((row) => row.node),
  );
  const set = (facts, target) => {
    rows.forEach((row, digit) => {
      row.input.checked = digit === target;
      row.bar.style.width = `${100 * facts.probabilities[digit]}%`;
      say(row.probability, percent(facts.probabilities[digit]));
      say(row.score, tenths(facts.scores[digit]));
      row.node.classList.toggle("cx-dg-answer", digit === facts.answer);
      row.node.classList.toggle("cx-dg-target", digit === target);
    });
  };
  return { node, set };
}

function render({ model, el: host }) {
  const view = openView({ model, el: host, name: "cx-digit", label: "Digit explorer" });
  const { root, change } = view;
  const own = freshId("view");
  const table = octets(model.get("colour_table"));
  let facts = model.get("facts");
  let maps = [];
  let gradients = [];
  let seen = new Float64Array(0);
  let occlusion = new Float64Array(0);
  let sent = 0;
  let owed = false; // drawn here, and not sent yet
  let probe = null; // what is pointed at: {kind, stage, cell}

  // Drawing ----------------------------------------------------------------------------------
  const send = () => {
    owed = false;
    sent += 1;
    change({ drawn: new DataView(bytesOf(pad.ink).buffer), stroke: `${own}/${sent}` });
  };
  const pad = drawing(view, {
    side: facts.side,
    spoken: view.announce,
    painted: () => {
      if (!owed) queueMicrotask(send); // once for all the steps that an event brings
      owed = true;
    },
  });
  const tool = segments(
    view,
    "tool",
    [
      ["brush", "brush"],
      ["rubber", "rubber"],
    ],
    (name) => {
      pad.brush.erase = name === "rubber";
    },
  );
  tool.set("brush");
  const size = segments(
    view,
    "thickness",
    [
      ["2", "thin"],
      ["3", "medium"],
      ["5", "thick"],
    ],
    (width) => {
      pad.brush.width = Number(width);
      pad.show();
    },
  );
  size.set("3");
  const clear = button(view, "Clear", "Clear the drawing", pad.clear);
  const turn = (by) => {
    const from = facts.sample < 0 ? (by > 0 ? -1 : 0) : facts.sample;
    change({ sample: (from + by + facts.samples) % facts.samples });
  };
  const sampleWords = el("span", { class: "cx-dg-sample" });
  const samples = el(
    "div",
    { class: "cx-field" },
    el("span", { class: "cx-label", text: "test digit" }),
    el(
      "span",
      { class: "cx-dg-turn" },
      button(view, "‹", "Test digit before", () => turn(-1)),
      sampleWords,
      button(view, "›", "Next test digit", () => turn(1)),
    ),
  );
  const fit = el("input", { type: "checkbox" });
  view.listen(fit, "change", () => change({ fit: fit.checked }));
  const fitField = el(
    "label",
    {
      class: "cx-check",
      title: "move the drawing to the middle and enlarge it, as the digits of the data set are",
    },
    fit,
    el("span", { text: "centre and enlarge" }),
  );

  const title = (symbol, words, kind) => {
    const text = el("span", { text: words });
    return [
      el(
        "h3",
        { class: `cx-title cx-${kind}` },
        symbol ? el("span", { class: "cx-symbol", text: symbol }) : null,
        text,
      ),
      text,
    ];
  };
  const [padTitle] = title("", "Draw here", "input");
  const padPanel = el(
    "div",
    { class: "cx-dg-panel cx-dg-draw" },
    padTitle,
    pad.node,
    el("p", { class: "cx-note", text: "Pointer, finger, or keys: arrows, space, Enter" }),
  );

  // Scores -----------------------------------------------------------------------------------
  const answer = el("output", { class: "cx-dg-said" });
  const board = scoreboard(view, (digit) => change({ target: digit }));
  const follow = el("input", { type: "checkbox" });
  view.listen(follow, "change", () => change({ target: follow.checked ? -1 : facts.target }));
  const [boardTitle, boardWords] = title("z", "", "output");
  const boardPanel = el(
    "div",
    { class: "cx-dg-panel cx-dg-board" },
    boardTitle,
    answer,
    board.node,
    el(
      "label",
      { class: "cx-check" },
      follow,
      el("span", { text: "explain whatever is answered" }),
    ),
  );

  // Occlusion --------------------------------------------------------------------------------
  const [hideTitle, hideWords] = title("", "", "kernel");
  const hidden = mapSheet(view, {
    label: "occlusion map: arrow keys move the patch",
    kind: "cx-dg-occlusion",
    point: (cell, key) => point(cell && { kind: "occlusion", cell }, key),
  });
  const hideNote = el("p", { class: "cx-note" });
  const hidePanel = el("div", { class: "cx-dg-panel" }, hideTitle, hidden.node, hideNote);

  // Layers -----------------------------------------------------------------------------------
  const layers = el("div", { class: "cx-dg-layers" });
  let columns = [];
  const build = () => {
    const held = root.contains(document.activeElement) && layers.contains(document.activeElement);
    const shapes = [
      [1, facts.side, facts.side],
      ...facts.stages.slice(0, -1).map((stage) => stage.shape),
    ];
    columns = shapes.map((shape, n) => {
      const stage = n ? facts.stages[n - 1] : null;
      const name = stage ? stage.name : "input";
      const [head, words] = title("", "", n ? "output" : "input");
      const at = (cell) => cell && { kind: "map", column: n, cell };
      const forward = mapSheet(view, {
        label: `${name} ${n}: arrow keys move from number to number`,
        kind: "cx-dg-tall",
        point: (cell, key) => point(at(cell), key),
      });
      const back = mapSheet(view, {
        label: `gradient at ${name} ${n}`,
        kind: "cx-dg-tall",
        point: (cell, key) => point(at(cell), key),
      });
      forward.shape(shape);
      back.shape(shape);
      const field = svg("rect", { class: "cx-sheet-field" });
      if (!n) forward.marks.append(field);
      const range = el("p", { class: "cx-note" });
      const steep = el("p", { class: "cx-note" });
      say(words, n ? name : "what it sees");
      const node = el(
        "div",
        { class: "cx-dg-column" },
        head,
        el("p", { class: "cx-note", text: shape.join(" × ") }),
        forward.node,
        range,
        back.node,
        steep,
      );
      return { node, stage, forward, back, range, steep, field, shape };
    });
    layers.replaceChildren(...columns.map((column) => column.node));
    if (held) columns[0].forward.node.focus();
  };
  let built = "";

  const walk = player(view, {
    label: "layers that the gradient is walked back",
    speeds: [
      ["0.5", "slow"],
      ["1.5", "walk"],
      ["4", "fast"],
    ],
    speed: "1.5",
    go: (n) => {
      change({ back: n });
      reveal();
    },
  });
  const walkWords = el("p", { class: "cx-dg-walk-words" });
  const readout = el("p", { class: "cx-dg-readout" });

  root.append(
    el("div", { class: "cx-row" }, tool.node, size.node, clear, samples, fitField),
    view.alert,
    el("div", { class: "cx-dg-top" }, padPanel, boardPanel, hidePanel),
    el("div", { class: "cx-dg-walk" }, walkWords, walk.node),
    layers,
    readout,
    view.live,
  );

  // What is pointed at -----------------------------------------------------------------------
  const number = (value) => formatNumber(value, Math.abs(value) < 0.1 ? 4 : 2);
  function point(what, spoken) {
    probe = what;
    for (const column of columns) {
      column.forward.show(null);
      column.back.show(null);
    }
    hidden.show(null);
    let box = null;
    let words =
      "Point at a map, or walk through it with the arrow keys: its number and the pixels behind it appear here.";
    if (what?.kind === "occlusion") {
      const [, i, j] = what.cell;
      const fall = occlusion[i * hidden.sheet().wide + j];
      const score = facts.scores[facts.target];
      box = { top: facts.patch_step * i, left: facts.patch_step * j, side: facts.patch };
      hidden.show(what.cell);
      words = `Without rows ${box.top}–${box.top + box.side - 1}, columns ${box.left}–${box.left + box.side - 1} the score of ${facts.target} is ${number(score - fall)} instead of ${number(score)}.`;
    } else if (what) {
      const column = columns[what.column];
      const { high, wide } = column.forward.sheet();
      const [map, row, at] = what.cell;
      const n = (map * high + row) * wide + at;
      box = what.column ? fieldOf(column.stage, what.cell) : { top: row, left: at, side: 1 };
      column.forward.show(what.cell);
      const reached = isReached(what.column);
      if (reached) column.back.show(what.cell);
      const value = what.column ? maps[what.column - 1][n] : seen[n];
      const spot =
        column.shape.length === 3
          ? `${what.column ? `map ${map}, ` : ""}row ${row}, column ${at}`
          : `unit ${map}`;
      const sees = !what.column
        ? ""
        : box
          ? ` It sees rows ${box.top}–${box.top + box.side - 1}, columns ${box.left}–${box.left + box.side - 1}.`
          : " It sees the whole picture.";
      const slope = reached
        ? `; one more here would change the score of ${facts.target} by ${number(gradients[what.column][n])}`
        : "";
      words = `${what.column ? column.stage.name : "input"}, ${spot}: ${number(value)}${slope}.${sees}`;
      root.dataset.value = String(value);
      root.dataset.slope = String(gradients[what.column][n]);
    }
    say(readout, words);
    readout.classList.toggle("cx-dg-idle", !what);
    if (spoken) view.announce(words);
    outline(columns[0].field, box, 0, 0, 1);
    const { place: crop, side } = facts;
    if (crop) outline(pad.field, box, crop[0], crop[1], crop[2] / side);
    else outline(pad.field, facts.fit ? null : box, 0, 0, 1);
  }
  function outline(rect, box, top, left, scale) {
    rect.style.display = box ? "" : "none";
    if (box)
      place(
        rect,
        left + scale * box.left,
        top + scale * box.top,
        scale * box.side,
        scale * box.side,
      );
  }

  // Gradients appear from the scores backwards.
  const isReached = (column) => columns.length - column <= model.get("back");
  function reveal() {
    const back = model.get("back");
    columns.forEach((column, n) => {
      if (isReached(n)) {
        column.back.paint(gradients[n], signed(facts.steepest[n]), table);
        say(column.steep, `± ${number(facts.steepest[n])}`);
      } else {
        column.back.blank();
        say(column.steep, "");
      }
    });
    const last = back ? columns[columns.length - back] : null;
    const where = !last
      ? "the score itself"
      : last.stage
        ? `${last.stage.name} ${last.shape.join(" × ")}`
        : "the pixels";
    say(
      walkWords,
      `Back from the score of ${facts.target} to ${where}: raising a number raises the score where it is orange, lowers it where it is purple.`,
    );
    walk.set(back, columns.length + 1, `${back} of ${columns.length} layers back, at ${where}`);
    root.dataset.back = String(back);
    point(probe, false);
  }

  view.draw(() => {
    facts = model.get("facts");
    const key = JSON.stringify(facts.stages);
    if (key !== built) {
      built = key;
      probe = null;
      build();
    }
    seen = floats(model.get("seen_bytes"));
    occlusion = floats(model.get("occlusion_bytes"));
    maps = split(
      singles(model.get("maps_bytes")),
      facts.stages.map((stage) => stage.shape),
    );
    gradients = split(singles(model.get("gradient_bytes")), [
      [1, facts.side, facts.side],
      ...facts.stages.map((stage) => stage.shape),
    ]);
    // What is being drawn here may be ahead of the answer that came.
    const ahead = owed || (facts.stroke.startsWith(`${own}/`) && facts.stroke !== `${own}/${sent}`);
    if (!ahead && facts.stroke !== `${own}/${sent}`) {
      pad.ink.set(floats(model.get("ink_bytes")));
      pad.paint();
    }
    const { place: crop } = facts;
    pad.crop.style.display = crop ? "" : "none";
    if (crop) place(pad.crop, crop[1], crop[0], crop[2], crop[2]);
    say(sampleWords, facts.sample < 0 ? "none" : `${facts.sample}: a ${facts.truth}`);
    fit.checked = facts.fit;
    follow.checked = facts.follows;
    follow.disabled = false;
    board.set(facts, facts.target);
    say(boardWords, ` scores, by ${facts.network}`);
    const sure = percent(facts.probabilities[facts.answer]);
    const words = facts.empty ? "empty: biases alone" : `${facts.answer}, with ${sure}`;
    say(answer, words);
    hidden.shape([1, Math.sqrt(occlusion.length), Math.sqrt(occlusion.length)]);
    hidden.paint(occlusion, signed(facts.occlusion_largest), table);
    say(hideWords, `Score of ${facts.target}, patch by patch`);
    say(
      hideNote,
      `orange: it falls when ${facts.patch} × ${facts.patch} pixels there are blanked; largest change ${number(facts.occlusion_largest)}`,
    );
    columns.forEach((column, n) => {
      const largest = n ? facts.largest[n - 1] : 1;
      column.forward.paint(n ? maps[n - 1] : seen, paper(largest), table);
      say(column.range, `0 to ${number(largest)}`);
    });
    root.dataset.answer = String(facts.answer);
    reveal();
    if (!pad.drawing())
      view.announce(facts.empty ? "nothing drawn" : `read as ${facts.answer} with ${sure}`);
  });
  view.on("change:back", reveal);
  return view.close;
}

export default { render };
