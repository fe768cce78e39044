// The gradient norms along the layers, plain and residual, on a logarithmic plot.
import { el, heading, say, setAll, svg } from "../shared/elements.js";
import { clamp, superscript } from "../shared/numbers.js";
import { onWidth } from "../shared/width.js";
import { axisOf, ticksOf } from "./axis.js";
import { threeDigits } from "./three_digits.js";

const HIGH = 300; // CSS pixels of the plot
const ROOM = { left: 52, right: 14, top: 12, bottom: 34 };

export function curves(view) {
  const drawing = svg("svg", { class: "cx-curves", "aria-hidden": "true", height: HIGH });
  const frame = el(
    "div",
    {
      class: "cx-curve-room",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "plot",
      "aria-label": "gradient norms: left and right move along the layers, up and down change λ",
    },
    drawing,
  );
  const grid = svg("g", { class: "cx-axes" });
  const family = svg("g", { class: "cx-family" });
  const marker = svg("line", { class: "cx-marker" });
  const plain = svg("path", { class: "cx-plain-line" });
  const residual = svg("path", { class: "cx-residual-line" });
  const dots = [
    svg("circle", { class: "cx-plain-dot", r: 4.5 }),
    svg("circle", { class: "cx-residual-dot", r: 4.5 }),
  ];
  drawing.append(grid, family, marker, plain, residual, ...dots);
  const words = curveWords();
  const node = el(
    "div",
    { class: "cx-panel" },
    words.title.node,
    words.legend,
    frame,
    words.here,
    words.ratios,
  );
  let facts = null;
  let width = 560;
  let at = 0;
  let scale = null;

  const paint = (now) => {
    facts = now;
    words.set(facts);
    plot();
  };
  const plot = () => {
    drawing.setAttribute("width", width);
    const all = [facts.plain, facts.residual, ...facts.family.map(([, curve]) => curve)];
    scale = scaleOf(axisOf(all), facts.plain.length, width);
    const line = (curve) =>
      curve
        .map((value, n) => `${n ? "L" : "M"}${scale.x(n).toFixed(1)} ${scale.y(value).toFixed(1)}`)
        .join("");
    grid.replaceChildren(...axes(scale, facts, width));
    family.replaceChildren(...facts.family.map(([, curve]) => svg("path", { d: line(curve) })));
    plain.setAttribute("d", line(facts.plain));
    residual.setAttribute("d", line(facts.residual));
  };
  // Everything that moves with the point; nothing here asks Python.
  const show = (to) => {
    at = to;
    const x = scale.x(at);
    setAll(marker, { x1: x, x2: x, y1: ROOM.top, y2: HIGH - ROOM.bottom });
    setAll(dots[0], { cx: x, cy: scale.y(facts.plain[at]) });
    setAll(dots[1], { cx: x, cy: scale.y(facts.residual[at]) });
    words.show(facts, at);
  };
  const placeAt = (event) => {
    const from = event.clientX - drawing.getBoundingClientRect().left - ROOM.left;
    const last = facts.plain.length - 1;
    return clamp(Math.round((from / (width - ROOM.left - ROOM.right)) * last), 0, last);
  };
  onWidth(view, frame, (now) => {
    width = now;
    plot();
    show(at);
  });
  return { node, frame, paint, show, placeAt };
}

// Where a layer and a value lie on the plot, in CSS pixels.
function scaleOf(axis, count, width) {
  const across = width - ROOM.left - ROOM.right;
  const down = HIGH - ROOM.top - ROOM.bottom;
  const x = (layer) => ROOM.left + (across * layer) / Math.max(count - 1, 1);
  const y = (value) => {
    const exponent = value > 0 ? clamp(Math.log10(value), axis.low, axis.high) : axis.low;
    return ROOM.top + (down * (axis.high - exponent)) / (axis.high - axis.low);
  };
  return { axis, x, y };
}

function axes({ axis, x, y }, { plain, quantity }, width) {
  const lines = ticksOf(axis).flatMap((exponent) => {
    const at = y(10 ** exponent);
    const name = `10${superscript(exponent)}`;
    return [
      svg("line", { x1: ROOM.left, x2: width - ROOM.right, y1: at, y2: at }),
      svg("text", { x: ROOM.left - 7, y: at + 4, "text-anchor": "end" }, name),
    ];
  });
  // Blocks and layers are counted from 1 at the input.
  const count = plain.length;
  const every = [1, 2, 3, 5, 10, 20].find((by) => count / by <= 12) ?? 20;
  const centred = (at, height, text) =>
    lines.push(svg("text", { x: at, y: height, "text-anchor": "middle" }, text));
  for (let n = 0; n < count; n += 1) {
    if (n === 0 || (n + 1) % every === 0) centred(x(n), HIGH - ROOM.bottom + 15, String(n + 1));
  }
  const what = quantity === "signal" ? "block (the gradient at its input)" : "layer";
  const middle = (ROOM.left + width - ROOM.right) / 2;
  centred(middle, HIGH - 4, `${what}; the network's input is on the left`);
  return lines;
}

// The words above and below the plot.
function curveWords() {
  const title = heading();
  const key = (kind, text) =>
    el("span", { class: "cx-key" }, el("i", { class: `cx-sample cx-sample-${kind}` }), text);
  const residualKey = el("span");
  const familyKey = key("family", "the other λ");
  const keys = [key("plain", "plain, λ = 0"), key("residual", residualKey), familyKey];
  const legend = el("p", { class: "cx-legend" }, ...keys);
  const name = el("span");
  const here = twoNumbers();
  const ratio = twoNumbers();
  const set = (facts) => {
    const what = facts.quantity === "signal" ? "∂L/∂x at every block" : "∂L/∂W of every layer";
    title.set(`Norm of ${what}, ${facts.depth} layers`);
    say(residualKey, `residual, λ = ${facts.skip_scale}`);
    familyKey.hidden = facts.family.length === 0;
    ratio.set(facts.plain_ratio, facts.residual_ratio);
  };
  const show = (facts, at) => {
    say(name, facts.names[at]);
    here.set(facts.plain[at], facts.residual[at]);
  };
  return {
    title,
    legend,
    here: el("output", { class: "cx-here-words" }, name, ...here.nodes),
    ratios: el("p", { class: "cx-ratios" }, "first over last", ...ratio.nodes),
    set,
    show,
  };
}

// ": plain 0.1, residual 0.9"
function twoNumbers() {
  const [plain, residual] = ["input", "output"].map((kind) => el("b", { class: `cx-${kind}` }));
  const set = (first, second) => {
    say(plain, threeDigits(first));
    say(residual, threeDigits(second));
  };
  return { nodes: [": plain ", plain, ", residual ", residual], set };
}
