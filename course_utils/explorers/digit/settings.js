// Tools, and the digits of the data set.
import { button, checkbox, segments } from "../shared/controls.js";
import { el, say } from "../shared/elements.js";

const TOOLS = [
  ["brush", "brush"],
  ["rubber", "rubber"],
];
const WIDTHS = [
  ["2", "thin"],
  ["3", "medium"],
  ["5", "thick"],
];
const FIT = "move the drawing to the middle and enlarge it, as the digits of the data set are";

export function settings(view, model, sheet) {
  const { change } = view;
  const tool = segments(view, "tool", TOOLS, (name) =>
    sheet.setBrush({ erase: name === "rubber" }),
  );
  tool.set("brush");
  const size = segments(view, "thickness", WIDTHS, (width) =>
    sheet.setBrush({ width: Number(width) }),
  );
  size.set("3");
  const clear = button(view, "Clear", "Clear the drawing", sheet.clear);
  const turn = (by) => {
    const { sample, samples } = model.get("facts");
    const from = sample < 0 ? (by > 0 ? -1 : 0) : sample;
    change({ sample: (from + by + samples) % samples });
  };
  const shown = el("span", { class: "cx-dg-sample" });
  const before = button(view, "‹", "Test digit before", () => turn(-1));
  const next = button(view, "›", "Next test digit", () => turn(1));
  const samples = el(
    "div",
    { class: "cx-field" },
    el("span", { class: "cx-label", text: "test digit" }),
    el("span", { class: "cx-dg-turn" }, before, shown, next),
  );
  const fit = checkbox(view, "centre and enlarge", (on) => change({ fit: on }), { title: FIT });
  const node = el("div", { class: "cx-row" }, tool.node, size.node, clear, samples, fit.node);

  const set = (facts) => {
    say(shown, facts.sample < 0 ? "none" : `${facts.sample}: a ${facts.truth}`);
    fit.box.checked = facts.fit;
  };
  return { node, set };
}
