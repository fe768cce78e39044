"""ReceptiveFieldExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.browser.explorer_page import (
    Explorer,
    Keys,
    Latency,
    drawn,
    enter,
    expect,
    number,
    settle,
)
from tests.browser.lab import Lab

PICTURE = ".cx-rf-frame"
BOX = """root => { const box = root.querySelector('.cx-rf-box');
    return ['x', 'y', 'width', 'height'].map(name => Number(box.getAttribute(name))); }"""
PIXELS = """root => { const canvas = root.querySelector('canvas');
    return [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]; }"""
EXPLORER = Explorer(
    name="ReceptiveFieldExplorer",
    states={
        "own": "network='custom'",
        "tall": "rows=[(3, 1, 1)] * 10",
        "ResNet-18": "network='ResNet-18', layer='conv4_4', unit=(0, 13)",
    },
    fast=Keys(
        PICTURE,
        [*["ArrowUp"] * 7, *["ArrowLeft"] * 7, *["ArrowDown"] * 6],
        "list(e.unit)",
        [6, 0],
    ),
    step=(PICTURE, "ArrowRight"),
    latencies=(
        Latency("a unit of VGG-16", PICTURE, "ArrowRight ArrowLeft"),
        Latency(
            "a unit of ResNet-18", PICTURE, "ArrowRight ArrowLeft", change="network='ResNet-18'"
        ),
    ),
)


@pytest.mark.parametrize(
    "change",
    [
        "",
        "network='ResNet-18', layer='conv4_4', unit=(0, 13)",
        "rows=[(5, 2, 2), (3, 1, 0, 2)], side=32, unit=(2, 9)",
    ],
    ids=["open", "resnet", "own"],
)
def test_every_displayed_number_is_pythons(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found: dict[str, Any] = lab.value(
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


def test_the_pixels_show_the_heat(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(network='LeNet-5', picture='camera')")
    pixels = np.array(root.evaluate(PIXELS)).reshape(32, 32, 4)
    heat = np.array(lab.value("e.explain().heat.tolist()"))
    orange = pixels[..., 0].astype(float) - pixels[..., 2]
    assert (orange[heat == 0] == 0).all()
    assert (orange[heat > 0.1] > 0).all()
    settle(lab, "e.update(effective='none')")
    grey = np.array(root.evaluate(PIXELS)).reshape(32, 32, 4)
    assert (grey[..., 0] == grey[..., 2]).all()


def test_arrows_move_the_unit_and_pages_its_layer(lab: Lab, root: Locator) -> None:
    root.locator(PICTURE).focus()
    for key in ("ArrowUp", "ArrowLeft", "Shift+ArrowRight", "Home"):
        lab.page.keyboard.press(key)
    expect(lab, "list(e.unit)", [6, 0])
    lab.page.keyboard.press("PageDown")
    expect(lab, "e.layer", 16)
    drawn(lab)
    assert "conv5_2" in root.locator("h3").inner_text()
    lab.page.keyboard.press("ArrowDown")
    expect(lab, "list(e.unit)", [7, 0])
    live = root.locator("[aria-live]")
    lab.page.wait_for_function(
        "node => node.textContent.startsWith('unit 7, 0 of conv5_2 sees rows')",
        arg=live.element_handle(),
    )


def test_the_strip_points_and_chooses_by_keys(lab: Lab, root: Locator) -> None:
    root.get_by_role("button", name="picture, 224 × 224").focus()
    for _ in range(3):
        lab.page.keyboard.press("ArrowRight")
    expect(lab, "e.traced", 3)
    window = lab.value("list(e.explain().windows[3])")
    trace = root.locator(".cx-rf-trace").inner_text()
    assert f"pool1, 112 × 112: rows {window[0]} to {window[1]}" in trace
    lab.page.keyboard.press("Enter")
    expect(lab, "e.layer", 3)
    drawn(lab)
    chosen = root.get_by_role("button", name="pool1, 112 × 112")
    assert chosen.get_attribute("aria-pressed") == "true"


def test_a_click_moves_the_unit_and_hover_shows_which(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(network='AlexNet', layer='conv1')")
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    scale = box["width"] / 224
    x, y = box["x"] + 103.5 * scale, box["y"] + 43.5 * scale  # pixel (43, 103): the middle of
    lab.page.mouse.move(x, y)  # unit (10, 25), which sees 38 to 48 and 98 to 108
    lab.page.wait_for_function("view => view.dataset.hint === '10,25'", arg=root.element_handle())
    assert lab.value("list(e.unit)") != [10, 25]
    lab.page.mouse.click(x, y)
    expect(lab, "list(e.unit)", [10, 25])
    assert lab.value("list(e.box)") == [38, 48, 98, 108]


def test_layers_of_ones_own_by_keyboard(lab: Lab, root: Locator) -> None:
    root.get_by_label("network", exact=True).select_option("custom")
    expect(lab, "e.network", "custom")
    drawn(lab)
    root.get_by_label("dilation of layer 4", exact=True).focus()
    lab.page.keyboard.press("ArrowUp")
    expect(lab, "e.rows[3][3]", 2)
    root.get_by_role("button", name="Add a layer").click()
    expect(lab, "len(e.rows)", 5)
    assert lab.value("e.layer") == 5
    root.get_by_role("button", name="Remove the last layer").click()
    expect(lab, "len(e.rows)", 4)


def test_what_does_not_fit_is_said(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(rows=[(11, 4), (3, 1)], side=32)")
    field = root.get_by_label("kernel of layer 2", exact=True)
    field.fill("9")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "the window of layer 2, 9, does not fit into 6" in alert.inner_text()
    assert lab.value("e.rows[1][0]") == 3
    assert root.get_by_role("button", name="kernel of layer 2: more").is_enabled()
    settle(lab, "e.update(rows=[(11, 4), (6, 1)], side=32)")
    assert root.get_by_role("button", name="kernel of layer 2: more").is_disabled()


def test_one_network_and_another(lab: Lab, root: Locator) -> None:
    root.get_by_role("radio", name="one network").check()
    expect(lab, "e.effective", "sample")
    root.get_by_role("button", name="Draw the weights").click()
    expect(lab, "e.seed", 1)
    drawn(lab)
    root.get_by_text("seed 1").wait_for(timeout=5000)  # raises if it does not come
