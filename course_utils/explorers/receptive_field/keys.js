// Keys: on the picture the arrows move the unit and Page Up and Page Down change its layer; on the
// strip of maps the arrows go from map to map.
import { moved, onKeys } from "../shared/keys.js";
import { clamp } from "../shared/numbers.js";

// `unit()` is the present one and `count()` how many there are along a side.
export function pictureKeys(view, picture, { unit, count, look, layer, layers, chooseLayer }) {
  onKeys(view, picture, ({ key, shiftKey }) => {
    const up = { PageUp: 1, PageDown: -1 }[key];
    if (up) {
      const to = clamp(layer() + up, 1, layers());
      if (to !== layer()) chooseLayer(to);
      return true;
    }
    const to = moved(key, unit(), [count(), count()], shiftKey);
    if (to) look(to);
    return to !== null;
  });
}

export function stripKeys(view, strip, { at, last, focus }) {
  onKeys(view, strip, ({ key }) => {
    const to = alongStrip(key, at(), last());
    if (to !== null) focus(to);
    return to !== null;
  });
}

// Where a key leads on a strip of maps; null for other keys.
export function alongStrip(key, at, last) {
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  const to = by ? at + by : { Home: 0, End: last }[key];
  return to === undefined ? null : clamp(to, 0, last);
}
