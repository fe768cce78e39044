// One view of an explorer, from the moment it opens until it closes: its frame in the page, its
// listeners, and the way to Python and back. A real module: it runs under `node --test`, and
// bundle.py joins it, like all in this folder, into each explorer that imports it.
import { el, say } from "./elements.js";
import { keepKeys } from "./keys.js";

export function openView({ model, el: host, name, label }) {
  const ending = new AbortController();
  const { signal } = ending;
  const atEnd = [];
  const listen = (target, type, handler, options = {}) =>
    target.addEventListener(type, handler, { ...options, signal });
  const on = (type, handler) => {
    model.on(type, handler);
    atEnd.push(() => model.off(type, handler));
  };

  const root = el("section", { class: `cx-root ${name}`, "aria-label": label });
  const { node: alert, warn, complain } = alertLine(model);
  const { node: live, announce, fallSilent } = liveRegion();
  atEnd.push(fallSilent);
  host.append(root);
  keepKeys({ root, listen });
  // The notebook's context menu and cell dragging have no business in here.
  listen(root, "dblclick", (event) => event.stopPropagation());

  // `paint` draws what Python answered: now, and after each of its answers.
  const draw = (paint) => {
    const redraw = () => {
      try {
        warn();
        paint();
      } catch (problem) {
        complain(`the page could not draw this: ${problem.message}`);
        throw problem;
      } finally {
        root.dataset.rev = model.get("rev");
        root.dispatchEvent(new CustomEvent("explorer-drawn", { detail: model.get("rev") }));
      }
    };
    on("change:rev", redraw);
    on("change:error", warn);
    redraw();
  };

  const change = (values) => {
    complain("");
    for (const [key, value] of Object.entries(values)) model.set(key, value);
    model.save_changes();
  };

  const close = () => {
    ending.abort();
    for (const stop of atEnd) stop();
    root.remove();
  };
  return { root, alert, live, signal, listen, on, complain, announce, draw, change, close, atEnd };
}

// What Python refused, or what was typed here and is no number. The latter stands until the next
// change made here, for Python knows nothing of it.
function alertLine(model) {
  const node = el("p", { class: "cx-alert", role: "alert" });
  let typed = "";
  const warn = () => {
    const words = typed || model.get("error");
    say(node, words);
    node.hidden = !words;
  };
  const complain = (words) => {
    typed = words;
    warn();
  };
  warn();
  return { node, warn, complain };
}

// What a screen reader says; of several things in quick succession, the last.
function liveRegion() {
  const node = el("p", { class: "cx-hidden", "aria-live": "polite" });
  let timer = 0;
  const announce = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => say(node, words), 150);
  };
  return { node, announce, fallSilent: () => clearTimeout(timer) };
}
