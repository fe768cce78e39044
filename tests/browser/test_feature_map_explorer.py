"""FeatureMapExplorer in a real JupyterLab: what a reader sees, chooses and hears."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator

from course_utils.explorers.shared import colours
from tests.browser.explorer_page import (
    Explorer,
    Keys,
    Latency,
    drawn,
    enter,
    expect,
    number,
    pixels,
    two_frames,
)
from tests.browser.lab import Lab

LENET = "scene='lenet', layer='features.3', filter=5"
EXPLORER = Explorer(
    name="FeatureMapExplorer",
    states={"begun": "terms=1", "LeNet-5": LENET},
    fast=Keys(".cx-fm-result", ["ArrowLeft", "ArrowUp"] * 10, "list(e.focus)", [40, 44]),
    step=(".cx-fm-chosen input", "ArrowRight"),
    latencies=(
        Latency("another filter", ".cx-fm-thumb input", "click"),
        Latency("the shares of an output", ".cx-fm-result", "ArrowLeft ArrowUp", python=False),
    ),
)


def canvas(root: Locator, selector: str) -> np.ndarray:
    return pixels(root, selector)[..., :3]


def array(lab: Lab, what: str) -> np.ndarray:
    return np.array(lab.value(f"e.explain().{what}.tolist()"))


def shades(values: np.ndarray, largest: float) -> np.ndarray:
    return colours.pixels(values, colours.Scale(True, -largest, largest))


@pytest.mark.parametrize("change", ["", LENET, "scene='coffee', filter=2"])
def test_the_maps_are_pythons_in_the_courses_colours(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    channels, partial, total = (array(lab, k) for k in ("channels", "partial", "total"))
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
    maps = np.maximum(array(lab, "maps"), 0)
    for k in (0, len(maps) - 1):
        expected = shades(maps[k], maps[k].max() or 1.0)
        np.testing.assert_array_equal(canvas(root, f".cx-fm-thumb >> nth={k}"), expected)


def test_every_displayed_number_is_pythons(lab: Lab, root: Locator) -> None:
    enter(lab, f"{LENET}, focus=(4, 6)")
    values, bias, total = lab.value(
        "[e.explain().values, e.explain().bias, e.explain().total[4, 6]]"
    )
    shown = [number(text) for text in root.locator(".cx-fm-value").all_inner_texts()]
    assert shown == pytest.approx(values, abs=0.0006)
    read = root.locator(".cx-fm-number").all_inner_texts()
    terms = [number(text.replace("+ ", "").strip("()")) for text in read]
    assert terms == pytest.approx([*values, bias], abs=0.0006)
    assert root.locator(".cx-fm-left").inner_text() == "y[5, 4, 6] ="
    said = root.locator(".cx-fm-total").inner_text()
    assert number(said.split()[1].rstrip(",")) == pytest.approx(total, abs=0.0006)
    assert float(root.get_attribute("data-sum") or "nan") == total
    slices = array(lab, "slices")
    texts = root.locator(".cx-fm-slice text").all_text_contents()
    assert [number(text) for text in texts] == pytest.approx(slices.ravel().tolist(), abs=0.006)
    assert root.locator(".cx-code-text").inner_text() == lab.value("e.explain().torch_line")


def test_adding_the_channels_one_by_one(lab: Lab, root: Locator) -> None:
    slider = root.get_by_label("terms added")
    slider.focus()
    lab.page.keyboard.press("Home")
    expect(lab, "e.terms", 0)
    partial, total = array(lab, "partial"), array(lab, "total")
    largest = max(abs(partial).max(), abs(total).max())
    title = root.locator(".cx-fm-results .cx-title").first
    assert title.inner_text() == "nothing added yet"
    steps = [*np.cumsum(partial, axis=0), total]
    saying = ["sum of 1 of 3 channels", "sum of 2 of 3 channels", "sum of 3 of 3 channels",
              "sum of 3 channels, bias −1"]  # fmt: skip
    for n, (sum_, said) in enumerate(zip(steps, saying, strict=True), start=1):
        root.get_by_role("button", name="One step on").click()
        expect(lab, "e.terms", n)
        assert title.inner_text() == said
        np.testing.assert_array_equal(canvas(root, ".cx-fm-result >> nth=0"), shades(sum_, largest))
        assert root.locator(".cx-fm-term.cx-fm-later").count() == 4 - n
    assert root.locator(".cx-fm-result.cx-sheet-empty").count() == 1
    root.get_by_role("button", name="One step on").click()
    expect(lab, "e.terms", 5)
    assert root.locator(".cx-fm-result.cx-sheet-empty").count() == 0


def test_filters_scenes_and_layers_by_hand(lab: Lab, root: Locator) -> None:
    root.get_by_role("radio", name="filter 2").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab, "e.filter", 3)
    root.get_by_label("scene").select_option("lenet")
    expect(lab, "e.scene", "lenet")
    drawn(lab)
    root.get_by_label("layer", exact=True).select_option("features.3")
    expect(lab, "e.layer", "features.3")
    drawn(lab)
    assert root.locator(".cx-fm-card").count() == 6
    assert root.locator(".cx-fm-thumb").count() == 16
    assert root.locator(".cx-fm-photo").is_hidden()


def test_pointing_looks_and_a_click_or_a_key_moves_the_focus(lab: Lab, root: Locator) -> None:
    enter(lab, LENET)
    before = lab.value("list(e.focus)")
    sheet = root.locator(".cx-fm-partial").nth(1)
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    cell = box["width"] / 10
    sheet.hover(position={"x": 7.5 * cell, "y": 2.5 * cell})
    two_frames(lab)
    assert root.get_attribute("data-at") == "2,7"
    assert lab.value("list(e.focus)") == before
    window = root.locator(".cx-fm-input .cx-sheet-field").first
    assert [window.get_attribute(k) for k in ("x", "y", "width")] == ["7", "2", "5"]
    sheet.click(position={"x": 3.5 * cell, "y": 8.5 * cell})
    expect(lab, "list(e.focus)", [8, 3])
    lab.page.mouse.move(2, 2)
    root.locator(".cx-fm-result").first.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        lab.page.keyboard.press(key)
    expect(lab, "list(e.focus)", [6, 4])
    live = root.locator("[aria-live=polite]").first
    lab.page.wait_for_function(
        "node => node.textContent.startsWith('row 6, column 4: channel 0 ')",
        arg=live.element_handle(),
    )
    root.locator(".cx-fm-input").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        lab.page.keyboard.press(key)
    expect(lab, "list(e.focus)", [7, 3])


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
    lab: Lab, root: Locator, width: int
) -> None:
    lab.width(width)
    for change in ("", LENET):
        enter(lab, change)
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
    assert lab.page.locator(".jp-WindowedPanel-outer").first.evaluate(over) <= 0
