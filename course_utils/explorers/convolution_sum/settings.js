// Signal, kernel, operation and the outputs that are kept.
import { chooser, optionsWith, segments, stepper } from "../shared/controls.js";
import { el } from "../shared/elements.js";

const same = (name) => [name, name];

export function settings(view, model) {
  const { change } = view;
  const signal = chooser(view, "signal", (name) => change({ x_preset: name }));
  const xSize = stepper(view, "samples N", (n) => change({ x_size: n }));
  const kernel = chooser(view, "kernel", (name) => change({ w_preset: name }));
  const wSize = stepper(view, "weights F", (n) => change({ w_size: n }));
  const operations = ["convolution", "correlation"].map(same);
  const operation = segments(view, "operation", operations, (name) => change({ operation: name }));
  const modes = ["full", "same", "valid"].map(same);
  const mode = segments(view, "outputs kept", modes, (name) => change({ mode: name }));
  const parts = [signal, xSize, kernel, wSize, operation, mode];
  const node = el("div", { class: "cx-row" }, ...parts.map((part) => part.node));

  const set = (facts) => {
    signal.set(optionsWith(facts.signals, facts.x_preset), facts.x_preset);
    kernel.set(optionsWith(facts.kernels, facts.w_preset), facts.w_preset);
    xSize.set(model.get("x_size"), facts.choices.x_size);
    wSize.set(model.get("w_size"), facts.choices.w_size);
    operation.set(facts.operation);
    mode.set(facts.mode);
    for (const input of mode.inputs) input.disabled = !facts.choices.mode.includes(input.value);
  };
  return { node, set };
}
