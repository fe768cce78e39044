"""ReceptiveFieldExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.browser.explorer_page import drawn, measure_keys, settle, violations, wait_for, words
from tests.browser.lab import Notebook

CELLS = [
    "from course_utils.explorers import ReceptiveFieldExplorer\ne = ReceptiveFieldExplorer()\ne",
    "e",  # a second view of the same explorer
]
PICTURE = ".cx-rf-frame"
BOX = """root => { const box = root.querySelector('.cx-rf-box');
    return ['x', 'y', 'width', 'height'].map(name => Number(box.getAttribute(name))); }"""
PIXELS = """root => { const canvas = root.querySelector('canvas');
    return [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]; }"""


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize(
    "change",
    [
        "",
        "e.update(network='ResNet-18', layer='conv4_4', unit=(0, 13))",
        "e.update(rows=[(5, 2, 2), (3, 1, 0, 2)], side=32, unit=(2, 9))",
    ],
    ids=["open", "resnet", "own"],
)
def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator, change: str) -> None:
    if change:
        settle(notebook, change)
    found: dict[str, Any] = notebook.value(
        "dict(fields=[list(f) for f in e.explain().fields], sides=list(e.explain().sides),"
        " rows=[list(l.row) for l in e.state.layers], names=[l.name for l in e.state.layers],"
        " box=list(e.box), layer=e.layer, unit=list(e.unit), middle=e.explain().centre_side,"
        " lines=[e.explain().size_equation, e.explain().first_equations])"
    )
    at = found["layer"]
    big = [number(text) for text in root.locator(".cx-rf-value").all_inner_texts()]
    assert big == found["fields"][at]
    assert root.locator(".cx-rf-equation").all_inner_texts() == found["lines"]
    top, bottom, left, right = found["box"]
    size = bottom - top + 1
    sees = f"sees rows {top} to {bottom}, columns {left} to {right}: {size} × {size} pixels"
    assert root.locator(".cx-rf-sees").inner_text().startswith(sees.replace("-", "−"))
    middle = f"the middle {found['middle']} × {found['middle']} (dashed)"
    assert middle in root.locator(".cx-rf-used").inner_text()
    assert root.evaluate(BOX) == [left, top, size, size]
    for n, row in enumerate(root.locator(".cx-rf-table tbody tr").all()):
        assert row.locator("th").inner_text() == found["names"][n]
        typed = [number(field.input_value()) for field in row.locator("input").all()]
        told = [number(text) for text in row.locator("td").all_inner_texts() if "+" not in text]
        expected = [*found["rows"][n], found["sides"][n + 1], *found["fields"][n + 1]]
        assert typed + told == expected


def test_the_pixels_show_the_heat(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(network='LeNet-5', picture='camera')")
    pixels = np.array(root.evaluate(PIXELS)).reshape(32, 32, 4)
    heat = np.array(notebook.value("e.explain().heat.tolist()"))
    orange = pixels[..., 0].astype(float) - pixels[..., 2]
    assert (orange[heat == 0] == 0).all()
    assert (orange[heat > 0.1] > 0).all()
    settle(notebook, "e.update(effective='none')")
    grey = np.array(root.evaluate(PIXELS)).reshape(32, 32, 4)
    assert (grey[..., 0] == grey[..., 2]).all()


def test_arrows_move_the_unit_and_pages_its_layer(notebook: Notebook, root: Locator) -> None:
    root.locator(PICTURE).focus()
    for key in ("ArrowUp", "ArrowLeft", "Shift+ArrowRight", "Home"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "list(e.unit)", [6, 0]) == [6, 0]
    notebook.page.keyboard.press("PageDown")
    assert wait_for(notebook, "e.layer", 16) == 16
    drawn(notebook, notebook.value("e.rev"))
    assert "conv5_2" in root.locator("h3").inner_text()
    notebook.page.keyboard.press("ArrowDown")
    assert wait_for(notebook, "list(e.unit)", [7, 0]) == [7, 0]
    live = root.locator("[aria-live]")
    notebook.page.wait_for_function(
        "node => node.textContent.startsWith('unit 7, 0 of conv5_2 sees rows')",
        arg=live.element_handle(),
    )


def test_the_strip_points_and_chooses_by_keys(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("button", name="picture, 224 × 224").focus()
    for _ in range(3):
        notebook.page.keyboard.press("ArrowRight")
    assert wait_for(notebook, "e.traced", 3) == 3
    window = notebook.value("list(e.explain().windows[3])")
    trace = root.locator(".cx-rf-trace").inner_text()
    assert f"pool1, 112 × 112: rows {window[0]} to {window[1]}" in trace
    notebook.page.keyboard.press("Enter")
    assert wait_for(notebook, "e.layer", 3) == 3
    drawn(notebook, notebook.value("e.rev"))
    chosen = root.get_by_role("button", name="pool1, 112 × 112")
    assert chosen.get_attribute("aria-pressed") == "true"


def test_a_click_moves_the_unit_and_hover_shows_which(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(network='AlexNet', layer='conv1')")
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    scale = box["width"] / 224
    x, y = box["x"] + 103.5 * scale, box["y"] + 43.5 * scale  # pixel (43, 103): the middle of
    notebook.page.mouse.move(x, y)  # unit (10, 25), which sees 38 to 48 and 98 to 108
    notebook.page.wait_for_function(
        "view => view.dataset.hint === '10,25'", arg=root.element_handle()
    )
    assert notebook.value("list(e.unit)") != [10, 25]
    notebook.page.mouse.click(x, y)
    assert wait_for(notebook, "list(e.unit)", [10, 25]) == [10, 25]
    assert notebook.value("list(e.box)") == [38, 48, 98, 108]


def test_layers_of_ones_own_by_keyboard(notebook: Notebook, root: Locator) -> None:
    root.get_by_label("network", exact=True).select_option("custom")
    assert wait_for(notebook, "e.network", "custom") == "custom"
    drawn(notebook, notebook.value("e.rev"))
    root.get_by_label("dilation of layer 4", exact=True).focus()
    notebook.page.keyboard.press("ArrowUp")
    assert wait_for(notebook, "e.rows[3][3]", 2) == 2
    root.get_by_role("button", name="Add a layer").click()
    assert wait_for(notebook, "len(e.rows)", 5) == 5
    assert notebook.value("e.layer") == 5
    root.get_by_role("button", name="Remove the last layer").click()
    assert wait_for(notebook, "len(e.rows)", 4) == 4


def test_what_does_not_fit_is_said(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(rows=[(11, 4), (3, 1)], side=32)")
    field = root.get_by_label("kernel of layer 2", exact=True)
    field.fill("9")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "the window of layer 2, 9, does not fit into 6" in alert.inner_text()
    assert notebook.value("e.rows[1][0]") == 3
    assert root.get_by_role("button", name="kernel of layer 2: more").is_enabled()
    settle(notebook, "e.update(rows=[(11, 4), (6, 1)], side=32)")
    assert root.get_by_role("button", name="kernel of layer 2: more").is_disabled()


def test_one_network_and_another(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("radio", name="one network").check()
    assert wait_for(notebook, "e.effective", "sample") == "sample"
    root.get_by_role("button", name="Draw the weights").click()
    assert wait_for(notebook, "e.seed", 1) == 1
    drawn(notebook, notebook.value("e.rev"))
    root.get_by_text("seed 1").wait_for(timeout=5000)  # raises if it does not come


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    for place in (PICTURE, ".cx-rf-tile >> nth=0", ".cx-rf-scroll", ".cx-number >> nth=0"):
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.locator(PICTURE).focus()
    notebook.page.keyboard.press("ArrowRight")
    assert wait_for(notebook, "list(e.unit)", [7, 7]) == [7, 7]
    drawn(notebook, notebook.value("e.rev"))
    assert first.evaluate(BOX) == second.evaluate(BOX)
    settle(notebook, "e.update(traced=4)")
    for view in (first, second):
        notebook.page.wait_for_function(
            "view => view.dataset.traced === '4'", arg=view.element_handle()
        )


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("change", ["", "e.update(network='custom')"])
def test_names_roles_and_contrast(
    notebook: Notebook, root: Locator, theme: str, change: str
) -> None:
    notebook.theme(theme)
    if change:
        settle(notebook, change)
    assert violations(notebook, root) == []
    notebook.theme("Light")


@pytest.mark.parametrize("width", [1200, 620])
def test_nothing_is_clipped(notebook: Notebook, root: Locator, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", "e.update(rows=[(3, 1, 1)] * 10)"):
        settle(notebook, change)
        notebook.page.wait_for_timeout(100)
        over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
        assert over[0] <= 0, over
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    keys = ["ArrowRight", "ArrowLeft"] * 11
    times = measure_keys(root, PICTURE, keys, python=True)
    latencies.append(words("ReceptiveFieldExplorer, a unit of VGG-16, through Python", times))
    settle(notebook, "e.update(network='ResNet-18')")
    times = measure_keys(root, PICTURE, keys, python=True)
    latencies.append(words("ReceptiveFieldExplorer, a unit of ResNet-18, through Python", times))
    assert len(times) == len(keys) - 3
