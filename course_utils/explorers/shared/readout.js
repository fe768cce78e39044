// What is said below small maps: the sum at a cell, and remarks.
import { el, say } from "./elements.js";

// "y[1, 2] = 5", and how it is made.
export function sumLine() {
  const sum = el("output", { class: "cx-map-sum" });
  const terms = el("span", { class: "cx-map-terms" });
  const node = el("div", { class: "cx-sum-line" }, sum, terms);
  const set = (words, made) => {
    say(sum, words);
    say(terms, made);
  };
  return { node, set };
}

export function remarks() {
  const node = el("ul", { class: "cx-notes" });
  const set = (notes) => node.replaceChildren(...notes.map((text) => el("li", { text })));
  return { node, set };
}
