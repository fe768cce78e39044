// Going through positions by hand or by itself: back, play, forward, a slider and a speed.
import { button, chooser } from "./controls.js";
import { el, say } from "./elements.js";
import { clamp } from "./numbers.js";

// Which position comes after `at` of `count`, and whether the end is reached.
export function nextPosition(at, count, by = 1) {
  const next = at + by;
  return next >= count ? { at: count - 1, ended: true } : { at: next, ended: false };
}

// `go(position)` is called for every move, speeds are [steps a second, word].
export function player(view, { label, speeds, speed, go }) {
  let at = 0;
  let count = 1;
  const slider = el("input", {
    type: "range",
    class: "cx-slider",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": label,
  });
  const rate = chooser(view, "speed", () => {});
  rate.set(speeds, speed);
  const clock = ticking({
    perSecond: () => Number(rate.select.value),
    advance: (by) => {
      const next = nextPosition(at, count, by);
      go(next.at);
      if (next.ended) stop();
    },
  });

  const toggle = button(view, "▶", "Play", () => (clock.isRunning() ? stop() : start()), {
    class: "cx-button cx-play",
  });
  const back = button(view, "‹", "One step back", () => step(-1));
  const forward = button(view, "›", "One step on", () => step(1));
  const listeners = [];
  const show = () => {
    const playing = clock.isRunning();
    say(toggle, playing ? "❚❚" : "▶");
    toggle.title = playing ? "Pause" : "Play";
    toggle.setAttribute("aria-label", toggle.title);
    for (const listener of listeners) listener(playing);
  };
  function step(by) {
    stop();
    go(clamp(at + by, 0, count - 1));
  }
  function start() {
    if (at >= count - 1) go(0);
    clock.start();
    show();
  }
  function stop() {
    if (!clock.isRunning()) return;
    clock.stop();
    show();
  }
  view.atEnd.push(stop);
  view.listen(slider, "input", () => {
    stop();
    go(Number(slider.value));
  });
  const node = el("div", { class: "cx-player" }, back, toggle, forward, slider, rate.node);
  const set = (position, total, words) => {
    at = position;
    count = total;
    slider.max = total - 1;
    slider.value = position;
    slider.setAttribute("aria-valuetext", words);
  };
  const onPlay = (listener) => listeners.push(listener);
  return { node, slider, set, stop, onPlay, isPlaying: clock.isRunning };
}

// Calls `advance(steps)` in the frames in which one or more steps are due.
function ticking({ perSecond, advance }) {
  let running = false;
  let frame = 0;
  let owed = 0;
  let last = 0;
  const tick = (now) => {
    if (!running) return;
    // Reduced motion: at most two steps a second, whatever the speed says.
    owed += ((now - last) / 1000) * (calmMotion() ? Math.min(2, perSecond()) : perSecond());
    last = now;
    const due = Math.floor(owed);
    owed -= due;
    if (due) advance(due);
    if (running) frame = requestAnimationFrame(tick);
  };
  const start = () => {
    running = true;
    owed = 0;
    last = performance.now();
    frame = requestAnimationFrame(tick);
  };
  const stop = () => {
    running = false;
    cancelAnimationFrame(frame);
  };
  return { start, stop, isRunning: () => running };
}

const calmMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
