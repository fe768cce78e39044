// The picture under the field of the unit, with room around it for what lies in the padding.
import { octets } from "../shared/bytes.js";
import { el, place, say, svg } from "../shared/elements.js";
import { marginOf, unitAt, windowOf } from "./field.js";
import { blend } from "./heat.js";

export function picture() {
  const canvas = el("canvas", { class: "cx-rf-canvas", "aria-hidden": "true" });
  const box = svg("rect", { class: "cx-rf-box" });
  const centre = svg("rect", { class: "cx-rf-centre" });
  const hint = svg("rect", { class: "cx-rf-hint" });
  const attributes = { class: "cx-rf-over", "aria-hidden": "true" };
  const over = svg("svg", attributes, hint, centre, box);
  const frame = el(
    "div",
    {
      class: "cx-rf-frame",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "picture",
      "aria-label": "picture: arrow keys move the unit, page up and page down change its layer",
    },
    canvas,
    over,
  );
  const caption = el("p", { class: "cx-note" });
  const node = el("div", { class: "cx-rf-left" }, frame, caption);
  let facts = null;
  const layer = () => [facts.fields[facts.layer], facts.maps[facts.layer][1]];

  const paint = (now, model) => {
    facts = now;
    blendOnto(canvas, facts, octets(model.get("photo_bytes")), octets(model.get("heat_bytes")));
    makeRoom(canvas, over, facts.side, marginOf(...layer(), facts.side) + 2);
    const [top, bottom, left] = facts.windows[0];
    surround(box, facts.windows[0]);
    const { centre_side: side } = facts;
    const cut = (bottom - top + 1 - side) / 2;
    place(centre, left + cut, top + cut, side, side);
    centre.style.display = facts.effective !== "none" && side ? "" : "none";
    hint.style.display = "none";
    say(caption, captionOf(facts));
  };
  // The unit of the layer that is under the pointer.
  const unitUnder = (event) => {
    const area = canvas.getBoundingClientRect();
    const scale = facts.side / area.width;
    const pixel = [event.clientY - area.top, event.clientX - area.left];
    return unitAt(...layer(), ...pixel.map((at) => at * scale - 0.5));
  };
  // Outline the field of a unit that could be chosen; of none for null.
  const hintAt = (unit) => {
    hint.style.display = unit ? "" : "none";
    if (unit) surround(hint, windowOf(layer()[0], unit));
  };
  return { node, frame, paint, unitUnder, hintAt };
}

function blendOnto(canvas, { side, windows }, photo, heat) {
  if (canvas.width !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(side, side);
  blend(photo, heat, side, windows[0], image.data);
  context.putImageData(image, 0, 0);
}

// Leave a margin of so many pixels on all sides of the picture: the same for a whole layer.
function makeRoom(canvas, over, side, margin) {
  const whole = side + 2 * margin;
  over.setAttribute("viewBox", `${-margin} ${-margin} ${whole} ${whole}`);
  const inset = `${(100 * margin) / whole}%`;
  const length = `${(100 * side) / whole}%`;
  Object.assign(canvas.style, { left: inset, top: inset, width: length, height: length });
}

const surround = (rect, [top, bottom, left, right]) =>
  place(rect, left, top, right - left + 1, bottom - top + 1);

function captionOf({ effective, seed }) {
  if (effective === "none") return "solid: the receptive field";
  if (effective === "average") {
    return "orange: how strongly each pixel moves the unit, on average over random weights; solid: the receptive field";
  }
  return `orange: the gradient in one network of 4 channels with random weights (seed ${seed}) on this picture`;
}
