"""What the tests of every explorer do in its page."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
from playwright.sync_api import Locator

from tests.browser.lab import Notebook

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

_AXE = """async root => {
    const found = await axe.run(root, { resultTypes: ['violations'] });
    return found.violations.map(v => `${v.id}: ${v.help} (` +
        v.nodes.map(n => `${n.target} ${n.failureSummary}`).join('; ') + ')'); }"""

# Time from dispatching a key to the frame after the redraw, through Python.
_MEASURE_KEYS = """async ([root, selector, keys, event]) => {
    const node = root.querySelector(selector);
    node.focus();
    const times = [];
    for (const key of keys) {
        const drawn = event === 'python'
            ? new Promise(done => root.addEventListener('explorer-drawn', done, { once: true }))
            : Promise.resolve();
        const start = performance.now();
        node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        await drawn;
        if (event === 'python') await new Promise(requestAnimationFrame);
        times.push(performance.now() - start);
        await new Promise(done => setTimeout(done, 30));
    }
    return times; }"""


def violations(notebook: Notebook, root: Locator) -> list[str]:
    """What axe-core objects to inside the explorer."""
    if not notebook.page.evaluate("() => 'axe' in window"):
        # JupyterLab's module loader would take axe for itself; it is wanted on the window.
        notebook.page.evaluate(
            """source => { const define = window.define; window.define = undefined;
            try { (0, eval)(source); } finally { window.define = define; } }""",
            AXE.read_text(encoding="utf-8"),
        )
    found: list[str] = root.evaluate(_AXE)
    return found


def measure_keys(root: Locator, selector: str, keys: list[str], *, python: bool) -> list[float]:
    """Milliseconds from each key to the new pixels."""
    handle = root.element_handle()
    times: list[float] = root.page.evaluate(
        _MEASURE_KEYS, [handle, selector, keys, "python" if python else "page"]
    )
    return times[3:]  # the first few find cold caches


def words(name: str, times: list[float]) -> str:
    """One line: median and p90."""
    p90 = sorted(times)[int(0.9 * (len(times) - 1))]
    return f"{name}: median {statistics.median(times):.1f} ms, p90 {p90:.1f} ms (n = {len(times)})"


def settle(notebook: Notebook, code: str) -> None:
    """Run code that changes the explorer `e`, and wait until every view has drawn it."""
    rev = notebook.value(f"[{code}, e.rev][-1]") if code else notebook.value("e.rev")
    drawn(notebook, rev)


def answered(notebook: Notebook) -> None:
    """Wait until Python has answered every key that was typed, so that none arrives later."""
    before = None
    while before != (rev := notebook.value("e.rev")):
        before = rev
        notebook.page.wait_for_timeout(250)


def drawn(notebook: Notebook, rev: int) -> None:
    """Wait until every view shows revision `rev` or a later one."""
    notebook.page.wait_for_function(
        """rev => [...document.querySelectorAll('.cx-root')]
            .every(root => Number(root.dataset.rev) >= rev)""",
        arg=rev,
    )


def wait_for(notebook: Notebook, expression: str, expected: Any) -> Any:
    """Ask Python until the expression has the value expected, for a while; return what it has."""
    value = None
    for _ in range(40):
        value = notebook.value(expression)
        if value == expected:
            break
        notebook.page.wait_for_timeout(25)
    return value
