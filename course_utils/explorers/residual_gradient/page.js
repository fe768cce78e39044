// ResidualGradientExplorer: gradient norms from output to input, plain and residual, and the paths.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import {
  button,
  chooser,
  clamp,
  el,
  openView,
  say,
  segments,
  stepper,
  svg,
} from "../shared/view.js";

const HIGH = 300; // CSS pixels of the plot
const ROOM = { left: 52, right: 14, top: 12, bottom: 34 };

// Three digits for reading: 0.00123 is 1.23e−3, and what is near one stays as it is.
export function threeDigits(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 0.01 && size < 9999.5 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
  return text.replace("e+", "e").replaceAll("-", "−");
}

// The powers of ten that hold every positive value of some curves: at least two decades.
export function axisOf(curves) {
  let low = Infinity;
  let high = -Infinity;
  for (const curve of curves) {
    for (const value of curve) {
      if (!(value > 0) || !Number.isFinite(value)) continue;
      low = Math.min(low, Math.log10(value));
      high = Math.max(high, Math.log10(value));
    }
  }
  if (low > high) return { low: -1, high: 1 };
  low = Math.floor(low + 1e-9);
  high = Math.ceil(high - 1e-9) + 0; // no −0
  return high - low >= 2 ? { low, high } : { low: low - 1, high: Math.max(high, low + 1) };
}

// At most eight whole exponents, a round number apart.
export function ticksOf({ low, high }) {
  const step = [1, 2, 3, 5, 10, 20, 25, 50, 100].find((by) => (high - low) / by <= 7) ?? 200;
  const ticks = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(at + 0);
  return ticks;
}

const RAISED = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};
export const raised = (whole) => [...String(whole)].map((sign) => RAISED[sign]).join("");

// Where a key leads along the curves; null for other keys.
export function alongCurve(key, at, count, fast) {
  const by = fast ? 5 : 1;
  const to = { ArrowLeft: at - by, ArrowRight: at + by, Home: 0, End: count - 1 }[key];
  return to === undefined ? null : clamp(to, 0, count - 1);
}

// The λ above or below one of a list; null at the ends.
export function neighbour(values, now, up) {
  const found = up ? values.find((value) => value > now) : values.findLast((value) => value < now);
  return found ?? null;
}

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-residual",
    label: "Residual gradient explorer",
  });
  const { root, change } = view;
  let facts = model.get("facts");
  let at = 0;
  let width = 560;

  // Controls ---------------------------------------------------------------------------------
  const depth = stepper(view, "depth (layers)", (n) => change({ depth: n }));
  const scale = segments(
    view,
    "λ, the factor of the skip",
    facts.choices.skip_scale.map((value) => [String(value), String(value)]),
    (value) => change({ skip_scale: Number(value) }),
  );
  const initialisation = chooser(view, "initial weights", (name) =>
    change({ initialisation: name }),
  );
  const normalisation = segments(
    view,
    "normalisation",
    [
      ["none", "none"],
      ["batch", "batch norm"],
    ],
    (name) => change({ normalisation: name === "batch" }),
  );
  const block = segments(
    view,
    "block",
    [
      ["original", "ReLU after the sum"],
      ["pre", "pre-activation"],
    ],
    (name) => change({ pre_activation: name === "pre" }),
  );
  const quantity = segments(
    view,
    "norm of",
    [
      ["signal", "∂L/∂x"],
      ["weights", "∂L/∂W"],
    ],
    (name) => change({ quantity: name }),
  );
  const seed = stepper(view, "seed", (n) => change({ seed: n }));
  const again = button(
    view,
    "Another seed",
    "Draw the weights with another seed and compute anew",
    () => {
      change({ seed: (model.get("seed") % facts.choices.seed) + 1 });
    },
  );
  const origin = el("p", { class: "cx-note" });

  // The curves -------------------------------------------------------------------------------
  const heading = el("h3", { class: "cx-title" });
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
  const key = (kind, text) =>
    el("span", { class: "cx-key" }, el("i", { class: `cx-sample cx-sample-${kind}` }), text);
  const residualKey = el("span");
  const legend = el(
    "p",
    { class: "cx-legend" },
    key("plain", "plain, λ = 0"),
    key("residual", residualKey),
    key("family", "the other λ"),
  );
  const familyKey = legend.lastElementChild;

  const hereName = el("span");
  const herePlain = el("b", { class: "cx-input" });
  const hereResidual = el("b", { class: "cx-output" });
  const here = el(
    "output",
    { class: "cx-here-words" },
    hereName,
    ": plain ",
    herePlain,
    ", residual ",
    hereResidual,
  );
  const ratioPlain = el("b", { class: "cx-input" });
  const ratioResidual = el("b", { class: "cx-output" });
  const ratios = el(
    "p",
    { class: "cx-ratios" },
    "first over last: plain ",
    ratioPlain,
    ", residual ",
    ratioResidual,
  );
  const left = el("div", { class: "cx-panel" }, heading, legend, frame, here, ratios);

  // The paths --------------------------------------------------------------------------------
  const blocks = stepper(view, "blocks L", (n) => change({ blocks: n }));
  const pathTitle = el("h3", { class: "cx-title" });
  const expansion = el("p", { class: "cx-expansion" });
  const body = el("tbody");
  const head = (text, hint) => el("th", { scope: "col", title: hint, text });
  const table = el(
    "table",
    { class: "cx-paths" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head("branches k", "how many branches F a path runs through"),
        head("paths", "L choose k"),
        head("× λᴸ⁻ᵏ", "the blocks it skips"),
        head("weight", "the two multiplied"),
        head("norm, measured", "of the sum of all these paths; that of ∂L/∂H is 1"),
      ),
    ),
    body,
  );
  const sum = el("output", { class: "cx-path-sum" });
  const right = el(
    "div",
    { class: "cx-panel cx-path-panel" },
    el("div", { class: "cx-row" }, pathTitle, blocks.node),
    expansion,
    table,
    sum,
    el("p", {
      class: "cx-note",
      text: "measured on L small pre-activation blocks with the same λ, weights and normalisation; ∂L/∂H has norm 1",
    }),
  );

  root.append(
    el("div", { class: "cx-row" }, depth.node, scale.node, initialisation.node),
    el(
      "div",
      { class: "cx-row" },
      normalisation.node,
      block.node,
      quantity.node,
      seed.node,
      again,
      origin,
    ),
    view.alert,
    el("div", { class: "cx-residual-stage" }, left, right),
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  let axis = { low: -1, high: 1 };
  const count = () => facts.plain.length;
  const xOf = (place) =>
    ROOM.left + ((width - ROOM.left - ROOM.right) * place) / Math.max(count() - 1, 1);
  const yOf = (value) => {
    const exponent = value > 0 ? clamp(Math.log10(value), axis.low, axis.high) : axis.low;
    return (
      ROOM.top + ((HIGH - ROOM.top - ROOM.bottom) * (axis.high - exponent)) / (axis.high - axis.low)
    );
  };
  const line = (curve) =>
    curve
      .map((value, n) => `${n ? "L" : "M"}${xOf(n).toFixed(1)} ${yOf(value).toFixed(1)}`)
      .join("");

  function axes() {
    const bottom = HIGH - ROOM.bottom;
    const lines = ticksOf(axis).flatMap((exponent) => {
      const y = yOf(10 ** exponent);
      return [
        svg("line", { x1: ROOM.left, x2: width - ROOM.right, y1: y, y2: y }),
        svg("text", { x: ROOM.left - 7, y: y + 4, "text-anchor": "end" }, `10${raised(exponent)}`),
      ];
    });
    // Blocks and layers are counted from 1 at the input.
    const every = [1, 2, 3, 5, 10, 20].find((by) => count() / by <= 12) ?? 20;
    for (let n = 0; n < count(); n += 1) {
      if ((n + 1) % every && n) continue;
      lines.push(
        svg("text", { x: xOf(n), y: bottom + 15, "text-anchor": "middle" }, String(n + 1)),
      );
    }
    const words =
      facts.quantity === "signal"
        ? "block (the gradient at its input); the network's input is on the left"
        : "layer; the network's input is on the left";
    lines.push(
      svg(
        "text",
        { x: (ROOM.left + width - ROOM.right) / 2, y: HIGH - 4, "text-anchor": "middle" },
        words,
      ),
    );
    grid.replaceChildren(...lines);
  }

  function curves() {
    drawing.setAttribute("width", width);
    axis = axisOf([facts.plain, facts.residual, ...facts.family.map(([, curve]) => curve)]);
    axes();
    family.replaceChildren(...facts.family.map(([, curve]) => svg("path", { d: line(curve) })));
    plain.setAttribute("d", line(facts.plain));
    residual.setAttribute("d", line(facts.residual));
    show(at);
  }

  // Everything that moves with the point; nothing here asks Python.
  function show(to) {
    at = clamp(to, 0, count() - 1);
    const x = xOf(at);
    for (const [name, value] of [
      ["x1", x],
      ["x2", x],
      ["y1", ROOM.top],
      ["y2", HIGH - ROOM.bottom],
    ])
      marker.setAttribute(name, value);
    [facts.plain, facts.residual].forEach((curve, n) => {
      dots[n].setAttribute("cx", x);
      dots[n].setAttribute("cy", yOf(curve[at]));
    });
    say(hereName, facts.names[at]);
    say(herePlain, threeDigits(facts.plain[at]));
    say(hereResidual, threeDigits(facts.residual[at]));
    root.dataset.at = String(at);
  }

  function look(to) {
    show(to);
    change({ layer: at });
    view.announce(
      `${facts.names[at]}: plain ${threeDigits(facts.plain[at])}, residual ${threeDigits(facts.residual[at])}`,
    );
  }

  function paths() {
    const { lengths } = facts;
    if (body.childElementCount !== lengths.length) {
      body.replaceChildren(
        ...lengths.map(({ k }) =>
          el(
            "tr",
            {},
            el("th", { scope: "row", text: k }),
            el("td"),
            el("td"),
            el("td", {}, el("span"), el("i", { class: "cx-path-bar cx-bar-weight" })),
            el("td", {}, el("span"), el("i", { class: "cx-path-bar cx-bar-norm" })),
          ),
        ),
      );
    }
    const most = Math.max(...lengths.map(({ weight }) => weight)) || 1;
    const longest = Math.max(...lengths.map(({ norm }) => norm)) || 1;
    lengths.forEach(({ paths: alike, factor, weight, norm }, n) => {
      const cells = body.rows[n].cells;
      say(cells[1], String(alike));
      say(cells[2], threeDigits(factor));
      say(cells[3].firstChild, threeDigits(weight));
      say(cells[4].firstChild, threeDigits(norm));
      cells[3].lastChild.style.width = `${(100 * weight) / most}%`;
      cells[4].lastChild.style.width = `${(100 * norm) / longest}%`;
    });
    const many = 2 ** facts.blocks;
    say(pathTitle, `The gradient as a sum over ${many} paths`);
    say(expansion, facts.expansion);
    const bucket = facts.gap < 1e-12 ? "below 1e−12" : threeDigits(facts.gap);
    say(
      sum,
      `sum of all ${many}: norm ${threeDigits(facts.total)}; difference from backpropagation ${bucket}`,
    );
  }

  view.draw(() => {
    facts = model.get("facts");
    const { choices } = facts;
    depth.set(model.get("depth"), choices.depth);
    scale.set(String(facts.skip_scale));
    initialisation.set(Object.entries(facts.initialisations), facts.initialisation);
    normalisation.set(facts.normalisation ? "batch" : "none");
    block.set(facts.pre_activation ? "pre" : "original");
    quantity.set(facts.quantity);
    blocks.set(model.get("blocks"), choices.blocks);
    seed.set(model.get("seed"), [
      Math.max(facts.seed - 1, 0),
      facts.seed,
      Math.min(facts.seed + 1, choices.seed),
    ]);
    say(origin, facts.stored ? "computed beforehand" : `computed now, seed ${facts.seed}`);
    say(
      heading,
      `Norm of ${facts.quantity === "signal" ? "∂L/∂x at every block" : "∂L/∂W of every layer"}, ${facts.depth} layers`,
    );
    say(residualKey, `residual, λ = ${facts.skip_scale}`);
    familyKey.hidden = facts.family.length === 0;
    say(ratioPlain, threeDigits(facts.plain_ratio));
    say(ratioResidual, threeDigits(facts.residual_ratio));
    at = model.get("layer");
    curves();
    paths();
  });
  view.on("change:layer", () => show(model.get("layer")));

  const measure = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now && now !== width) {
      width = now;
      curves();
    }
  });
  measure.observe(frame);
  view.atEnd.push(() => measure.disconnect());

  // Pointer and keys -------------------------------------------------------------------------
  const placeAt = (event) => {
    const box = drawing.getBoundingClientRect();
    const part = (event.clientX - box.left - ROOM.left) / (width - ROOM.left - ROOM.right);
    return clamp(Math.round(part * (count() - 1)), 0, count() - 1);
  };
  view.listen(frame, "pointermove", (event) => {
    const to = placeAt(event);
    if (to !== at) show(to);
  });
  view.listen(frame, "pointerleave", () => show(model.get("layer")));
  view.listen(frame, "click", (event) => look(placeAt(event)));
  view.listen(frame, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const next = neighbour(
        facts.choices.skip_scale,
        model.get("skip_scale"),
        event.key === "ArrowUp",
      );
      if (next === null) return;
      change({ skip_scale: next });
      view.announce(`λ = ${next}`);
      return;
    }
    const to = alongCurve(event.key, at, count(), event.shiftKey);
    if (to === null) return;
    event.preventDefault();
    look(to);
  });
  return view.close;
}

export default { render };
