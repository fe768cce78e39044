// Keys on the kernel and on the output: left and right move t.
import { movedAlong, onKeys } from "../shared/keys.js";

// `t()` is the present time, `ends()` the first and the last.
export function timeKeys(view, plot, { t, ends, look }) {
  onKeys(view, plot, ({ key, shiftKey }) => {
    const to = movedAlong(key, t(), ends(), shiftKey);
    if (to !== null) look(to);
    return to !== null;
  });
}
