// Keys on the two pictures: arrows move the window, Space and Enter pin it, Escape lets go.
import { moved, onKeys } from "../shared/keys.js";

export function pictureKeys(view, frame, { at, shape, look, isPinned, setPinned }) {
  onKeys(view, frame, ({ key, shiftKey }) => {
    if (key === "Escape") {
      setPinned(false);
      return false;
    }
    if (key === " " || key === "Enter") {
      if (!shiftKey) setPinned(!isPinned());
      return !shiftKey;
    }
    const to = moved(key, at(), shape(), shiftKey);
    if (to) look(to);
    return to !== null;
  });
}
