"""What every explorer owes its reader, in a real JupyterLab: one battery for all of them.

An explorer that `course_utils.explorers` exports is tested here without being added. What differs
stands as EXPLORER beside its own tests, in ``test_NAME_explorer.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from playwright.sync_api import Locator

from course_utils import explorers
from course_utils.explorers.shared.bundle import styles
from tests.browser.explorer_page import (
    Explorer,
    drawn,
    enter,
    expect,
    measure,
    settle,
    two_frames,
    violations,
)
from tests.browser.lab import Lab

# Keys that JupyterLab acts on in command mode: a cell below, above, cut, of another kind, the next.
NOTEBOOK_KEYS = ("b", "a", "x", "m", "ArrowDown", "ArrowUp")

# What a view shows: its markup without what is its own (ids, the way of Tab, what is spoken), the
# values of its fields, and the pixels of its canvases.
SHOWN = r"""(root, own) => {
    const copy = root.cloneNode(true);
    for (const node of copy.querySelectorAll(own)) node.remove();
    const html = copy.outerHTML.replace(/cx-[a-z]+-[a-z0-9]{1,6}-\d+/g, 'id')
        .replace(/ tabindex="-?\d"/g, '');
    const fields = [...root.querySelectorAll('input, select')].map(
        n => [n.value, n.checked, n.disabled, n.max]);
    const pixels = [...root.querySelectorAll('canvas')].map(n => n.toDataURL());
    return [html, fields, pixels]; }"""

FAST = """async (node, keys) => {
    node.focus();
    for (const key of keys) {
        node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        await new Promise(done => setTimeout(done, 4));
    } }"""

# Where Tab should lead: all that can be operated, of radio buttons the chosen one.
STOPS = """root => {
    const reachable = n => n.tabIndex >= 0 && !n.disabled && n.checkVisibility();
    const chosen = n => n.type !== 'radio' || n.checked ||
        !root.querySelector(`input[name="${n.name}"]:checked`) &&
        n === root.querySelector(`input[name="${n.name}"]`);
    window.stops = [...root.querySelectorAll('button, input, select, [tabindex]')]
        .filter(n => reachable(n) && chosen(n));
    window.marked = node => [node, node.nextElementSibling, node.closest('label')].map(
        n => n && [getComputedStyle(n).outline, getComputedStyle(n).boxShadow]).join();
    window.stops[0].focus({ focusVisible: true });
    return window.stops.length; }"""
# Which of them has the focus now, and how it is marked; how the one before it looks without.
HERE = """() => [window.stops.indexOf(document.activeElement),
    window.marked(document.activeElement)]"""
LEFT = "n => [window.stops[n].outerHTML, window.marked(window.stops[n])]"

CLIPPED = """root => {
    const edge = root.getBoundingClientRect().right + 1;
    // what only a screen reader reads is one pixel wide
    const visible = n => n.offsetParent && n.clientWidth !== 1 && !n.closest('.cx-hidden');
    const all = [...root.querySelectorAll('*')].filter(visible);
    const style = n => getComputedStyle(n);
    const scrolled = n => n !== root &&
        (style(n).overflowX !== 'visible' || scrolled(n.parentElement));
    const beyond = all.filter(n => n.getBoundingClientRect().right > edge && !scrolled(n));
    const words = 'td, button, .cx-label, .cx-note, .cx-title, .cx-segment span';
    const cut = all.filter(n => n.matches(words) && n.scrollWidth > n.clientWidth + 1 &&
        style(n).display !== 'inline');
    const wide = root.scrollWidth > root.clientWidth ? [root] : [];
    return [...beyond, ...cut, ...wide].map(n => `${n.className}: ${n.textContent}`); }"""

# How the parts of a view look, as the browser computed it, once nothing changes any more: what is
# drawn to its width draws anew when a sheet changes it. Of the parts with the same classes in a
# part with the same classes, the last is enough.
LOOK = """async ([root, properties]) => {
    const name = n => `${n.tagName} ${n.getAttribute('class')}`;
    const look = () => {
        const lines = {};
        for (const n of [root, ...root.querySelectorAll('*')]) {
            const style = getComputedStyle(n);
            lines[`${name(n.parentElement)} > ${name(n)}`] =
                properties.map(property => `${property}: ${style.getPropertyValue(property)}`);
        }
        return lines; };
    const later = () => new Promise(done => setTimeout(done, 100));
    let before, now = look();
    const end = Date.now() + 10000;
    do {
        before = now;
        await later();
        now = look();
    } while (JSON.stringify(before) !== JSON.stringify(now) && Date.now() < end);
    return now; }"""
LOAD = """sheets => {
    document.querySelectorAll('style[data-test]').forEach(node => node.remove());
    for (const text of sheets) {
        const node = document.createElement('style');
        node.dataset.test = '';
        node.textContent = text;
        document.head.append(node);
    } }"""
# The sheets that anywidget loaded, of this explorer and of those shown before it.
SWITCH = """on => [...document.querySelectorAll('style:not([data-test])')]
    .filter(node => node.textContent.includes('.cx-root'))
    .forEach(node => { node.disabled = !on; })"""


def folder(name: str) -> str:
    """Where an explorer lives: ConvArithmeticExplorer in conv_arithmetic."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Explorer")).lower()


@pytest.fixture(scope="module", params=explorers.__all__)
def explorer(request: pytest.FixtureRequest) -> Explorer:
    beside = import_module(f"tests.browser.test_{folder(request.param)}_explorer")
    known: Explorer = beside.EXPLORER
    assert known.name == request.param
    return known


def states(explorer: Explorer) -> list[str]:
    return ["", *explorer.states.values()]


def shown(view: Locator, explorer: Explorer) -> list[object]:
    found: list[object] = view.evaluate(SHOWN, f"[aria-live], {explorer.own or 'style'}")
    return found


def test_it_draws_at_once_and_says_nothing_is_wrong(lab: Lab, root: Locator) -> None:
    assert lab.at_first == []
    box = root.bounding_box()
    assert box is not None
    assert box["width"] > 600
    assert box["height"] > 200
    assert root.get_by_role("alert").is_hidden()
    assert root.get_attribute("aria-label")


def test_two_views_show_the_same(lab: Lab, explorer: Explorer) -> None:
    first, second = lab.views().all()
    for change in states(explorer):
        enter(lab, change)
        assert shown(first, explorer) == shown(second, explorer), change
    enter(lab, "")
    before = shown(second, explorer)
    where, key = explorer.step
    first.locator(where).first.press(key)
    expect(lab, "e.rev > 1", True)
    drawn(lab)
    lab.page.evaluate("() => document.activeElement.blur()")
    assert shown(first, explorer) == shown(second, explorer)
    assert shown(second, explorer) != before
    ids = lab.page.evaluate(
        "() => [...document.querySelectorAll('.cx-root [id]')].map(node => node.id)"
    )
    assert len(ids) == len(set(ids))


def test_twenty_fast_keys_all_arrive(lab: Lab, root: Locator, explorer: Explorer) -> None:
    # Answers to the first must not undo the later ones.
    fast = explorer.fast
    assert len(fast.keys) >= 20
    root.locator(fast.where).first.evaluate(FAST, fast.keys)
    expect(lab, fast.expression, fast.expected)
    drawn(lab)
    lab.page.evaluate("() => document.activeElement.blur()")
    first, second = lab.views().all()
    assert shown(first, explorer) == shown(second, explorer)


def test_the_notebook_gets_none_of_the_keys_typed_here(lab: Lab, root: Locator) -> None:
    cells = lab.cells()
    kinds = ("[role=application]", "button", "input[type=text]", "input[type=radio]", "select")
    for kind in kinds:
        places = root.locator(f"{kind} >> visible=true").all()
        for place in places if kind == "[role=application]" else places[:1]:
            place.focus()
            for key in NOTEBOOK_KEYS:
                lab.page.keyboard.press(key)
            assert root.evaluate("root => root.contains(document.activeElement)"), kind
    assert lab.cells() == cells
    settle(lab, "e.reset()")


def test_tab_leads_to_everything_and_shows_where_it_is(lab: Lab, root: Locator) -> None:
    count = root.evaluate(STOPS)
    seen = []
    unmarked = []
    for _ in range(count):
        at, marked = lab.page.evaluate(HERE)
        seen.append(at)
        lab.page.keyboard.press("Tab")
        markup, plain = lab.page.evaluate(LEFT, at)
        if marked == plain:
            unmarked.append(markup)
    assert seen == list(range(count))
    assert unmarked == []
    assert not root.evaluate("root => root.contains(document.activeElement)")  # and out again


def test_an_error_is_shown_until_the_next_change(
    lab: Lab, root: Locator, explorer: Explorer
) -> None:
    where, key = explorer.step
    alert = root.get_by_role("alert")
    lab.python("def broken(change): raise KeyError('on purpose')\ne.observe(broken, 'rev')")
    try:
        root.locator(where).first.press(key)
        alert.wait_for()
        assert alert.inner_text() == "KeyError: 'on purpose'"
    finally:
        lab.python("e.unobserve(broken, 'rev')")
    root.locator(where).first.press(key)
    alert.wait_for(state="hidden")


def test_names_and_roles(lab: Lab, root: Locator, explorer: Explorer) -> None:
    for change in states(explorer):
        enter(lab, change)
        assert violations(lab, root) == [], change


def test_contrast_in_the_dark_and_of_an_error(lab: Lab, root: Locator, explorer: Explorer) -> None:
    lab.python("e.error = 'this is wrong'")
    root.get_by_role("alert").wait_for()
    assert violations(lab, root, contrast_alone=True) == []
    lab.theme("Dark")
    assert violations(lab, root, contrast_alone=True) == []
    for change in explorer.states.values():
        enter(lab, change)
        assert violations(lab, root, contrast_alone=True) == [], change


def test_nothing_is_clipped(lab: Lab, root: Locator, explorer: Explorer) -> None:
    for change in states(explorer):
        enter(lab, change)
        for width in (1030, 730, 530):  # in windows of 1200, 900 and 700
            root.evaluate("(root, width) => { root.style.width = `${width}px`; }", width)
            two_frames(lab)  # what is drawn to its width draws anew
            assert root.evaluate(CLIPPED) == [], (change, width)
    root.evaluate("root => { root.style.width = ''; }")


def test_it_looks_the_same_whatever_else_is_on_the_page(
    lab: Lab, root: Locator, explorer: Explorer
) -> None:
    lab.calm(True)  # no colour is on its way to another
    # Its own sheets come first: where two rules are of one weight, those of the others prevail.
    names = sorted(explorers.__all__, key=lambda name: name != explorer.name)
    sheets = [styles(f"{folder(name)}/page.js") for name in names]
    properties = sorted(set(re.findall(r"(?<=[{;\n])\s*([a-z-]+):", "".join(sheets))))
    properties += [f"border-{side}" for side in ("top", "right", "bottom", "left")]
    for change in states(explorer):
        enter(lab, change)
        lab.page.evaluate(SWITCH, False)
        looks = []
        for loaded in (1, len(sheets)):
            lab.page.evaluate(LOAD, sheets[:loaded])
            looks.append(lab.page.evaluate(LOOK, [root.element_handle(), properties]))
        alone, among_others = looks
        assert len(alone) > 10
        for part in alone | among_others:
            assert among_others.get(part) == alone.get(part), (change, part)
        lab.page.evaluate(LOAD, [])
        lab.page.evaluate(SWITCH, True)


def test_latency(
    lab: Lab, root: Locator, explorer: Explorer, latency: Callable[[str], None]
) -> None:
    for measured in explorer.latencies:
        enter(lab, measured.change)
        latency(f"{explorer.name}, {measure(root, measured)}")


def test_a_view_closes_without_a_trace_and_a_new_run_brings_it_back(
    lab: Lab, explorer: Explorer
) -> None:
    gone = lab.views(2).last.element_handle()
    lab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets[2].model.outputs.clear()"
    )
    left = lab.views(1).first
    where, key = explorer.step
    before = gone.get_attribute("data-rev")
    left.locator(where).first.press(key)
    expect(lab, "e.rev > 1", True)
    drawn(lab)
    assert gone.get_attribute("data-rev") == before  # it is not drawn behind the scenes
    old = lab.value("e.model_id")
    lab.run_all()
    lab.page.wait_for_function("() => document.querySelectorAll('.cx-root').length === 2")
    expect(lab, f"e.model_id != {old!r} and e.rev == 1", True)
    first, second = lab.views().all()
    assert shown(first, explorer) == shown(second, explorer)
    first.locator(where).first.press(key)
    expect(lab, "e.rev > 1", True)
    drawn(lab)
