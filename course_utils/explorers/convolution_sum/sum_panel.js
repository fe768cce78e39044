// The sum at a time, term by term.
import { el, say } from "../shared/elements.js";
import { formatNumber } from "../shared/numbers.js";
import { timeWords } from "./terms.js";

const RULES = {
  convolution: "y[t] = Σ x[t − a] · w[a]",
  correlation: "y[t] = Σ x[t + a] · w[a]",
};

export function sumPanel() {
  const chips = el("div", { class: "cx-chips" });
  const equals = el("output", { class: "cx-sum" });
  const title = el("h3", { class: "cx-title" });
  const node = el("div", { class: "cx-sum-panel" }, title, chips, equals);
  const show = ({ operation }, t, terms, total) => {
    if (chips.childElementCount !== 2 * terms.length - 1) {
      const all = terms.flatMap(() => [el("span", { class: "cx-sign", text: "+" }), emptyChip()]);
      chips.replaceChildren(...all.slice(1));
    }
    terms.forEach((term, k) => {
      fillChip(chips.children[2 * k], term);
    });
    say(equals, `y[${timeWords(t)}] = ${formatNumber(total, 4)}`);
    title.replaceChildren(
      el("span", { class: "cx-symbol", text: "Σ" }),
      ` the sum at t = ${timeWords(t)}: `,
      el("span", { class: "cx-rule", text: RULES[operation] }),
    );
  };
  return { node, show };
}

const emptyChip = () =>
  el(
    "span",
    { class: "cx-chip" },
    ...["names", "numbers", "product"].map((part) => el("span", { class: `cx-chip-${part}` })),
  );

function fillChip(chip, { a, n, x, w, product, inside }) {
  chip.classList.toggle("cx-outside", !inside);
  const [names, numbers, result] = chip.children;
  say(names, `x[${timeWords(n)}] · w[${a}]`);
  say(numbers, `${formatNumber(x, 2)} × ${formatNumber(w, 2)}`);
  say(result, `= ${formatNumber(product, 3)}`);
}
