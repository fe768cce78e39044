"""ConvArithmeticExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

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
    two_frames,
)
from tests.browser.lab import Lab

# The numbers in the cells of a map, row by row, and the kinds of its cells.
TILES = """map => [...map.querySelectorAll('.cx-tile')].map(
    tile => [tile.children[1].textContent, [...tile.classList].filter(c => c !== 'cx-tile')])"""
LIT = """map => [...map.querySelectorAll('.cx-lit, .cx-lit-zero')].map(tile => [
    ...tile.getAttribute('transform').match(/\\d+/g).map(Number).reverse(),
    tile.classList.contains('cx-lit')])"""
PADDING = ".cx-field:has(label:text-is('padding rows')) input"
WEIGHT = "[aria-label='kernel row 1, column 1']"
CROPPED = (
    "transposed=True, input_size=(5, 4), kernel_size=(2, 1), stride=1, output_padding=0,"
    " padding=(2, 1), w_preset='count'"
)
LARGE = "input_size=14, padding=4, kernel_size=6, stride=1"
EXPLORER = Explorer(
    name="ConvArithmeticExplorer",
    states={
        "transposed": "transposed=True, focus=(2, 3)",
        "rectangular": "input_size=(7, 12), kernel_size=(3, 4), stride=(2, 3), padding=(2, 1),"
        " dilation=2, focus=(0, 1)",
        "large": LARGE,
    },
    fast=Keys(WEIGHT, ["PageUp"] * 20, "e.w[1, 1]", 21.0),
    step=(WEIGHT, "PageUp"),
    latencies=(
        Latency("a padding", PADDING, "ArrowUp ArrowDown"),
        Latency("a padding at 22 × 22", PADDING, "ArrowDown ArrowUp", change=LARGE),
        Latency("the sum at an output", ".cx-map-output", "ArrowRight ArrowDown", python=False),
    ),
)


def shown(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def bracketed(value: float) -> str:
    return f"({shown(value)})" if value < 0 else shown(value)


@pytest.mark.parametrize("change", ["", *EXPLORER.states.values(), CROPPED])
def test_every_displayed_number_is_pythons(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found: dict[str, Any] = lab.value(
        "(lambda f: dict(grid=f.grid.tolist(), kinds=f.kinds.tolist(), read=f.read.tolist(),"
        " output=f.output.tolist(), reached=f.reached.tolist(), total=f.total,"
        " terms=[list(t.cell) + [t.x, t.w] for t in f.terms], places=f.used.size,"
        " axes=[a.text for a in f.axes], sizes=[a.size for a in f.axes], notes=list(f.notes),"
        " line=f.torch_line, focus=list(e.focus)))(e.explain())"
    )
    tiles = root.locator(".cx-map-input").evaluate(TILES)
    grid = [value for row in found["grid"] for value in row]
    assert [number(text) for text, _ in tiles] == grid
    kinds = [
        "cx-t-" + (("input", "pad", "between")[kind] if read else "unread")
        for row in zip(found["kinds"], found["read"], strict=True)
        for kind, read in zip(*row, strict=True)
    ]
    assert [classes[0] for _, classes in tiles] == kinds
    tiles = root.locator(".cx-map-output").evaluate(TILES)
    assert [number(text) for text, _ in tiles] == [v for row in found["output"] for v in row]
    dead = [not cell for row in found["reached"] for cell in row]
    assert ["cx-t-dead" in classes for _, classes in tiles] == dead
    lit = root.locator(".cx-map-input").evaluate(LIT)
    assert len(lit) == found["places"]
    assert [cell[:2] for cell in lit if cell[2]] == [term[:2] for term in found["terms"]]
    i, j = found["focus"]
    sum_line = root.locator(".cx-map-sum").inner_text()
    assert sum_line == f"y[{i}, {j}] = {shown(found['total'])}"
    written = " + ".join(f"{bracketed(x)}·{bracketed(w)}" for *_, x, w in found["terms"])
    zeros = found["places"] - len(found["terms"])
    said = root.locator(".cx-map-terms").inner_text()
    assert said == f"= {written}" + (f" (and {zeros} weights on zeros)" if zeros else "")
    lines = root.locator(".cx-formula-line")
    assert [text.split(": ", 1)[1] for text in lines.locator(".cx-hidden").all_inner_texts()] == (
        found["axes"]
    )
    sizes = lines.locator(".cx-formula-size").all_inner_texts()
    assert [int(size) for size in sizes] == found["sizes"]
    assert root.locator(".cx-notes li").all_inner_texts() == found["notes"]
    assert root.locator(".cx-code-text").inner_text() == found["line"]


def test_the_fractions_hold_the_numbers_of_the_formula(lab: Lab, root: Locator) -> None:
    rows = root.locator(".cx-formula-line").first
    assert rows.locator(".cx-fraction").all_inner_texts() == [
        "8 + 2·0 − 1·(3 − 1) − 1\n2",
        "5\n2",
    ]
    assert rows.locator(".cx-floor").last.inner_text().replace("\n", "") == "⌊2.5⌋"
    assert rows.locator(".cx-left").inner_text() == "5 = 2·2 + 1: 1 left over"
    settle(lab, "e.update(input_size=(9, 9))")
    assert rows.locator(".cx-left").is_hidden()


def test_arrows_move_the_window_and_the_live_region_says_the_sum(lab: Lab, root: Locator) -> None:
    for place, keys, at in (
        (".cx-map-output", ("ArrowRight", "ArrowDown", "ArrowDown"), [2, 2]),
        (".cx-map-input", ("Home", "ArrowUp"), [1, 0]),
    ):
        root.locator(place).focus()
        for key in keys:
            lab.page.keyboard.press(key)
        expect(lab, "list(e.focus)", at)
        assert root.get_attribute("data-at") == ",".join(map(str, at))
    assert float(root.get_attribute("data-sum") or "nan") == lab.value("e.explain().total")
    live = root.locator("[aria-live=polite]").first
    lab.page.wait_for_function(
        "node => node.textContent.startsWith('row 1, column 0: the sum is')",
        arg=live.element_handle(),
    )


def test_pointing_shows_a_sum_and_a_click_keeps_it(lab: Lab, root: Locator) -> None:
    def point(place: str, row: int, column: int) -> None:
        tile = root.locator(f"{place} .cx-tile[transform='translate({column} {row})'] rect")
        box = tile.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        lab.page.mouse.move(x, y)
        two_frames(lab)

    root.locator(".cx-map-output").scroll_into_view_if_needed()
    point(".cx-map-output", 2, 3)
    assert root.get_attribute("data-at") == "2,3"
    assert lab.value("list(e.focus)") == [1, 1]  # pointing asks and tells Python nothing
    point(".cx-map-input", 1, 5)  # the window centred there
    assert root.get_attribute("data-at") == "0,2"
    lab.page.mouse.move(2, 2)
    lab.page.wait_for_function("root => root.dataset.at === '1,1'", arg=root.element_handle())
    point(".cx-map-output", 0, 1)
    lab.page.mouse.down()
    lab.page.mouse.up()
    expect(lab, "list(e.focus)", [0, 1])
    lab.page.mouse.move(2, 2)


def test_only_valid_sizes_can_be_reached_and_a_typed_one_is_refused_in_words(
    lab: Lab, root: Locator
) -> None:
    settle(lab, "e.update(input_size=(5, 6), stride=1)")
    more = root.get_by_role("button", name="dilation rows: more")
    more.click()
    expect(lab, "list(e.dilation)", [2, 1])
    drawn(lab)
    assert more.is_disabled()  # the kernel spans all five rows
    assert root.get_by_role("button", name="dilation columns: more").is_enabled()
    field = root.get_by_label("dilation rows", exact=True)
    field.fill("3")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text() == (
        "with dilation 3 the 3 rows of the kernel span 7 cells, but the input has only 5 rows"
    )
    assert field.input_value() == "2"
    field.fill("two")
    field.press("Enter")
    assert "“two” is not a whole number" in alert.inner_text()
    root.get_by_role("button", name="padding rows: more").click()
    expect(lab, "list(e.padding)", [1, 0])
    drawn(lab)
    assert alert.is_hidden()
    assert more.is_enabled()


def test_rows_and_columns_together(lab: Lab, root: Locator) -> None:
    root.get_by_label("rows and columns together").check()
    root.get_by_role("button", name="stride columns: more").click()
    expect(lab, "list(e.stride)", [3, 3])
    root.get_by_label("rows and columns together").uncheck()
    root.get_by_role("button", name="stride columns: less").click()
    expect(lab, "list(e.stride)", [3, 2])


def test_turning_around_leads_back_to_the_size(lab: Lab, root: Locator) -> None:
    extra = root.get_by_label("output padding rows", exact=True)
    assert extra.is_hidden()
    root.get_by_role("radio", name="transposed convolution").check()
    expect(lab, "list(e.y.shape)", [8, 9])
    drawn(lab)
    assert extra.input_value() == "1"
    root.get_by_role("button", name="output padding rows: less").click()
    expect(lab, "list(e.y.shape)", [7, 9])
    root.get_by_role("radio", name="convolution", exact=True).check()
    expect(lab, "list(e.input_size)", [7, 9])
    settle(lab, "e.update(transposed=True, input_size=4, kernel_size=1, stride=5)")
    forward = root.get_by_role("radio", name="convolution", exact=True)
    assert forward.is_disabled()
    assert "its input would be 16 cells wide" in (forward.get_attribute("title") or "")


def test_a_typed_weight_reaches_python(lab: Lab, root: Locator) -> None:
    root.get_by_label("kernel row 1, column 1").focus()
    lab.page.keyboard.type("7")
    expect(lab, "float(e.w[1, 1])", 7.0)
    drawn(lab)
    assert root.locator(".cx-map-sum").inner_text() == "y[1, 1] = 53"  # 35 + 6·3
    assert root.get_by_label("numbers of the kernel").input_value() == "custom"


def test_playing_moves_and_stops_at_the_end(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(focus=(2, 1))")
    root.get_by_label("speed").select_option("15")
    root.get_by_role("button", name="Play").click()
    expect(lab, "list(e.focus)", [2, 3])
    root.get_by_role("button", name="Play").wait_for()  # not "Pause" any more
    assert root.locator(".cx-tile[opacity='0.13']").count() == 0
    slider = root.get_by_label("position in the output")
    assert slider.input_value() == "11"
    slider.fill("6")
    expect(lab, "list(e.focus)", [1, 2])
