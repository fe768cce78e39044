// Ten rows: a digit, its probability as a bar, its score. Choosing one asks about its score.
import { el, freshId, say } from "../shared/elements.js";
import { percent, tenths } from "./words.js";

export function scoreboard(view, choose) {
  const name = freshId("digit");
  const rows = Array.from({ length: 10 }, (_, digit) => scoreRow(view, name, digit, choose));
  const head = el(
    "div",
    { class: "cx-dg-class cx-dg-head", "aria-hidden": "true" },
    ...["", "", "probability", "", "score z"].map((text) => el("span", { text })),
  );
  const node = el(
    "div",
    {
      class: "cx-dg-classes",
      role: "radiogroup",
      "aria-label": "digit whose score is explained",
    },
    head,
    ...rows.map((row) => row.node),
  );
  const set = (facts) => {
    rows.forEach((row, digit) => {
      row.set(facts, digit);
    });
  };
  return { node, set };
}

function scoreRow(view, name, value, choose) {
  const input = el("input", { type: "radio", name, value });
  view.listen(input, "change", () => choose(value));
  const bar = el("span", { class: "cx-dg-bar" });
  const probability = el("span", { class: "cx-dg-number" });
  const score = el("span", { class: "cx-dg-number cx-dg-score" });
  const node = el(
    "label",
    { class: "cx-dg-class" },
    input,
    el("span", { class: "cx-dg-digit", text: value }),
    el("span", { class: "cx-dg-track" }, bar),
    probability,
    score,
  );
  const set = ({ probabilities, scores, answer, target }, digit) => {
    input.checked = digit === target;
    bar.style.width = `${100 * probabilities[digit]}%`;
    say(probability, percent(probabilities[digit]));
    say(score, tenths(scores[digit]));
    node.classList.toggle("cx-dg-answer", digit === answer);
    node.classList.toggle("cx-dg-target", digit === target);
  };
  return { node, set };
}
