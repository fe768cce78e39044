// Controls with their labels: button, checkbox, list of choices, whole number, choices side by side.
import { el, freshId } from "./elements.js";
import { onKeys } from "./keys.js";
import { parseWhole } from "./numbers.js";

export function button(view, text, label, action, extra = {}) {
  const node = el("button", {
    type: "button",
    class: "cx-button",
    "aria-label": label,
    title: label,
    ...extra,
    text,
  });
  view.listen(node, "click", action);
  return node;
}

export function checkbox(view, words, action, extra = {}) {
  const box = el("input", { type: "checkbox" });
  view.listen(box, "change", () => action(box.checked));
  const node = el("label", { class: "cx-check", ...extra }, box, el("span", { text: words }));
  return { box, node };
}

// A labelled <select>; `set(options, value)` fills it, options as [value, text].
export function chooser(view, label, action, extra = {}) {
  const id = freshId("choose");
  const select = el("select", { id, class: "cx-select", ...extra });
  const node = el(
    "div",
    { class: "cx-field" },
    el("label", { class: "cx-label", for: id, text: label }),
    select,
  );
  view.listen(select, "change", () => action(select.value));
  let shown = "";
  const set = (options, value) => {
    const key = JSON.stringify(options);
    if (key !== shown) {
      shown = key;
      select.replaceChildren(...options.map(([v, text]) => el("option", { value: v, text })));
    }
    select.value = value;
  };
  return { node, select, set };
}

// What a chooser offers: the named ones {value: text}, and first the present one where it has no name.
export function optionsWith(named, value, text = "your own") {
  return [...(value in named ? [] : [[value, text]]), ...Object.entries(named)];
}

// A whole number with − and + that only reach the values allowed; typing asks Python, which answers
// in words where the value does not fit.
export function stepper(view, label, action) {
  const id = freshId("step");
  const input = el("input", {
    id,
    class: "cx-number",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
  });
  let allowed = [];
  let value = 0;
  const move = (by) => {
    const next =
      by > 0 ? allowed.find((other) => other > value) : allowed.findLast((other) => other < value);
    if (next === undefined) return;
    value = next; // a second press may come before Python's answer to the first
    input.value = next;
    action(next);
  };
  const stepButton = (sign, words, by) =>
    button(view, sign, `${label}: ${words}`, () => move(by), {
      class: "cx-button cx-step",
      tabindex: "-1",
    });
  const less = stepButton("−", "less", -1);
  const more = stepButton("+", "more", 1);
  const commit = () => {
    if (input.value.trim() === String(value)) return;
    const { value: typed, problem } = parseWhole(input.value);
    input.value = value;
    if (problem) view.complain(`${label}: ${problem}; it stays ${value}`);
    else action(typed);
  };
  view.listen(input, "change", commit);
  view.listen(input, "focus", () => input.select());
  onKeys(view, input, (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) move(by);
    if (event.key === "Enter" && !event.shiftKey) {
      commit();
      input.select();
    }
    return by !== undefined;
  });
  const node = el(
    "div",
    { class: "cx-field" },
    el("label", { class: "cx-label", for: id, text: label }),
    el("span", { class: "cx-stepper" }, less, input, more),
  );
  const set = (now, values) => {
    value = now;
    allowed = values.filter((other) => typeof other === "number");
    const typing =
      document.activeElement === input && input.value !== String(now) && !/^\d+$/.test(input.value);
    if (!typing) input.value = now;
    less.disabled = !allowed.some((other) => other < now);
    more.disabled = !allowed.some((other) => other > now);
  };
  return { node, input, set };
}

// Two or three choices side by side, options as [value, text].
export function segments(view, label, options, action) {
  const name = freshId("choice");
  const inputs = options.map(([value]) => {
    const input = el("input", { type: "radio", name, value });
    view.listen(input, "change", () => action(value));
    return input;
  });
  const id = freshId("legend");
  const holders = options.map(([, text], n) =>
    el("label", { class: "cx-segment" }, inputs[n], el("span", { text })),
  );
  const node = el(
    "div",
    { class: "cx-segments", role: "radiogroup", "aria-labelledby": id },
    el("span", { class: "cx-label", id, text: label }),
    el("span", { class: "cx-segment-row" }, ...holders),
  );
  const set = (value) => {
    for (const input of inputs) input.checked = input.value === value;
  };
  return { node, set, inputs };
}
