// All layers of the network, from the picture up; those of one's own can be changed.
import { button, stepper } from "../shared/controls.js";
import { el, say } from "../shared/elements.js";
import { minus } from "./field.js";

const PARTS = ["kernel", "stride", "padding", "dilation"];
const COLUMNS = [
  ["layer", "from the picture up"],
  ["F", "kernel"],
  ["S", "stride"],
  ["P", "padding"],
  ["d", "dilation"],
  ["side", "of its map"],
  ["r", "size"],
  ["j", "jump"],
  ["f", "offset: first pixel of unit 0"],
];

export function layerTable(view, model) {
  const body = el("tbody");
  const heads = COLUMNS.map(([text, title]) => el("th", { scope: "col", title, text }));
  const head = el("thead", {}, el("tr", {}, ...heads));
  const scroller = el(
    "div",
    { class: "cx-rf-scroll", tabindex: "0", role: "region", "aria-label": "all layers" },
    el("table", { class: "cx-rf-table" }, head, body),
  );
  const own = ownLayers(view, model);
  let shape = "";
  let rows = [];
  let shown = 0; // the layer whose row was brought into sight

  const build = ({ network, rows: sizes }) => {
    const now = `${network} ${sizes.length}`;
    if (now === shape) return;
    shape = now;
    const held = scroller.contains(document.activeElement);
    const editable = network === "custom";
    rows = sizes.map((_, n) => layerRow(n, editable ? partSteppers(view, model, n) : null));
    body.replaceChildren(...rows.map(({ node }) => node));
    if (held) scroller.focus();
  };
  // The row of the chosen layer comes into sight when it is another; `anew` in any case.
  const set = (facts, anew = false) => {
    build(facts);
    for (const row of rows) row.set(facts);
    if (facts.layer !== shown || anew) {
      shown = facts.layer;
      const { offsetTop, offsetHeight } = rows[shown - 1].node;
      scroller.scrollTop = offsetTop - (scroller.clientHeight - offsetHeight) / 2;
    }
    own.set(facts);
  };
  whenPlaced(view, scroller, () => set(model.get("facts"), true));
  return { nodes: [scroller, own.node], set };
}

// It is drawn before it has a place in the page, where nothing can be scrolled to yet.
function whenPlaced(view, node, act) {
  const observer = new ResizeObserver(() => {
    if (!node.clientHeight) return;
    observer.disconnect();
    act();
  });
  observer.observe(node);
  view.atEnd.push(() => observer.disconnect());
}

const partSteppers = (view, model, n) =>
  PARTS.map((part, p) =>
    stepper(view, `${part} of layer ${n + 1}`, (value) => {
      const rows = model.get("facts").rows.map((row) => [...row]);
      rows[n][p] = value;
      view.change({ rows });
    }),
  );

// Name, sizes, side of the map and field of layer n + 1; the sizes are steppers or read only.
function layerRow(n, steppers) {
  const name = el("th", { scope: "row" });
  const fields = steppers?.map((part) => part.node) ?? PARTS.map(() => el("span"));
  const rest = ["side", "r", "j", "f"].map(() => el("td"));
  const parts = fields.map((field) => el("td", {}, field));
  const node = el("tr", {}, name, ...parts, ...rest);
  const set = (facts) => {
    const [word, side] = facts.maps[n + 1];
    say(name, word);
    node.classList.toggle("cx-rf-chosen", n + 1 === facts.layer);
    facts.rows[n].forEach((value, p) => {
      if (steppers) steppers[p].set(value, facts.choices.rows[n][p]);
      else say(fields[p], String(value));
    });
    [side, ...facts.fields[n + 1]].forEach((value, k) => {
      say(rest[k], minus(value));
    });
  };
  return { node, set };
}

function ownLayers(view, model) {
  const rows = () => model.get("facts").rows;
  const add = button(view, "Add a layer", "Add a layer of F = 3, S = 1, P = 1 on top", () =>
    view.change({ rows: [...rows(), [3, 1, 1, 1]] }),
  );
  const remove = button(view, "Remove the last", "Remove the last layer", () =>
    view.change({ rows: rows().slice(0, -1) }),
  );
  const node = el("div", { class: "cx-row" }, add, remove);
  const set = (facts) => {
    node.hidden = facts.network !== "custom";
    add.disabled = facts.rows.length >= facts.most_rows;
    remove.disabled = facts.rows.length <= 1;
  };
  return { node, set };
}
