// Lines of code with a button that copies them.
import { button } from "./controls.js";
import { el, say } from "./elements.js";

export function codeLine(view, label) {
  const code = el("code", { class: "cx-code-text" });
  let timer = 0;
  view.atEnd.push(() => clearTimeout(timer));
  const copyText = async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      say(copy, "Copied");
      view.announce("Copied");
    } catch {
      say(copy, "Press Ctrl+C");
      getSelection().selectAllChildren(code);
    }
    clearTimeout(timer);
    timer = setTimeout(() => say(copy, "Copy"), 1500);
  };
  const copy = button(view, "Copy", `Copy the line of ${label}`, copyText, {
    class: "cx-button cx-copy",
  });
  const node = el(
    "div",
    { class: "cx-code" },
    el("span", { class: "cx-label", text: label }),
    code,
    copy,
  );
  return { node, set: (text) => say(code, text) };
}
