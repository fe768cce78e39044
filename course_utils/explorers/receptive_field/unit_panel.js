// The unit and its field in numbers.
import { el, heading, say } from "../shared/elements.js";
import { minus, windowWords } from "./field.js";

export function unitPanel() {
  const title = heading();
  const values = ["size", "jump", "offset"].map(() => el("b", { class: "cx-rf-value" }));
  const numbers = ["size", "jump", "offset"].map((text, n) =>
    el("div", { class: "cx-rf-number" }, el("span", { class: "cx-label", text }), values[n]),
  );
  const size = el("p", { class: "cx-rf-equation" });
  const first = el("p", { class: "cx-rf-equation" });
  const sees = el("output", { class: "cx-rf-sees" });
  const used = el("p", { class: "cx-rf-used" });
  const row = el("div", { class: "cx-rf-numbers" }, ...numbers);
  const nodes = [title.node, row, size, first, sees, used];

  const set = (facts) => {
    const [name, count] = facts.maps[facts.layer];
    const field = facts.fields[facts.layer];
    title.set(`Unit (${facts.unit.join(", ")}) of ${name}, ${count} × ${count}`);
    values.forEach((value, n) => {
      say(value, minus(field[n]));
    });
    say(size, facts.size_equation);
    say(first, facts.first_equations);
    say(sees, `sees ${windowWords(facts.windows[0], facts.side, "pixels")}`);
    used.hidden = facts.effective === "none";
    say(used, usedWords(facts.centre_side, field[0]));
  };
  return { nodes, set };
}

// How much of a field of this size the middle is in which most of the gradient lies.
function usedWords(middle, size) {
  if (!middle) return "nothing of the picture reaches it: its whole field lies in the padding";
  const share = Math.round(100 * (middle / size) ** 2);
  const where = `the middle ${middle} × ${middle} (dashed)`;
  return `90 % of the squared gradient lies in ${where}: ${share} % of the field`;
}
