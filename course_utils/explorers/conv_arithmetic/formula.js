// The size of the output: its formula for rows and columns, and what there is to remark.
import { el, freshId, say } from "../shared/elements.js";
import { remarks } from "../shared/readout.js";

export function formula() {
  const letters = el("p", { class: "cx-note cx-letters" });
  const lines = [formulaLine(), formulaLine()];
  const notes = remarks();
  const id = freshId("size");
  const node = el(
    "div",
    { class: "cx-formula", role: "group", "aria-labelledby": id },
    el("h3", { class: "cx-title", id, text: "The size of the output" }),
    letters,
    ...lines.map((line) => line.node),
    notes.node,
  );
  const set = (facts) => {
    say(letters, facts.letters);
    facts.axes.forEach((axis, k) => {
      lines[k].set(axis, facts.transposed);
    });
    notes.set(facts.notes);
  };
  return { node, set };
}

// One axis, with fractions: what is read aloud is the same in one line.
function formulaLine() {
  const shown = el("span", { "aria-hidden": "true", class: "cx-formula-shown" });
  const spoken = el("span", { class: "cx-hidden" });
  const left = el("span", { class: "cx-left" });
  const name = el("span", { class: "cx-formula-axis" });
  const node = el("div", { class: "cx-formula-line" }, name, shown, spoken, left);
  const set = (axis, transposed) => {
    say(name, axis.axis);
    say(spoken, `${axis.axis}: ${axis.text}`);
    const size = el("strong", { class: "cx-formula-size", text: String(axis.size) });
    shown.replaceChildren(...(transposed ? [`${axis.numbers} = `] : steps(axis)), size);
    say(
      left,
      axis.left
        ? `${axis.room} = ${axis.divisor}·${axis.steps} + ${axis.left}: ${axis.left} left over`
        : "",
    );
    left.hidden = !axis.left;
  };
  return { node, set };
}

function steps({ numbers, room, divisor, ratio, steps: whole, left }) {
  return [
    floor(fraction(numbers, divisor)),
    " + 1 = ",
    floor(fraction(room, divisor)),
    " + 1 = ",
    ...(left ? [floor(el("span", { text: ratio })), " + 1 = "] : []),
    `${whole} + 1 = `,
  ];
}

const fraction = (above, below) =>
  el("span", { class: "cx-fraction" }, el("span", { text: above }), el("span", { text: below }));

const floor = (inside) =>
  el(
    "span",
    { class: "cx-floor" },
    el("span", { class: "cx-bracket", text: "⌊" }),
    inside,
    el("span", { class: "cx-bracket", text: "⌋" }),
  );
