// A small map drawn cell by cell, its numbers in the cells: for explorers in which single cells
// light up. Also how such maps are pointed at and walked through with the arrow keys.
import { clamp, css, el, freshId, inkOn, moved, say, svg } from "./view.js";

const WIDEST = 46; // CSS pixels of a cell, at most

// The side of a cell such that maps of at most `most` rows or columns fit into `room` CSS pixels:
// as a CSS length, and what it is where the page is wide enough.
export function cellSide(most, room) {
  return {
    css: `min(${WIDEST}px, calc(var(--cx-room) / ${most}))`,
    pixels: Math.min(WIDEST, room / most),
  };
}

// The size of a cell's text, in cells, for so many characters; larger where cells are small.
export function textSize(length, pixels, withSmall = false) {
  const wanted = pixels >= 36 ? 0.42 : pixels >= 26 ? 0.48 : 0.58;
  return Math.min(withSmall ? wanted * 0.86 : wanted, 1.5 / Math.max(length, 1));
}

export function place(rect, x, y, width, height) {
  for (const [name, value] of [
    ["x", x],
    ["y", y],
    ["width", width],
    ["height", height],
  ])
    rect.setAttribute(name, value);
}

// `paint` draws all cells, each {text, kind}, and where there are such, a small text and a colour
// [r, g, b]; `light` shows some of them as taking part now, each with a small text of its own, and
// lets go of those lit before.
export function cellMap(view, { kind, symbol, label }) {
  const heading = el("span");
  const title = el(
    "h3",
    { class: `cx-title cx-${kind}` },
    el("span", { class: "cx-symbol", text: symbol }),
    heading,
  );
  const hatch = freshId("hatch");
  const pattern = svg(
    "pattern",
    {
      id: hatch,
      width: 0.2,
      height: 0.2,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    svg("rect", { width: 0.2, height: 0.2, class: "cx-hatch-room" }),
    svg("rect", { width: 0.07, height: 0.2, class: "cx-hatch-line" }),
  );
  const tiles = svg("g");
  const marks = svg("g");
  const drawing = svg(
    "svg",
    { class: "cx-map-drawing", "aria-hidden": "true" },
    svg("defs", {}, pattern),
    tiles,
    marks,
  );
  const frame = el(
    "div",
    {
      class: `cx-map cx-map-${kind}`,
      tabindex: "0",
      role: "application",
      "aria-roledescription": "map of cells",
      "aria-label": label,
      style: `--cx-hatch: url(#${hatch})`,
    },
    drawing,
  );
  const node = el("div", { class: "cx-map-panel" }, title, frame);
  let shape = [0, 0];
  let pixels = WIDEST;
  let lit = [];
  // What each tile shows already: writing it again would cost a layout.
  const pool = [];

  const set = (node, name, value) => {
    if (node[`cx_${name}`] === value) return;
    node[`cx_${name}`] = value;
    node.setAttribute(name, value);
  };
  const make = () => {
    const main = svg("text", { x: 0.5 });
    const rect = svg("rect", { rx: 0.09 });
    place(rect, 0.03, 0.03, 0.94, 0.94);
    return {
      group: svg("g", {}, rect, main),
      rect,
      main,
      foot: null,
      text: null,
      small: "",
      base: "",
    };
  };
  const write = (tile, small) => {
    if (small && !tile.foot) {
      tile.foot = svg("text", { x: 0.5, y: 0.79, class: "cx-small" });
      set(tile.foot, "style", tile.ink);
      tile.group.append(tile.foot);
    }
    set(tile.main, "font-size", textSize(tile.text.length, pixels, Boolean(small)));
    set(tile.main, "y", small ? 0.38 : 0.52);
    if (tile.small === small) return;
    tile.small = small;
    set(tile.foot, "font-size", Math.min(0.27, 1.5 / Math.max(small.length, 1)));
    say(tile.foot, small);
  };
  const tint = (tile, colour) => {
    set(tile.rect, "style", colour ? `fill: ${css(colour)}` : "");
    tile.ink = colour ? `fill: ${inkOn(colour)}` : "";
    set(tile.main, "style", tile.ink);
    if (tile.foot) set(tile.foot, "style", tile.ink);
  };
  const dress = (tile) => set(tile.group, "class", `cx-tile cx-t-${tile.kind}${tile.extra}`);

  const paint = (rows, columns, cells, { words, side }) => {
    const resized = rows !== shape[0] || columns !== shape[1];
    if (resized) {
      shape = [rows, columns];
      while (pool.length < cells.length) pool.push(make());
      while (tiles.childElementCount > cells.length) tiles.lastChild.remove();
      while (tiles.childElementCount < cells.length)
        tiles.append(pool[tiles.childElementCount].group);
      drawing.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
      frame.style.width = `calc(${columns} * var(--cx-side))`;
      frame.style.height = `calc(${rows} * var(--cx-side))`;
    }
    if (pixels !== side.pixels || resized) frame.style.setProperty("--cx-side", side.css);
    pixels = side.pixels;
    lit = [];
    cells.forEach(({ text, kind: holds, small = "", colour = null }, n) => {
      const tile = pool[n];
      if (resized)
        set(tile.group, "transform", `translate(${n % columns} ${Math.floor(n / columns)})`);
      if (tile.text !== text) tile.main.textContent = text;
      Object.assign(tile, { text, kind: holds, extra: "", base: pixels >= 28 ? small : "" });
      dress(tile);
      tint(tile, colour);
      write(tile, tile.base);
    });
    say(heading, ` ${words}`);
  };

  // cells: [n, small text, class]
  const light = (cells) => {
    const fresh = new Set(cells.map(([n]) => n));
    for (const n of lit) {
      if (fresh.has(n)) continue;
      pool[n].extra = "";
      dress(pool[n]);
      write(pool[n], pool[n].base);
    }
    for (const [n, small, name = "cx-lit"] of cells) {
      pool[n].extra = ` ${name}`;
      dress(pool[n]);
      write(pool[n], pixels >= 28 && small ? small : pool[n].base);
    }
    lit = [...fresh];
  };

  // Cells from `n` on are not computed yet; none for `null`.
  let veiled = false;
  const veil = (n) => {
    if (n === null && !veiled) return;
    veiled = n !== null;
    pool.forEach((tile, k) => set(tile.group, "opacity", veiled && k >= n ? 0.13 : 1));
  };

  const cellAt = (event) => {
    const box = frame.getBoundingClientRect();
    return [
      clamp(Math.floor(((event.clientY - box.top) / box.height) * shape[0]), 0, shape[0] - 1),
      clamp(Math.floor(((event.clientX - box.left) / box.width) * shape[1]), 0, shape[1] - 1),
    ];
  };
  return { node, frame, marks, title, paint, light, veil, cellAt };
}

// Pointing shows, a click or an arrow key stays: `show(cell)` and `look(cell)`; leaving calls
// `back()`. `find` turns a cell of this map into one of the array that is walked through, whose
// size and present cell `shape()` and `at()` tell; `still()` holds pointing off while it plays.
export function steer(
  view,
  map,
  { find = (cell) => cell, shape, at, show, look, back, still, press = () => false },
) {
  let pending = null;
  const later = (action) => {
    if (pending === null)
      requestAnimationFrame(() => {
        const run = pending;
        pending = null;
        run();
      });
    pending = action;
  };
  view.listen(map.frame, "pointermove", (event) => {
    if (!still()) later(() => show(find(map.cellAt(event))));
  });
  view.listen(map.frame, "pointerleave", () => {
    if (!still()) later(back);
  });
  view.listen(map.frame, "click", (event) => look(find(map.cellAt(event))));
  view.listen(map.frame, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event)) {
      event.preventDefault();
      return;
    }
    const to = moved(event.key, at(), shape(), event.shiftKey);
    if (!to) return;
    event.preventDefault();
    look(to);
  });
}
