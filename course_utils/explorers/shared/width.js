// Drawings that are laid out anew when the page becomes wider or narrower.

// `act(width)` is called for the width of `node` in whole CSS pixels: at first, and when it changes.
export function onWidth(view, node, act) {
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (!now || now === width) return;
    width = now;
    act(width);
  });
  observer.observe(node);
  view.atEnd.push(() => observer.disconnect());
}
