// The sum at an output, written out channel by channel.
import { el } from "../shared/elements.js";
import { formatNumber } from "../shared/numbers.js";

// shares: [name, value] of every channel and of the bias; `terms` of them are added. `relu` is null
// where the sum is not complete.
export function equation() {
  const node = el("p", { class: "cx-fm-equation" });
  const show = ({ filter }, at, shares, { terms, sum, relu }) => {
    const left = `y[${filter}, ${at[0]}, ${at[1]}] =`;
    const after = relu === null ? "" : `, after ReLU ${formatNumber(relu, 3)}`;
    node.replaceChildren(
      el("span", { class: "cx-fm-left", text: left }),
      ...shares.map(([name, value], n) => term(name, value, n, n < terms)),
      el("output", { class: "cx-fm-total", text: `= ${formatNumber(sum, 3)}${after}` }),
    );
  };
  return { node, show };
}

function term(name, value, n, added) {
  const number = formatNumber(value, 3);
  const signed = n === 0 ? number : `+ ${value < 0 ? `(${number})` : number}`;
  return el(
    "span",
    { class: added ? "cx-fm-term" : "cx-fm-term cx-fm-later" },
    el("span", { class: "cx-fm-number", text: signed }),
    el("span", { class: "cx-fm-name", text: name }),
  );
}
