// A small map drawn cell by cell, its numbers in the cells: for explorers in which single cells
// light up.
import { css, inkOn } from "./colours.js";
import { el, freshId, heading, place, say, svg } from "./elements.js";
import { cellUnder } from "./pointer.js";

const WIDEST = 46; // CSS pixels of a cell, at most
const ROOMY = 28; // CSS pixels of a cell that has room for a second, small text

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

// `paint` draws all cells, each {text, kind}, and where there are such, a small text and a colour
// [r, g, b]; `light` shows some of them as taking part now, each with a small text of its own, and
// lets go of those lit before.
export function cellMap({ kind, symbol, label }) {
  const title = heading({ kind, symbol });
  const hatch = freshId("hatch");
  const tiles = svg("g");
  const marks = svg("g");
  const drawing = svg(
    "svg",
    { class: "cx-map-drawing", "aria-hidden": "true" },
    svg("defs", {}, hatching(hatch)),
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
  const node = el("div", { class: "cx-map-panel" }, title.node, frame);
  let shape = [0, 0];
  let pixels = WIDEST;
  let lit = [];
  const pool = []; // tiles that were made, in the drawing or not

  const resize = (rows, columns) => {
    shape = [rows, columns];
    const count = rows * columns;
    while (pool.length < count) pool.push(makeTile());
    while (tiles.childElementCount > count) tiles.lastChild.remove();
    while (tiles.childElementCount < count) tiles.append(pool[tiles.childElementCount].group);
    pool.slice(0, count).forEach((tile, n) => {
      const [i, j] = [Math.floor(n / columns), n % columns];
      setOnce(tile.group, "transform", `translate(${j} ${i})`);
    });
    drawing.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    frame.style.width = `calc(${columns} * var(--cx-side))`;
    frame.style.height = `calc(${rows} * var(--cx-side))`;
  };

  const paint = (rows, columns, cells, { words, side }) => {
    const resized = rows !== shape[0] || columns !== shape[1];
    if (resized) resize(rows, columns);
    if (pixels !== side.pixels || resized) frame.style.setProperty("--cx-side", side.css);
    pixels = side.pixels;
    lit = [];
    cells.forEach(({ text, kind: holds, small = "", colour = null }, n) => {
      const tile = pool[n];
      if (tile.text !== text) tile.main.textContent = text;
      tile.text = text;
      tile.kind = holds;
      tile.base = pixels >= ROOMY ? small : "";
      dress(tile, "");
      tint(tile, colour);
      write(tile, tile.base, pixels);
    });
    title.set(` ${words}`);
  };

  // cells: [n, small text, class]
  const light = (cells) => {
    const fresh = new Set(cells.map(([n]) => n));
    for (const n of lit) {
      if (fresh.has(n)) continue;
      dress(pool[n], "");
      write(pool[n], pool[n].base, pixels);
    }
    for (const [n, small, name = "cx-lit"] of cells) {
      dress(pool[n], name);
      write(pool[n], pixels >= ROOMY && small ? small : pool[n].base, pixels);
    }
    lit = [...fresh];
  };

  // Cells from `n` on are not computed yet; none for `null`.
  let veiled = false;
  const veil = (n) => {
    if (n === null && !veiled) return;
    veiled = n !== null;
    pool.forEach((tile, k) => {
      setOnce(tile.group, "opacity", veiled && k >= n ? 0.13 : 1);
    });
  };

  const cellAt = (event) => cellUnder(event, frame, shape);
  return { node, frame, marks, paint, light, veil, cellAt };
}

function hatching(id) {
  return svg(
    "pattern",
    {
      id,
      width: 0.2,
      height: 0.2,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    svg("rect", { width: 0.2, height: 0.2, class: "cx-hatch-room" }),
    svg("rect", { width: 0.07, height: 0.2, class: "cx-hatch-line" }),
  );
}

// A tile remembers what it shows: writing the same again would cost a layout.
function makeTile() {
  const main = svg("text", { x: 0.5 });
  const rect = svg("rect", { rx: 0.09 });
  place(rect, 0.03, 0.03, 0.94, 0.94);
  const group = svg("g", {}, rect, main);
  return { group, rect, main, foot: null, text: null, small: "", base: "", ink: "" };
}

function setOnce(node, name, value) {
  if (node[`cx_${name}`] === value) return;
  node[`cx_${name}`] = value;
  node.setAttribute(name, value);
}

const dress = (tile, extra) =>
  setOnce(tile.group, "class", `cx-tile cx-t-${tile.kind}${extra && ` ${extra}`}`);

function tint(tile, colour) {
  setOnce(tile.rect, "style", colour ? `fill: ${css(colour)}` : "");
  tile.ink = colour ? `fill: ${inkOn(colour)}` : "";
  setOnce(tile.main, "style", tile.ink);
  if (tile.foot) setOnce(tile.foot, "style", tile.ink);
}

// Place the tile's text, and below it a small one where there is one.
function write(tile, small, pixels) {
  if (small && !tile.foot) {
    tile.foot = svg("text", { x: 0.5, y: 0.79, class: "cx-small" });
    setOnce(tile.foot, "style", tile.ink);
    tile.group.append(tile.foot);
  }
  setOnce(tile.main, "font-size", textSize(tile.text.length, pixels, Boolean(small)));
  setOnce(tile.main, "y", small ? 0.38 : 0.52);
  if (tile.small === small) return;
  tile.small = small;
  setOnce(tile.foot, "font-size", Math.min(0.27, 1.5 / Math.max(small.length, 1)));
  say(tile.foot, small);
}
