// What all explorers share: numbers, colours, elements, keys, listeners and the player.
// A real module: it runs under `node --test`, and bundle.py joins it into each explorer.

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// A number for reading: at most `digits` decimals, no trailing zeros, a true minus sign.
export function formatNumber(value, digits = 3) {
  return plainNumber(value, digits).replace("-", "−");
}

// The same for a field, where it is typed over: an ASCII minus.
export function plainNumber(value, digits = 4) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 0.5 * 10 ** -digits)) return value.toExponential(1);
  const text = value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

// For a small cell: fixed decimals and no leading zero (−.16), so that "0" is exactly zero and ".00"
// is not. `trim` drops zeros at the end.
export function cellNumber(value, digits, narrow = false, trim = false) {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 999.5) return plainNumber(Math.round(value), 0).replace("-", "−");
  if (value === 0) return "0";
  if (Number.isInteger(value)) return formatNumber(value, 0);
  const places =
    Math.abs(value) >= 99.5 ? 0 : Math.abs(value) >= 9.95 ? Math.min(digits, 1) : digits;
  let text = value.toFixed(places).replace("-", "−");
  if (trim && Number(value.toFixed(places)) !== 0)
    text = text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return narrow ? text.replace(/^(−?)0\./, "$1.") : text;
}

// What was typed, as {value} or {problem: words}. Takes 1/9, .5, 1e-3 and a true minus sign.
export function parseNumber(text) {
  const typed = String(text).trim().replace(/[−–]/g, "-");
  if (typed === "") return { problem: "the field is empty: type a number such as -1, 0.5 or 1/9" };
  const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (/^[+-]?\d+,\d+$/.test(typed)) {
    return {
      problem: `“${typed}” has a comma: write the decimal point, ${typed.replace(",", ".")}`,
    };
  }
  const parts = typed.split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => plain.test(part))) {
    return { problem: `“${typed}” is not a number: type one such as -1, 0.5 or 1/9` };
  }
  if (parts.length === 2 && Number(parts[1]) === 0)
    return { problem: `“${typed}” divides by zero` };
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? { value } : { problem: `“${typed}” is too large` };
}

// Whole numbers only, for strides and sizes.
export function parseWhole(text) {
  const typed = String(text).trim();
  if (/^[+-]?\d+$/.test(typed)) return { value: Number(typed) };
  return { problem: `“${typed}” is not a whole number` };
}

// Bytes from Python to float64; a DataView may start where a Float64Array may not.
export function floats(bytes) {
  if (!bytes || !bytes.byteLength) return new Float64Array(0);
  const view = bytes instanceof ArrayBuffer ? new DataView(bytes) : bytes;
  const start = view.byteOffset;
  if (start % 8 === 0) return new Float64Array(view.buffer, start, view.byteLength / 8);
  return new Float64Array(view.buffer.slice(start, start + view.byteLength));
}

export function octets(bytes) {
  if (!bytes || !bytes.byteLength) return new Uint8Array(0);
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// [r, g, b] of a value on a scale {signed, low, high}; the rule of colours.py.
export function colourOf(value, scale, table) {
  const u = clamp((value - scale.low) / (scale.high - scale.low), 0, 1);
  if (scale.signed) {
    const k = 3 * Math.floor(u * (table.length / 3 - 1) + 0.5);
    return [table[k], table[k + 1], table[k + 2]];
  }
  const grey = Math.floor(u * 255 + 0.5);
  return [grey, grey, grey];
}

// RGBA of every value, into `out` (a Uint8ClampedArray of 4 bytes a value).
export function fillPixels(values, scale, table, out) {
  const { low, high, signed } = scale;
  const steps = signed ? table.length / 3 - 1 : 255;
  const factor = high - low;
  for (let n = 0, at = 0; n < values.length; n += 1, at += 4) {
    const u = (values[n] - low) / factor;
    const level = Math.floor((u < 0 ? 0 : u > 1 ? 1 : u) * steps + 0.5);
    if (signed) {
      out[at] = table[3 * level];
      out[at + 1] = table[3 * level + 1];
      out[at + 2] = table[3 * level + 2];
    } else {
      out[at] = level;
      out[at + 1] = level;
      out[at + 2] = level;
    }
    out[at + 3] = 255;
  }
  return out;
}

export function symmetric(values) {
  let high = 0;
  for (const value of values) high = Math.max(high, Math.abs(value));
  return { signed: true, low: -(high || 1), high: high || 1 };
}

export const css = ([r, g, b]) => `rgb(${r}, ${g}, ${b})`;

// Black or white, whichever reads better on a colour.
export function inkOn([r, g, b]) {
  const linear = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return light > 0.179 ? "#000" : "#fff";
}

export function gradient(scale, table, direction = "to right") {
  const stops = [];
  for (let k = 0; k <= 16; k += 1) {
    stops.push(css(colourOf(scale.low + ((scale.high - scale.low) * k) / 16, scale, table)));
  }
  return `linear-gradient(${direction}, ${stops.join(", ")})`;
}

// Elements -----------------------------------------------------------------------------------

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const el = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// Unlike any other in the page: every explorer there has its own copy of this module, and counts
// from one.
const copy = Math.random().toString(36).slice(2, 8);
let serial = 0;
export function freshId(stem) {
  serial += 1;
  return `cx-${stem}-${copy}-${serial}`;
}

// Set text only where it differs: writing the same text again still costs a layout.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Keys ---------------------------------------------------------------------------------------

// The notebook acts on keys that bubble up to it (arrows move between cells, b inserts one).
// These pass: leaving the widget (Tab, Escape), shortcuts, and running the cell (Shift+Enter).
export function keyPasses(event) {
  if (event.key === "Tab" || event.key === "Escape") return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return event.key === "Enter" && event.shiftKey;
}

// Where an arrow key leads from cell (i, j) of an array; null for other keys.
export function moved(key, [i, j], [rows, columns], fast) {
  const by = fast ? 5 : 1;
  const to = {
    ArrowUp: [i - by, j],
    ArrowDown: [i + by, j],
    ArrowLeft: [i, j - by],
    ArrowRight: [i, j + by],
    Home: [i, 0],
    End: [i, columns - 1],
    PageUp: [i - 10, j],
    PageDown: [i + 10, j],
  }[key];
  return to ? [clamp(to[0], 0, rows - 1), clamp(to[1], 0, columns - 1)] : null;
}

// One view -----------------------------------------------------------------------------------

// The frame of a view: root element, alert, live region, listeners that go when the view goes.
export function openView({ model, el: host, name, label }) {
  const ending = new AbortController();
  const { signal } = ending;
  const listen = (target, type, handler, options = {}) =>
    target.addEventListener(type, handler, { ...options, signal });

  const root = el("section", { class: `cx-root ${name}`, "aria-label": label });
  const alert = el("p", { class: "cx-alert", role: "alert" });
  const live = el("p", { class: "cx-hidden", "aria-live": "polite" });
  host.append(root);
  for (const type of ["keydown", "keypress", "keyup"]) {
    listen(root, type, (event) => {
      if (!keyPasses(event)) event.stopPropagation();
    });
  }
  // The notebook's context menu and cell dragging have no business in here.
  listen(root, "dblclick", (event) => event.stopPropagation());

  const off = [];
  const on = (type, handler) => {
    model.on(type, handler);
    off.push(() => model.off(type, handler));
  };
  // What Python refused, or what was typed here and is no number; the latter stands until the next
  // change made here, for Python knows nothing of it.
  let typed = "";
  const warn = () => {
    const words = typed || model.get("error");
    say(alert, words);
    alert.hidden = !words;
  };
  const complain = (words) => {
    typed = words;
    warn();
  };
  warn();

  let timer = 0;
  const announce = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => say(live, words), 150);
  };

  const draw = (handler) => {
    const redraw = () => {
      try {
        warn();
        handler();
      } catch (problem) {
        complain(`the page could not draw this: ${problem.message}`);
        throw problem;
      } finally {
        root.dataset.rev = model.get("rev");
        root.dispatchEvent(new CustomEvent("explorer-drawn", { detail: model.get("rev") }));
      }
    };
    on("change:rev", redraw);
    on("change:error", warn);
    redraw();
  };

  const change = (values) => {
    complain("");
    for (const [key, value] of Object.entries(values)) model.set(key, value);
    model.save_changes();
  };

  const atEnd = [];
  const close = () => {
    ending.abort();
    clearTimeout(timer);
    for (const stop of [...off, ...atEnd]) stop();
    root.remove();
  };
  return { root, alert, live, signal, listen, on, complain, announce, draw, change, close, atEnd };
}

export function calmMotion() {
  return typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Controls -----------------------------------------------------------------------------------

export function button(view, text, label, action, extra = {}) {
  const node = el("button", {
    type: "button",
    class: "cx-button",
    "aria-label": label,
    title: label,
    ...extra,
    text,
  });
  view.listen(node, "click", action);
  return node;
}

// A labelled <select>; `set(options, value)` fills it, options as [value, text].
export function chooser(view, label, action, extra = {}) {
  const id = freshId("choose");
  const select = el("select", { id, class: "cx-select", ...extra });
  const node = el(
    "div",
    { class: "cx-field" },
    el("label", { class: "cx-label", for: id, text: label }),
    select,
  );
  view.listen(select, "change", () => action(select.value));
  let shown = "";
  const set = (options, value) => {
    const key = JSON.stringify(options);
    if (key !== shown) {
      shown = key;
      select.replaceChildren(...options.map(([v, text]) => el("option", { value: v, text })));
    }
    select.value = value;
  };
  return { node, select, set };
}

// A whole number with − and + that only reach the values allowed; typing asks Python, which answers
// in words where the value does not fit.
export function stepper(view, label, action) {
  const id = freshId("step");
  const input = el("input", {
    id,
    class: "cx-number",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
  });
  let allowed = [];
  let value = 0;
  const move = (by) => {
    const whole = allowed.filter((v) => typeof v === "number");
    const next = by > 0 ? whole.find((v) => v > value) : whole.findLast((v) => v < value);
    if (next === undefined) return;
    value = next; // a second press may come before Python's answer to the first
    input.value = next;
    action(next);
  };
  const less = button(view, "−", `${label}: less`, () => move(-1), {
    class: "cx-button cx-step",
    tabindex: "-1",
  });
  const more = button(view, "+", `${label}: more`, () => move(1), {
    class: "cx-button cx-step",
    tabindex: "-1",
  });
  const commit = () => {
    if (input.value.trim() === String(value)) return;
    const { value: typed, problem } = parseWhole(input.value);
    input.value = value;
    if (problem) view.complain(`${label}: ${problem}; it stays ${value}`);
    else action(typed);
  };
  view.listen(input, "change", commit);
  view.listen(input, "focus", () => input.select());
  view.listen(input, "keydown", (event) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      move(event.key === "ArrowUp" ? 1 : -1);
    } else if (event.key === "Enter" && !event.shiftKey) {
      commit();
      input.select();
    }
  });
  const node = el(
    "div",
    { class: "cx-field" },
    el("label", { class: "cx-label", for: id, text: label }),
    el("span", { class: "cx-stepper" }, less, input, more),
  );
  const set = (now, values) => {
    value = now;
    allowed = values;
    const typing =
      document.activeElement === input && input.value !== String(now) && !/^\d+$/.test(input.value);
    if (!typing) input.value = now;
    const whole = values.filter((v) => typeof v === "number");
    less.disabled = !whole.some((v) => v < now);
    more.disabled = !whole.some((v) => v > now);
  };
  return { node, input, set };
}

// Two or three choices side by side.
export function segments(view, label, options, action) {
  const name = freshId("choice");
  const inputs = options.map(([value, text]) => {
    const input = el("input", { type: "radio", name, value });
    view.listen(input, "change", () => action(value));
    return [input, el("label", { class: "cx-segment" }, input, el("span", { text }))];
  });
  const id = freshId("legend");
  const node = el(
    "div",
    { class: "cx-segments", role: "radiogroup", "aria-labelledby": id },
    el("span", { class: "cx-label", id, text: label }),
    el("span", { class: "cx-segment-row" }, ...inputs.map(([, holder]) => holder)),
  );
  const set = (value) => {
    for (const [input] of inputs) input.checked = input.value === value;
  };
  return { node, set, inputs: inputs.map(([input]) => input) };
}

// Which position comes after `at` of `count`, and whether the end is reached.
export function nextPosition(at, count, by = 1) {
  const next = at + by;
  return next >= count ? { at: count - 1, ended: true } : { at: next, ended: false };
}

// Back, play, forward, a slider and a speed. `go(position)` is called for every move.
export function player(view, { label, speeds, speed, go }) {
  let at = 0;
  let count = 1;
  let playing = false;
  let frame = 0;
  let owed = 0;
  let last = 0;
  const slider = el("input", {
    type: "range",
    class: "cx-slider",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": label,
  });
  const toggle = button(view, "▶", "Play", () => (playing ? stop() : start()), {
    class: "cx-button cx-play",
  });
  const back = button(view, "‹", "One step back", () => step(-1));
  const forward = button(view, "›", "One step on", () => step(1));
  const rate = chooser(view, "speed", () => {});
  rate.set(
    speeds.map(([value, text]) => [value, text]),
    speed,
  );

  const listeners = [];
  const show = () => {
    say(toggle, playing ? "❚❚" : "▶");
    toggle.setAttribute("aria-label", playing ? "Pause" : "Play");
    toggle.title = playing ? "Pause" : "Play";
    for (const listener of listeners) listener(playing);
  };
  function step(by) {
    stop();
    go(clamp(at + by, 0, count - 1));
  }
  function tick(now) {
    if (!playing) return;
    // Reduced motion: at most two steps a second, whatever the speed says.
    const perSecond = calmMotion()
      ? Math.min(2, Number(rate.select.value))
      : Number(rate.select.value);
    owed += ((now - last) / 1000) * perSecond;
    last = now;
    if (owed >= 1) {
      const by = Math.floor(owed);
      owed -= by;
      const next = nextPosition(at, count, by);
      go(next.at);
      if (next.ended) stop();
    }
    if (playing) frame = requestAnimationFrame(tick);
  }
  function start() {
    if (at >= count - 1) go(0);
    playing = true;
    owed = 0;
    last = performance.now();
    frame = requestAnimationFrame(tick);
    show();
  }
  function stop() {
    if (!playing) return;
    playing = false;
    cancelAnimationFrame(frame);
    show();
  }
  view.atEnd.push(stop);
  view.listen(slider, "input", () => {
    stop();
    go(Number(slider.value));
  });
  const node = el("div", { class: "cx-player" }, back, toggle, forward, slider, rate.node);
  const set = (position, total, words) => {
    at = position;
    count = total;
    slider.max = total - 1;
    slider.value = position;
    slider.setAttribute("aria-valuetext", words);
  };
  return {
    node,
    slider,
    set,
    stop,
    onPlay: (listener) => listeners.push(listener),
    isPlaying: () => playing,
  };
}

// A line of code with a button that copies it.
export function codeLine(view, label) {
  const code = el("code", { class: "cx-code-text" });
  const copy = button(
    view,
    "Copy",
    `Copy the line of ${label}`,
    async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        say(copy, "Copied");
        view.announce("Copied");
      } catch {
        say(copy, "Press Ctrl+C");
        getSelection().selectAllChildren(code);
      }
      const later = setTimeout(() => say(copy, "Copy"), 1500);
      view.atEnd.push(() => clearTimeout(later));
    },
    { class: "cx-button cx-copy" },
  );
  const node = el(
    "div",
    { class: "cx-code" },
    el("span", { class: "cx-label", text: label }),
    code,
    copy,
  );
  return { node, set: (text) => say(code, text) };
}

// A field for one number of an array: types over, applies as soon as what is typed is a number,
// says why when it is left with something that is not. `apply(value)` and `move(rows, columns)`.
export function numberCell(
  view,
  { label, apply, move, step = 0.1, look = (v) => plainNumber(v, 3) },
) {
  const input = el("input", {
    class: "cx-cell",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
  });
  let value = 0;
  let typing = false;
  let before = 0; // the value when typing began
  const leave = () => {
    if (!typing) return;
    typing = false;
    const { problem } = parseNumber(input.value);
    if (problem) {
      if (value !== before) apply(before); // "0" of "0,5" was a number
      value = before;
      view.complain(`${label}: ${problem}; it stays ${plainNumber(value)}`);
    }
    show();
  };
  const show = () => {
    // Rounded to fit the cell; the whole number while it is being edited.
    const held = document.activeElement === input;
    const text = held ? plainNumber(value, 6) : look(value);
    if (input.value !== text) input.value = text;
  };
  view.listen(input, "focus", () => {
    show();
    input.select();
  });
  view.listen(input, "blur", () => {
    leave();
    input.value = look(value);
  });
  view.listen(input, "input", () => {
    if (!typing) before = value;
    typing = true;
    const parsed = parseNumber(input.value);
    if (parsed.problem === undefined && parsed.value !== value) {
      value = parsed.value;
      apply(value);
    }
  });
  view.listen(input, "keydown", (event) => {
    if (keyPasses(event)) {
      if (event.key === "Escape") input.blur();
      return;
    }
    const steps = { PageUp: step, PageDown: -step }[event.key];
    if (steps) {
      event.preventDefault();
      typing = false;
      value = nudge(value, steps);
      show();
      input.select();
      apply(value);
      return;
    }
    if (event.key === "Enter") {
      leave();
      move(1, 0);
      return;
    }
    const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ];
    if (!way) return;
    // Left and right first move within what is being typed.
    const caret = input.selectionStart;
    const inside =
      typing &&
      caret === input.selectionEnd &&
      way[1] &&
      (way[1] < 0 ? caret > 0 : caret < input.value.length);
    if (inside) return;
    event.preventDefault();
    leave();
    move(...way);
  });
  return {
    input,
    set: (now) => {
      if (typing && document.activeElement === input) return;
      typing = false;
      value = now;
      show();
    },
    get: () => value,
  };
}

// Add a step and land on a multiple of it where the value is near one: 0.30000000000000004 is 0.3.
export function nudge(value, step) {
  const next = value + step;
  return Number(next.toFixed(6));
}

// Dragging up and down changes a number, like a fader; a click still edits.
export function dragValue(view, node, { get, apply, perPixel = 0.02, unit = 0.1 }) {
  view.listen(node, "pointerdown", (event) => {
    if (event.button !== 0) return;
    const from = event.clientY;
    const start = get();
    let dragging = false;
    const gesture = new AbortController();
    const move = (moved) => {
      const up = from - moved.clientY;
      if (!dragging && Math.abs(up) < 4) return;
      if (!dragging) {
        dragging = true;
        node.setPointerCapture?.(event.pointerId);
        node.classList.add("cx-dragging");
        node.blur?.();
      }
      const fine = moved.shiftKey ? 0.1 : 1;
      const grid = unit * fine;
      const next = Math.round((start + up * perPixel * fine) / grid) * grid;
      apply(Number(next.toFixed(6)));
      moved.preventDefault();
    };
    const end = () => {
      gesture.abort();
      node.classList.remove("cx-dragging");
    };
    const options = { signal: gesture.signal };
    node.addEventListener("pointermove", move, options);
    node.addEventListener("pointerup", end, options);
    node.addEventListener("pointercancel", end, options);
    view.signal.addEventListener("abort", end, options);
  });
}
