"""ConvolutionSumExplorer in a real JupyterLab: what a reader sees, types and hears."""

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
)
from tests.browser.lab import Lab

HEIGHTS = """row => [...row.querySelectorAll('.cx-b')].map(bar => {
    const zero = Number(row.querySelector('.cx-zero').getAttribute('y1'));
    const y = Number(bar.getAttribute('y')), tall = Number(bar.getAttribute('height'));
    return y < zero - 2 ? tall : y > zero - 1 && tall > 3 ? -tall : 0; })"""
MIDDLES = """row => [...row.querySelectorAll('.cx-b')].map(bar => {
    const box = bar.getBoundingClientRect(); return box.left + box.width / 2; })"""
X_3 = "[aria-label='x at 3']"
EXPLORER = Explorer(
    name="ConvolutionSumExplorer",
    states={
        "valid": "x_preset='wave', x_size=24, mode='valid'",
        "same": "x_size=24, w_size=9, mode='same'",
    },
    fast=Keys(X_3, ["PageUp"] * 20, "e.x[3]", 3.0),
    step=(X_3, "PageUp"),
    latencies=(
        Latency("a sample", X_3, "PageUp PageDown"),
        Latency(
            "sliding",
            ".cx-line-output .cx-plot",
            "ArrowRight",
            change="x_size=24, w_size=9, t=0",
            python=False,
        ),
    ),
)


def texts(root: Locator, row: str, group: str = "numbers") -> list[float]:
    return [
        number(text)
        for text in root.locator(f".cx-line-{row} .cx-row-{group} text").all_text_contents()
    ]


@pytest.mark.parametrize(
    "change",
    [
        "",
        "operation='correlation', mode='valid', w=[1, -2, 3]",
        "x=[1, 2, -3], w=[1, 10], mode='same', t=2",
        "x_preset='ramp', w_preset='difference', mode='full', t=8",
    ],
    ids=["open", "valid", "same", "full"],
)
def test_every_displayed_number_is_pythons(lab: Lab, root: Locator, change: str) -> None:
    enter(lab, change)
    found: dict[str, Any] = lab.value(
        "dict(full=e.explain().full.tolist(), first=e.explain().full_first,"
        " terms=[list(t) for t in e.explain().terms], total=e.explain().total, t=int(e.t),"
        " lines=[e.explain().numpy_line, e.explain().torch_line], x=e.x.tolist(), w=e.w.tolist())"
    )
    assert texts(root, "output") == pytest.approx(found["full"], abs=0.005)
    times = range(found["first"], found["first"] + len(found["full"]))
    assert texts(root, "output", "names") == list(times)
    assert texts(root, "plain") == pytest.approx([t[4] for t in found["terms"]], abs=0.005)
    assert texts(root, "kernel") == pytest.approx([t[3] for t in found["terms"]], abs=0.005)
    chips = root.locator(".cx-chip").all_inner_texts()
    for chip, (a, n, x, w, product) in zip(chips, found["terms"], strict=True):
        assert chip.split("\n") == [
            f"x[{n}] · w[{a}]".replace("-", "−"),
            f"{x:g} × {w:g}".replace("-", "−"),
            f"= {product + 0:g}".replace("-", "−"),
        ]
    total = f"y[{found['t']}] = {found['total']:g}".replace("-", "−")
    assert root.locator(".cx-sum").inner_text() == total
    assert root.locator(".cx-code-text").all_inner_texts() == found["lines"]
    cells = root.locator("input.cx-cell")
    shown = [number(cell.input_value()) for cell in cells.all()]
    assert shown == pytest.approx(found["x"] + found["w"], abs=0.005)


def test_the_bars_are_as_tall_as_their_numbers(lab: Lab, root: Locator) -> None:
    full = lab.value("e.explain().full.tolist()")
    heights = root.locator(".cx-line-output").evaluate(HEIGHTS)
    scale = heights[2] / full[2]
    assert scale > 0
    assert heights == pytest.approx([value * scale for value in full], abs=0.6)


@pytest.mark.parametrize("operation", ["convolution", "correlation"])
def test_the_kernel_lies_on_the_samples_it_multiplies(
    lab: Lab, root: Locator, operation: str
) -> None:
    settle(lab, f"e.update(operation='{operation}', t=5)")
    signal = root.locator(".cx-line-input").evaluate(MIDDLES)  # starts at time 1 − F
    kernel = root.locator(".cx-line-kernel").evaluate(MIDDLES)
    terms = lab.value("[list(t) for t in e.explain().terms]")
    F = len(terms)
    for place, (_, n, *_rest) in zip(kernel, terms, strict=True):
        assert place == pytest.approx(signal[n + F - 1], abs=0.5)
    fields = root.get_by_label("x at 3")
    box = fields.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(signal[3 + F - 1], abs=1)


def test_a_typed_sample_reaches_python_and_comes_back_as_bars(lab: Lab, root: Locator) -> None:
    root.get_by_label("x at 4").focus()
    lab.page.keyboard.type("-2.5")
    expect(lab, "float(e.x[4])", -2.5)
    drawn(lab)
    full = lab.value("e.explain().full.tolist()")
    assert texts(root, "output") == pytest.approx(full, abs=0.005)
    assert lab.value("e.x_preset") == "custom"


def test_what_is_not_a_number_is_said_and_the_weight_stays(lab: Lab, root: Locator) -> None:
    cell = root.get_by_label("w at 1")
    cell.focus()
    lab.page.keyboard.type("0,5")
    lab.page.keyboard.press("ArrowDown")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "has a comma: write the decimal point, 0.5" in alert.inner_text()
    assert cell.input_value() == "0.5"
    weights = [1, 0.5, 0.25]  # "0" was a number on the way
    expect(lab, "e.w.tolist()", weights)


def test_arrows_move_the_focus_among_the_samples(lab: Lab, root: Locator) -> None:
    label = "() => document.activeElement.getAttribute('aria-label')"
    root.get_by_label("x at 10").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"):
        lab.page.keyboard.press(key)
        seen.append(lab.page.evaluate(label))
    assert seen == ["x at 11", "x at 11", "x at 10", "x at 9"]


def test_arrows_slide_the_kernel_within_the_outputs_kept(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(mode='valid', t=3)")
    root.locator(".cx-line-output .cx-plot").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft"):
        lab.page.keyboard.press(key)
    expect(lab, "int(e.t)", 2)
    lab.page.keyboard.press("End")
    expect(lab, "int(e.t)", 11)
    assert number(root.get_attribute("data-sum")) == lab.value("e.explain().total")


def test_drawing_on_the_signal(lab: Lab, root: Locator) -> None:
    plot = root.locator(".cx-line-input .cx-plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    middles = root.locator(".cx-line-input").evaluate(MIDDLES)  # columns −2, −1, 0, 1 …
    zero = float(plot.locator(".cx-zero").get_attribute("y1") or 0)
    lab.page.mouse.move(middles[2 + 6], box["y"] + zero)
    lab.page.mouse.down()
    lab.page.mouse.move(middles[2 + 9], box["y"] + zero)  # crosses x[7] and x[8]
    lab.page.mouse.up()
    expected = [0, 1, 3, 1, 0, 2, 0, 0, 0, 0, -2, -1]
    expect(lab, "e.x.tolist()", expected)


def test_dragging_the_kernel_moves_t(lab: Lab, root: Locator) -> None:
    plot = root.locator(".cx-line-kernel .cx-plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    middles = root.locator(".cx-line-input").evaluate(MIDDLES)
    y = box["y"] + box["height"] / 2
    lab.page.mouse.move(middles[2 + 2], y)
    lab.page.mouse.down()
    lab.page.mouse.move(middles[2 + 8], y, steps=5)
    lab.page.mouse.up()
    expect(lab, "int(e.t)", 9)  # its middle, w[1], lies on x[8]


def test_operation_and_mode_by_hand(lab: Lab, root: Locator) -> None:
    root.get_by_role("radio", name="correlation").check()
    expect(lab, "e.operation", "correlation")
    root.get_by_role("radio", name="valid").check()
    expect(lab, "e.mode", "valid")
    drawn(lab)
    assert root.locator(".cx-line-output .cx-b.cx-dropped").count() == 4
    settle(lab, "e.update(mode='full', x=[1])")
    assert root.get_by_role("radio", name="valid").is_disabled()


def test_playing_moves_and_stops_at_the_end(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(t=10)")
    root.get_by_label("speed").select_option("10")
    root.get_by_role("button", name="Play").click()
    expect(lab, "int(e.t)", 13)
    root.get_by_role("button", name="Play").wait_for()
    root.get_by_label("time t").fill("4")
    expect(lab, "int(e.t)", 4)


def test_reduced_motion_plays_slowly(lab: Lab, root: Locator) -> None:
    lab.calm(True)
    settle(lab, "e.update(t=0)")
    root.get_by_label("speed").select_option("10")
    root.get_by_role("button", name="Play").click()
    lab.page.wait_for_timeout(800)
    root.get_by_role("button", name="Pause").click()
    assert int(lab.value("int(e.t)")) <= 2
