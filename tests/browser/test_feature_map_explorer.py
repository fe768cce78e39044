"""FeatureMapExplorer in a real JupyterLab: what a reader sees, chooses and hears."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from playwright.sync_api import Locator

from course_utils.explorers.shared import colours
from tests.browser.explorer_page import (
    drawn,
    measure_keys,
    settle,
    violations,
    wait_for,
    words,
)
from tests.browser.lab import Notebook

CELLS = [
    "from course_utils.explorers import FeatureMapExplorer\ne = FeatureMapExplorer()\ne",
    "e",  # a second view of the same explorer
]
PIXELS = """canvas => {
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return [canvas.height, canvas.width, btoa(String.fromCharCode(...data))]; }"""
LENET = "e.update(scene='lenet', layer='features.3', filter=5)"


def canvas(root: Locator, selector: str) -> np.ndarray:
    rows, columns, data = root.locator(f"{selector} >> canvas").evaluate(PIXELS)
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)[..., :3]


def array(notebook: Notebook, what: str) -> np.ndarray:
    return np.array(notebook.value(f"e.explain().{what}.tolist()"))


def shades(values: np.ndarray, largest: float) -> np.ndarray:
    return colours.pixels(values, colours.Scale(True, -largest, largest))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("change", ["", LENET, "e.update(scene='coffee', filter=2)"])
def test_the_maps_are_pythons_in_the_courses_colours(
    notebook: Notebook, root: Locator, change: str
) -> None:
    if change:
        settle(notebook, change)
    channels, partial, total = (array(notebook, k) for k in ("channels", "partial", "total"))
    largest = max(abs(partial).max(), abs(total).max())
    grey = colours.scale_of(channels)
    for c in range(len(partial)):
        card = f".cx-fm-card >> nth={c}"
        expected = colours.pixels(channels[c], grey)
        np.testing.assert_array_equal(canvas(root, f"{card} >> .cx-fm-input"), expected)
        expected = shades(partial[c], largest)
        np.testing.assert_array_equal(canvas(root, f"{card} >> .cx-fm-partial"), expected)
    np.testing.assert_array_equal(canvas(root, ".cx-fm-result >> nth=0"), shades(total, largest))
    np.testing.assert_array_equal(
        canvas(root, ".cx-fm-result >> nth=1"), shades(np.maximum(total, 0), largest)
    )
    maps = np.maximum(array(notebook, "maps"), 0)
    for k in (0, len(maps) - 1):
        expected = shades(maps[k], maps[k].max() or 1.0)
        np.testing.assert_array_equal(canvas(root, f".cx-fm-thumb >> nth={k}"), expected)


def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator) -> None:
    settle(notebook, f"{LENET[:-1]}, focus=(4, 6))")
    values, bias, total = notebook.value(
        "[e.explain().values, e.explain().bias, e.explain().total[4, 6]]"
    )
    shown = [number(text) for text in root.locator(".cx-fm-value").all_inner_texts()]
    assert shown == pytest.approx(values, abs=0.0006)
    terms = root.locator(".cx-fm-number").all_inner_texts()
    terms = [number(text.replace("+ ", "").strip("()")) for text in terms]
    assert terms == pytest.approx([*values, bias], abs=0.0006)
    assert root.locator(".cx-fm-left").inner_text() == "y[5, 4, 6] ="
    said = root.locator(".cx-fm-total").inner_text()
    assert number(said.split()[1].rstrip(",")) == pytest.approx(total, abs=0.0006)
    assert float(root.get_attribute("data-sum") or "nan") == total
    slices = array(notebook, "slices")
    texts = root.locator(".cx-fm-slice text").all_text_contents()
    assert [number(text) for text in texts] == pytest.approx(slices.ravel().tolist(), abs=0.006)
    assert root.locator(".cx-code-text").inner_text() == notebook.value("e.explain().torch_line")


def test_adding_the_channels_one_by_one(notebook: Notebook, root: Locator) -> None:
    slider = root.get_by_label("terms added")
    slider.focus()
    notebook.page.keyboard.press("Home")
    assert wait_for(notebook, "e.terms", 0) == 0
    partial, total = array(notebook, "partial"), array(notebook, "total")
    largest = max(abs(partial).max(), abs(total).max())
    title = root.locator(".cx-fm-results .cx-title").first
    assert title.inner_text() == "nothing added yet"
    steps = [*np.cumsum(partial, axis=0), total]
    saying = ["sum of 1 of 3 channels", "sum of 2 of 3 channels", "sum of 3 of 3 channels",
              "sum of 3 channels, bias −1"]  # fmt: skip
    for n, (sum_, said) in enumerate(zip(steps, saying, strict=True), start=1):
        root.get_by_role("button", name="One step on").click()
        assert wait_for(notebook, "e.terms", n) == n
        assert title.inner_text() == said
        np.testing.assert_array_equal(canvas(root, ".cx-fm-result >> nth=0"), shades(sum_, largest))
        assert root.locator(".cx-fm-term.cx-fm-later").count() == 4 - n
    assert root.locator(".cx-fm-result.cx-sheet-empty").count() == 1
    root.get_by_role("button", name="One step on").click()
    assert wait_for(notebook, "e.terms", 5) == 5
    assert root.locator(".cx-fm-result.cx-sheet-empty").count() == 0


def test_filters_scenes_and_layers_by_hand(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("radio", name="filter 2").focus()
    notebook.page.keyboard.press("ArrowRight")
    assert wait_for(notebook, "e.filter", 3) == 3
    root.get_by_label("scene").select_option("lenet")
    assert wait_for(notebook, "e.scene", "lenet") == "lenet"
    drawn(notebook, notebook.value("e.rev"))
    root.get_by_label("layer", exact=True).select_option("features.3")
    assert wait_for(notebook, "e.layer", "features.3") == "features.3"
    drawn(notebook, notebook.value("e.rev"))
    assert root.locator(".cx-fm-card").count() == 6
    assert root.locator(".cx-fm-thumb").count() == 16
    assert root.locator(".cx-fm-photo").is_hidden()


def test_pointing_looks_and_a_click_or_a_key_moves_the_focus(
    notebook: Notebook, root: Locator
) -> None:
    settle(notebook, LENET)
    before = notebook.value("list(e.focus)")
    sheet = root.locator(".cx-fm-partial").nth(1)
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    cell = box["width"] / 10
    sheet.hover(position={"x": 7.5 * cell, "y": 2.5 * cell})
    for _ in range(2):
        notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert root.get_attribute("data-at") == "2,7"
    assert notebook.value("list(e.focus)") == before
    window = root.locator(".cx-fm-input .cx-sheet-field").first
    assert [window.get_attribute(k) for k in ("x", "y", "width")] == ["7", "2", "5"]
    sheet.click(position={"x": 3.5 * cell, "y": 8.5 * cell})
    assert wait_for(notebook, "list(e.focus)", [8, 3]) == [8, 3]
    notebook.page.mouse.move(2, 2)
    root.locator(".cx-fm-result").first.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "list(e.focus)", [6, 4]) == [6, 4]
    live = root.locator("[aria-live=polite]").first
    notebook.page.wait_for_function(
        "node => node.textContent.startsWith('row 6, column 4: channel 0 ')",
        arg=live.element_handle(),
    )
    root.locator(".cx-fm-input").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "list(e.focus)", [7, 3]) == [7, 3]


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    for place in (".cx-fm-input", ".cx-fm-partial", ".cx-fm-result", ".cx-play"):
        root.locator(place).first.focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.get_by_role("radio", name="filter 4").check(force=True)
    assert wait_for(notebook, "e.filter", 4) == 4
    drawn(notebook, notebook.value("e.rev"))
    for name in (".cx-fm-partial >> nth=2", ".cx-fm-result >> nth=0"):
        np.testing.assert_array_equal(canvas(first, name), canvas(second, name))
    assert second.get_by_role("radio", name="filter 4").is_checked()
    second.get_by_role("button", name="One step back").click()
    notebook.page.wait_for_function("v => v.dataset.terms === '4'", arg=first.element_handle())


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("change", ["e.update(terms=1)", LENET])
def test_names_roles_and_contrast(
    notebook: Notebook, root: Locator, theme: str, change: str
) -> None:
    notebook.theme(theme)
    settle(notebook, f"[e.reset(), {change}]")
    assert violations(notebook, root) == []
    notebook.theme("Light")


@pytest.mark.parametrize("width", [1200, 700])
def test_nothing_is_clipped(notebook: Notebook, root: Locator, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", LENET):
        settle(notebook, change)
        over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
        assert over[0] <= 0, over
        wide = root.evaluate(
            """root => [...root.querySelectorAll('.cx-button, .cx-label, .cx-note, .cx-title')]
            .filter(n => n.offsetParent && n.scrollWidth > n.clientWidth + 1
                && getComputedStyle(n).display !== 'inline')
            .map(n => `${n.className} ${n.textContent}`)"""
        )
        assert wide == []
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def tops(root: Locator, selector: str) -> list[float]:
    """Where the tops of these parts stand in the page, each row once."""
    places: list[float] = root.locator(selector).evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().top)"
    )
    rows: list[float] = []
    for place in sorted(places):
        if not rows or place > rows[-1] + 2:
            rows.append(place)
    return rows


@pytest.mark.parametrize("width", [700, 1100, 1600])
def test_the_channels_of_a_filter_and_their_sum_stand_in_a_row(
    notebook: Notebook, root: Locator, width: int
) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", LENET):
        settle(notebook, change)
        in_two_rows = change == LENET and width == 700  # six channels: the numbers stay legible
        for part in (".cx-fm-input", ".cx-fm-slice", ".cx-fm-partial"):
            assert len(tops(root, part)) == (2 if in_two_rows else 1), part
        results = tops(root, ".cx-fm-result")
        if width == 700:  # the sum and what ReLU leaves of it, below
            assert len(results) == 1
            assert results[0] > tops(root, ".cx-fm-partial")[-1]
        else:
            assert results[0] == pytest.approx(tops(root, ".cx-fm-input")[0], abs=2)
    over = "node => node.scrollWidth - node.clientWidth"
    assert notebook.page.locator(".jp-WindowedPanel-outer").first.evaluate(over) <= 0
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    times = root.page.evaluate(
        """async root => {
        const inputs = [...root.querySelectorAll('.cx-fm-thumb input')], times = [];
        for (let n = 0; n < 30; n += 1) {
            const drawn = new Promise(done =>
                root.addEventListener('explorer-drawn', done, { once: true }));
            const start = performance.now();
            inputs[(n + 1) % 6].click();
            await drawn;
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - start);
            await new Promise(done => setTimeout(done, 30));
        }
        return times.slice(3); }""",
        root.element_handle(),
    )
    latencies.append(words("FeatureMapExplorer, another filter, through Python", times))
    keys = ["ArrowLeft", "ArrowUp"] * 10
    times = measure_keys(root, ".cx-fm-result", keys, python=False)
    latencies.append(words("FeatureMapExplorer, the shares of an output, JavaScript", times))
    assert len(times) == len(keys) - 3
