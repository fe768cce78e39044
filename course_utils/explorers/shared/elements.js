// Elements of the page and what is written on them.

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
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

export function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

export const place = (rect, x, y, width, height) => setAll(rect, { x, y, width, height });

// The title of a part: perhaps a symbol, then words, in the colour of its kind.
export function heading({ kind = "", symbol = "", text = "" } = {}) {
  const words = el("span", { text });
  const node = el(
    "h3",
    { class: kind ? `cx-title cx-${kind}` : "cx-title" },
    symbol && el("span", { class: "cx-symbol", text: symbol }),
    words,
  );
  return { node, set: (now) => say(words, now) };
}
