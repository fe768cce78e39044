"""What the tests of every explorer know of it and do in its page."""

from __future__ import annotations

import base64
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
import numpy as np
from playwright.sync_api import Locator

from tests.browser.lab import Lab

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

_AXE = """async ([root, rules]) => {
    const found = await axe.run(root, { resultTypes: ['violations'], ...rules });
    return found.violations.map(v => `${v.id}: ${v.help} (` +
        v.nodes.map(n => `${n.target} ${n.failureSummary}`).join('; ') + ')'); }"""

# Time from a key, or from a click on one part after the other, to the frame after the redraw;
# where Python has no part in it, until the handler is done.
_MEASURE = """async ([root, nodes, keys, python]) => {
    const times = [];
    for (const [n, key] of keys.entries()) {
        const node = key === 'click' ? nodes[(n + 1) % nodes.length] : nodes[0];
        if (n === 0) node.focus();
        const drawn = python
            ? new Promise(done => root.addEventListener('explorer-drawn', done, { once: true }))
            : Promise.resolve();
        const start = performance.now();
        if (key === 'click') node.click();
        else node.dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        await drawn;
        if (python) await new Promise(requestAnimationFrame);
        times.push(performance.now() - start);
        await new Promise(done => setTimeout(done, 10));
    }
    return times; }"""

_PIXELS = """canvas => {
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return [canvas.height, canvas.width, btoa(String.fromCharCode(...data))]; }"""


@dataclass(frozen=True)
class Keys:
    """Keys pressed in one part of a view, and what they do: `expression` becomes `expected`."""

    where: str
    keys: list[str]
    expression: str
    expected: Any


@dataclass(frozen=True)
class Latency:
    """Something whose time from the key to the pixels is measured: the keys are pressed in turn.

    The key "click" clicks on the parts one after the other instead.
    """

    words: str
    where: str
    keys: str
    change: str = ""
    python: bool = True


@dataclass(frozen=True)
class Explorer:
    """What differs between explorers in the tests that all of them must pass.

    `states` are arguments of `update` that show it from all sides, `fast` are twenty keys at once,
    `step` is a part and a key in it that makes Python compute anew, and `own` selects what each
    view has to itself.
    """

    name: str
    states: Mapping[str, str]
    fast: Keys
    step: tuple[str, str]
    latencies: tuple[Latency, ...]
    own: str = ""


def violations(lab: Lab, root: Locator, *, contrast_alone: bool = False) -> list[str]:
    """What axe-core objects to inside the explorer."""
    if not lab.page.evaluate("() => 'axe' in window"):
        # JupyterLab's module loader would take axe for itself; it is wanted on the window.
        lab.page.evaluate(
            """source => { const define = window.define; window.define = undefined;
            try { (0, eval)(source); } finally { window.define = define; } }""",
            AXE.read_text(encoding="utf-8"),
        )
    rules = {"runOnly": ["color-contrast"]} if contrast_alone else {}
    found: list[str] = lab.page.evaluate(_AXE, [root.element_handle(), rules])
    return found


def pixels(root: Locator, selector: str) -> np.ndarray:
    """What is painted on the canvas in a part of the view: (rows, columns, RGBA)."""
    rows, columns, data = root.locator(f"{selector} >> canvas").evaluate(_PIXELS)
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)


def number(text: str | None) -> float:
    """A number as it is read in the page."""
    return float((text or "nan").replace("−", "-").replace("∞", "inf"))


def measure(root: Locator, latency: Latency) -> str:
    """One line: the median and the longest of six, after two that find cold caches."""
    keys = (latency.keys.split() * 8)[:8]
    nodes = root.locator(latency.where).element_handles()
    arguments = [root.element_handle(), nodes, keys, latency.python]
    times: list[float] = root.page.evaluate(_MEASURE, arguments)
    median, longest = statistics.median(times[2:]), max(times[2:])
    way = "through Python" if latency.python else "JavaScript"
    return f"{latency.words}, {way}: median {median:.1f} ms, longest {longest:.1f} ms"


def settle(lab: Lab, code: str) -> None:
    """Run code that changes the explorer `e`, and wait until every view has drawn it."""
    drawn(lab, lab.value(f"[{code}, e.rev][-1]" if code else "e.rev"))


def enter(lab: Lab, change: str) -> None:
    """Change the explorer `e`, from the state in which it opens, by these arguments."""
    settle(lab, f"[e.reset(), e.update({change})]" if change else "e.reset()")


def answered(lab: Lab) -> None:
    """Wait until Python has answered every key that was typed, so that none arrives later."""
    before = None
    while before != (rev := lab.value("e.rev")):
        before = rev
        lab.page.wait_for_timeout(250)


def drawn(lab: Lab, rev: int | None = None) -> None:
    """Wait until every view shows revision `rev`, by default the present one, or a later one."""
    lab.page.wait_for_function(
        """rev => [...document.querySelectorAll('.cx-root')]
            .every(root => Number(root.dataset.rev) >= rev)""",
        arg=lab.value("e.rev") if rev is None else rev,
    )


def expect(lab: Lab, expression: str, expected: Any) -> None:
    """Ask Python until the expression has the value expected; fail if it has not after a while."""
    end = time.monotonic() + 10
    while (value := lab.value(expression)) != expected and time.monotonic() < end:
        lab.page.wait_for_timeout(25)
    assert value == expected, expression


def two_frames(lab: Lab) -> None:
    """Wait until what the pointer did is on the screen."""
    for _ in range(2):
        lab.page.evaluate("() => new Promise(requestAnimationFrame)")
