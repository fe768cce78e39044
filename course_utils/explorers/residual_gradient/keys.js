// Keys on the plot: left and right along the layers, up and down through the λ.
import { movedAlong, onKeys } from "../shared/keys.js";

// The λ above or below one of a list; null at the ends.
export function neighbour(values, now, up) {
  const found = up ? values.find((value) => value > now) : values.findLast((value) => value < now);
  return found ?? null;
}

// `layer()` and `lambda()` tell [the present one, the possible ones]: [now, count], [now, values].
export function plotKeys(view, plot, { layer, lambda, look, choose }) {
  onKeys(view, plot, ({ key, shiftKey }) => {
    if (key === "ArrowUp" || key === "ArrowDown") {
      const [now, values] = lambda();
      const next = neighbour(values, now, key === "ArrowUp");
      if (next !== null) choose(next);
      return true;
    }
    const [at, count] = layer();
    const to = movedAlong(key, at, [0, count - 1], shiftKey);
    if (to !== null) look(to);
    return to !== null;
  });
}
