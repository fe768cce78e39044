// The picture, the filter, and how the filter is moved over it.
import { checkbox, chooser, optionsWith, segments, stepper } from "../shared/controls.js";
import { pictureFile } from "./picture_file.js";

const OPERATIONS = [
  ["correlation", "correlation"],
  ["convolution", "true convolution"],
];
const SAME = "as much padding as keeps the size; PyTorch has it at stride 1 only";

// Two rows: what is filtered with what, above the pictures, and how, below them.
export function settings(view, model) {
  const { change } = view;
  const picture = chooser(view, "picture", (name) => change({ picture: name }));
  const file = pictureFile(view);
  const preset = chooser(view, "filter", (name) => change({ preset: name }));
  const [rows, columns] = ["rows", "columns"].map((axis, k) =>
    stepper(view, `kernel ${axis}`, (n) => {
      const size = [...model.get("kernel_size")];
      size[k] = n;
      change({ kernel_size: size });
    }),
  );
  const [stride, padding, dilation] = ["stride", "padding", "dilation"].map((name) =>
    stepper(view, name, (n) => change({ [name]: n })),
  );
  const same = checkbox(
    view,
    "same",
    (on) => change({ padding: on ? "same" : paddingOf(model.get("facts")) }),
    { title: SAME },
  );
  const mode = chooser(view, "border", (name) => change({ padding_mode: name }));
  const operation = segments(view, "operation", OPERATIONS, (name) =>
    change({ flip: name === "convolution" }),
  );

  // Fields show the newest value, which may be ahead of the answer that is drawn.
  const set = (facts) => {
    const { choices } = facts;
    picture.set(optionsWith(facts.pictures, facts.picture, facts.picture), facts.picture);
    preset.set(optionsWith(facts.presets, facts.preset), facts.preset);
    rows.set(model.get("kernel_size")[0], choices.rows);
    columns.set(model.get("kernel_size")[1], choices.columns);
    stride.set(model.get("stride"), choices.stride);
    dilation.set(model.get("dilation"), choices.dilation);
    const asked = model.get("padding");
    padding.set(asked === "same" ? paddingOf(facts) : asked, choices.padding);
    same.box.checked = facts.padding === "same";
    same.box.disabled = !choices.padding.includes("same");
    const modes = facts.padding_modes.filter((name) => choices.padding_mode.includes(name));
    mode.set(
      modes.map((name) => [name, name]),
      facts.padding_mode,
    );
    operation.set(facts.flip ? "convolution" : "correlation");
  };
  const above = [picture.node, ...file.nodes, preset.node, rows.node, columns.node, operation.node];
  const below = [stride.node, padding.node, same.node, mode.node, dilation.node];
  return { above, below, set };
}

// The number that stands in the field for the padding.
const paddingOf = ({ padding, before }) => (padding === "same" ? before[0] : padding);
