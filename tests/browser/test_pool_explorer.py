"""PoolExplorer in a real JupyterLab: what a reader sees, types and hears."""

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

# The numbers in the cells of a map, row by row, with the small ones, and the kinds of its cells.
TILES = """map => [...map.querySelectorAll('.cx-tile')].map(tile => [
    tile.children[1].textContent, tile.children[2]?.textContent ?? '',
    [...tile.classList].filter(c => c !== 'cx-tile')])"""
UPSTREAM = "[aria-label='upstream gradient row 0, column 0']"
LARGE = "input_size=10, padding=1, stride=1, kernel_size=2"  # no room for the small numbers
SPLIT = "ties='split', shift=(0, 1), focus=(1, 2)"
MEAN = "kind='average', padding=1, stride=(1, 2), focus=(0, 0)"
NORM = "kind='lp', p=3, x_preset='signed', input_size=(4, 5), focus=(0, 1)"
BORDER = "padding=1, x_preset='signed', input_size=(4, 4)"
EXPLORER = Explorer(
    name="PoolExplorer",
    states={"split, moved": SPLIT, "mean": MEAN, "norm": NORM, "large": LARGE},
    fast=Keys(UPSTREAM, ["PageUp"] * 20, "e.g[0, 0]", 23.0),
    step=(UPSTREAM, "PageUp"),
    latencies=(
        Latency("an upstream gradient", UPSTREAM, "PageUp PageDown"),
        Latency(
            "a move at 10 × 10",
            ".cx-field:has(label:text-is('move by rows')) input",
            "ArrowUp ArrowDown",
            change="input_size=10, stride=1, kernel_size=2, kind='lp'",
        ),
        Latency("a window", ".cx-map-output", "ArrowRight ArrowDown", python=False),
    ),
)


def flat(rows: list[list[Any]]) -> list[Any]:
    return [value for row in rows for value in row]


@pytest.mark.parametrize("change", ["", SPLIT, MEAN, NORM, BORDER])
def test_every_displayed_number_is_pythons(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found: dict[str, Any] = lab.value(
        "(lambda f: dict(padded=f.padded.astype(str).tolist(), output=f.output.tolist(),"
        " before=f.before.tolist(), changed=f.changed.tolist(), gradient=f.gradient.tolist(),"
        " wins=f.wins.tolist(), g=e.g.tolist(), notes=list(f.notes), lines=list(f.torch_lines),"
        " share=f.shares[tuple(e.focus)].ravel().tolist(), focus=list(e.focus),"
        " largest=e.kind == 'max', pad=list(e.padding)))(e.explain())"
    )
    tiles = root.locator(".cx-map-input").evaluate(TILES)
    assert [number(text) for text, *_ in tiles] == [float(v) for v in flat(found["padded"])]
    won = np.pad(found["wins"], [(pad, pad) for pad in found["pad"]]) > 0
    ringed = ["cx-t-won" in kinds for *_, kinds in tiles]
    assert ringed == (won & found["largest"]).ravel().tolist()
    tiles = root.locator(".cx-map-output").evaluate(TILES)
    assert [number(text) for text, *_ in tiles] == pytest.approx(flat(found["output"]), abs=0.051)
    for (_, small, kinds), was, changed in zip(
        tiles, flat(found["before"]), flat(found["changed"]), strict=True
    ):
        assert ("cx-t-changed" in kinds) == changed
        assert not changed or number(small.removeprefix("was ")) == pytest.approx(was, abs=0.051)
    tiles = root.locator(".cx-map-kernel").evaluate(TILES)
    assert [number(text) for text, *_ in tiles] == pytest.approx(flat(found["gradient"]), abs=0.051)
    i, j = found["focus"]
    upstream = found["g"][i][j]
    parts = [number(small.replace("+", "")) for _, small, kinds in tiles if "cx-lit-back" in kinds]
    if found["largest"] or found["pad"] == [0, 0]:  # else part of it goes to the padding
        handed = [upstream * share for share in found["share"] if share]
        assert parts == pytest.approx(handed, abs=0.051)
    fields = root.locator(".cx-grid input").all()
    assert [number(field.input_value()) for field in fields] == flat(found["g"])
    marked = root.locator(".cx-grid input.cx-here-too")
    assert marked.get_attribute("aria-label") == f"upstream gradient row {i}, column {j}"
    total = f"y[{i}, {j}] = {round(found['output'][i][j], 4):g}".replace("-", "−")
    assert root.locator(".cx-map-sum").inner_text() == total
    assert root.locator(".cx-notes li").all_inner_texts() == found["notes"]
    assert root.locator(".cx-code-text").inner_text() == "\n".join(found["lines"])


def test_ties_are_given_to_the_first_or_shared(lab: Lab, root: Locator) -> None:
    given = root.locator(".cx-given")
    assert given.inner_text() == "g[2, 0] = 5 goes to x[4, 2]"
    root.get_by_role("radio", name="equal shares").check()
    expect(lab, "e.ties", "split")
    drawn(lab)
    assert given.inner_text() == "g[2, 0] = 5: 1.667 to each of 3 cells"
    lit = root.locator(".cx-map-input .cx-lit-won")
    assert lit.locator(".cx-small").all_text_contents() == ["×.33"] * 3


def test_a_typed_gradient_is_handed_back(lab: Lab, root: Locator) -> None:
    root.get_by_label("upstream gradient row 0, column 2").focus()
    expect(lab, "list(e.focus)", [0, 2])
    lab.page.keyboard.type("-4")
    expect(lab, "float(e.gradient[2, 4])", -4.0)
    drawn(lab)
    tiles = root.locator(".cx-map-kernel").evaluate(TILES)
    assert tiles[2 * 7 + 4][:2] == ["−4", "−4"]
    assert root.get_by_label("upstream gradient, or type it").input_value() == "custom"
    lab.page.keyboard.press("PageUp")
    expect(lab, "float(e.g[0, 2])", -3.0)


def test_moving_the_input_by_a_pixel_shows_what_changed(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(input_size=8, kernel_size=2, x_preset='digits')")
    more = root.get_by_role("button", name="move by columns: more")
    more.click()
    expect(lab, "list(e.shift)", [0, 1])
    drawn(lab)
    changed = root.locator(".cx-map-output .cx-t-changed").count()
    assert changed == lab.value("int(e.explain().changed.sum())")
    assert 0 < changed < 16
    more.click()
    expect(lab, "list(e.shift)", [0, 2])
    drawn(lab)
    assert "16 of 16 agree" in root.locator(".cx-notes").inner_text()


def test_controls_appear_where_they_mean_something(lab: Lab, root: Locator) -> None:
    power = root.get_by_label("exponent p", exact=True)
    count = root.get_by_label("count the padding")
    assert power.is_hidden()
    root.get_by_role("radio", name="Lp norm").check()
    power.wait_for()
    root.get_by_role("radio", name="mean").check()
    power.wait_for(state="hidden")
    assert count.is_hidden()
    root.get_by_role("button", name="padding rows: more").click()
    count.uncheck()
    expect(lab, "e.count_include_pad", False)
    root.get_by_label("backward view").uncheck()
    root.locator(".cx-map-kernel").wait_for(state="hidden")
    assert root.locator(".cx-given").is_hidden()
    expect(lab, "e.backward", False)


def test_only_valid_sizes_can_be_reached_and_a_typed_one_is_refused_in_words(
    lab: Lab, root: Locator
) -> None:
    more = root.get_by_role("button", name="padding columns: more")
    more.click()
    expect(lab, "list(e.padding)", [0, 1])
    drawn(lab)
    assert more.is_disabled()
    field = root.get_by_label("window columns", exact=True)
    field.fill("1")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text() == (
        "padding 1 is more than half of the 1 columns of the window, which PyTorch refuses"
    )
    assert field.input_value() == "3"
    root.get_by_label("rows and columns together").check()
    root.get_by_role("button", name="stride rows: more").click()
    expect(lab, "list(e.stride)", [3, 3])
    alert.wait_for(state="hidden")
    root.get_by_label("rows and columns together").uncheck()


def test_arrows_and_pointer_move_the_window(lab: Lab, root: Locator) -> None:
    for place, key, at in (
        (".cx-map-output", "ArrowUp", [1, 0]),
        (".cx-map-input", "End", [1, 2]),
        (".cx-map-kernel", "ArrowDown", [2, 2]),
    ):
        root.locator(place).focus()
        lab.page.keyboard.press(key)
        expect(lab, "list(e.focus)", at)
    live = root.locator("[aria-live=polite]").first
    lab.page.wait_for_function(
        "node => node.textContent === 'row 2, column 2: 6; g[2, 2] = −1 goes to x[6, 4]'",
        arg=live.element_handle(),
    )
    root.locator(".cx-map-input").scroll_into_view_if_needed()
    box = root.locator(".cx-map-input .cx-tile[transform='translate(3 1)'] rect").bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.page.wait_for_function("root => root.dataset.at === '0,1'", arg=root.element_handle())
    assert lab.value("list(e.focus)") == [2, 2]  # pointing asks and tells Python nothing
    lab.page.mouse.down()
    lab.page.mouse.up()
    expect(lab, "list(e.focus)", [0, 1])
    lab.page.mouse.move(2, 2)


def test_playing_moves_and_stops_at_the_end(lab: Lab, root: Locator) -> None:
    root.get_by_label("speed").select_option("15")
    root.get_by_role("button", name="Play").click()
    expect(lab, "list(e.focus)", [2, 2])
    root.get_by_role("button", name="Play").wait_for()  # not "Pause" any more
    slider = root.get_by_label("window", exact=True)
    assert slider.input_value() == "8"
    slider.fill("5")
    expect(lab, "list(e.focus)", [1, 2])
