"""ConvolutionSumExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator

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
    "from course_utils.explorers import ConvolutionSumExplorer\ne = ConvolutionSumExplorer()\ne",
    "e",  # a second view of the same explorer
]
HEIGHTS = """row => [...row.querySelectorAll('.cx-b')].map(bar => {
    const zero = Number(row.querySelector('.cx-zero').getAttribute('y1'));
    const y = Number(bar.getAttribute('y')), tall = Number(bar.getAttribute('height'));
    return y < zero - 2 ? tall : y > zero - 1 && tall > 3 ? -tall : 0; })"""
MIDDLES = """row => [...row.querySelectorAll('.cx-b')].map(bar => {
    const box = bar.getBoundingClientRect(); return box.left + box.width / 2; })"""


def number(text: str | None) -> float:
    return float((text or "nan").replace("−", "-"))


def texts(root: Locator, row: str, group: str = "numbers") -> list[float]:
    return [
        number(text)
        for text in root.locator(f".cx-line-{row} .cx-row-{group} text").all_text_contents()
    ]


@pytest.mark.parametrize(
    "change",
    [
        "",
        "e.update(operation='correlation', mode='valid', w=[1, -2, 3])",
        "e.update(x=[1, 2, -3], w=[1, 10], mode='same', t=2)",
        "e.update(x_preset='ramp', w_preset='difference', mode='full', t=8)",
    ],
    ids=["open", "valid", "same", "full"],
)
def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator, change: str) -> None:
    if change:
        settle(notebook, change)
    found: dict[str, Any] = notebook.value(
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


def test_the_bars_are_as_tall_as_their_numbers(notebook: Notebook, root: Locator) -> None:
    full = notebook.value("e.explain().full.tolist()")
    heights = root.locator(".cx-line-output").evaluate(HEIGHTS)
    scale = heights[2] / full[2]
    assert scale > 0
    assert heights == pytest.approx([value * scale for value in full], abs=0.6)


@pytest.mark.parametrize("operation", ["convolution", "correlation"])
def test_the_kernel_lies_on_the_samples_it_multiplies(
    notebook: Notebook, root: Locator, operation: str
) -> None:
    settle(notebook, f"e.update(operation='{operation}', t=5)")
    signal = root.locator(".cx-line-input").evaluate(MIDDLES)  # starts at time 1 − F
    kernel = root.locator(".cx-line-kernel").evaluate(MIDDLES)
    terms = notebook.value("[list(t) for t in e.explain().terms]")
    F = len(terms)
    for place, (_, n, *_rest) in zip(kernel, terms, strict=True):
        assert place == pytest.approx(signal[n + F - 1], abs=0.5)
    fields = root.get_by_label("x at 3")
    box = fields.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(signal[3 + F - 1], abs=1)


def test_a_typed_sample_reaches_python_and_comes_back_as_bars(
    notebook: Notebook, root: Locator
) -> None:
    root.get_by_label("x at 4").focus()
    notebook.page.keyboard.type("-2.5")
    assert wait_for(notebook, "float(e.x[4])", -2.5) == -2.5
    drawn(notebook, notebook.value("e.rev"))
    full = notebook.value("e.explain().full.tolist()")
    assert texts(root, "output") == pytest.approx(full, abs=0.005)
    assert notebook.value("e.x_preset") == "custom"


def test_what_is_not_a_number_is_said_and_the_weight_stays(
    notebook: Notebook, root: Locator
) -> None:
    cell = root.get_by_label("w at 1")
    cell.focus()
    notebook.page.keyboard.type("0,5")
    notebook.page.keyboard.press("ArrowDown")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "has a comma: write the decimal point, 0.5" in alert.inner_text()
    assert cell.input_value() == "0.5"
    weights = [1, 0.5, 0.25]  # "0" was a number on the way
    assert wait_for(notebook, "e.w.tolist()", weights) == weights


def test_arrows_move_the_focus_among_the_samples(notebook: Notebook, root: Locator) -> None:
    label = "() => document.activeElement.getAttribute('aria-label')"
    root.get_by_label("x at 10").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"):
        notebook.page.keyboard.press(key)
        seen.append(notebook.page.evaluate(label))
    assert seen == ["x at 11", "x at 11", "x at 10", "x at 9"]


def test_arrows_slide_the_kernel_within_the_outputs_kept(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(mode='valid', t=3)")
    root.locator(".cx-line-output .cx-plot").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "int(e.t)", 2) == 2
    notebook.page.keyboard.press("End")
    assert wait_for(notebook, "int(e.t)", 11) == 11
    assert number(root.get_attribute("data-sum")) == notebook.value("e.explain().total")


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    places = (
        ".cx-line-output .cx-plot",
        ".cx-line-kernel .cx-plot",
        ".cx-play",
        ".cx-cell >> nth=0",
    )
    for place in places:
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_drawing_on_the_signal(notebook: Notebook, root: Locator) -> None:
    plot = root.locator(".cx-line-input .cx-plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    middles = root.locator(".cx-line-input").evaluate(MIDDLES)  # columns −2, −1, 0, 1 …
    zero = float(plot.locator(".cx-zero").get_attribute("y1") or 0)
    notebook.page.mouse.move(middles[2 + 6], box["y"] + zero)
    notebook.page.mouse.down()
    notebook.page.mouse.move(middles[2 + 9], box["y"] + zero)  # crosses x[7] and x[8]
    notebook.page.mouse.up()
    expected = [0, 1, 3, 1, 0, 2, 0, 0, 0, 0, -2, -1]
    assert wait_for(notebook, "e.x.tolist()", expected) == expected


def test_dragging_the_kernel_moves_t(notebook: Notebook, root: Locator) -> None:
    plot = root.locator(".cx-line-kernel .cx-plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    middles = root.locator(".cx-line-input").evaluate(MIDDLES)
    y = box["y"] + box["height"] / 2
    notebook.page.mouse.move(middles[2 + 2], y)
    notebook.page.mouse.down()
    notebook.page.mouse.move(middles[2 + 8], y, steps=5)
    notebook.page.mouse.up()
    assert wait_for(notebook, "int(e.t)", 9) == 9  # its middle, w[1], lies on x[8]


def test_operation_and_mode_by_hand(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("radio", name="correlation").check()
    assert wait_for(notebook, "e.operation", "correlation") == "correlation"
    root.get_by_role("radio", name="valid").check()
    assert wait_for(notebook, "e.mode", "valid") == "valid"
    drawn(notebook, notebook.value("e.rev"))
    assert root.locator(".cx-line-output .cx-b.cx-dropped").count() == 4
    settle(notebook, "e.update(mode='full', x=[1])")
    assert root.get_by_role("radio", name="valid").is_disabled()


def test_playing_moves_and_stops_at_the_end(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(t=10)")
    root.get_by_label("speed").select_option("10")
    root.get_by_role("button", name="Play").click()
    assert wait_for(notebook, "int(e.t)", 13) == 13
    root.get_by_role("button", name="Play").wait_for()
    root.get_by_label("time t").fill("4")
    assert wait_for(notebook, "int(e.t)", 4) == 4


def test_reduced_motion_plays_slowly(notebook: Notebook, root: Locator) -> None:
    notebook.page.emulate_media(reduced_motion="reduce")
    settle(notebook, "e.update(t=0)")
    root.get_by_label("speed").select_option("10")
    root.get_by_role("button", name="Play").click()
    notebook.page.wait_for_timeout(800)
    root.get_by_role("button", name="Pause").click()
    assert int(notebook.value("int(e.t)")) <= 2
    notebook.page.emulate_media(reduced_motion="no-preference")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.get_by_label("kernel", exact=True).select_option("mean")
    assert wait_for(notebook, "e.w_preset", "mean") == "mean"
    drawn(notebook, notebook.value("e.rev"))
    assert texts(first, "output") == texts(second, "output")
    assert second.get_by_label("kernel", exact=True).input_value() == "mean"
    second.locator(".cx-line-output .cx-plot").focus()
    notebook.page.keyboard.press("Home")
    notebook.page.wait_for_function("view => view.dataset.at === '0'", arg=first.element_handle())


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("change", ["", "e.update(x_preset='wave', x_size=24, mode='valid')"])
def test_names_roles_and_contrast(
    notebook: Notebook, root: Locator, theme: str, change: str
) -> None:
    notebook.theme(theme)
    if change:
        settle(notebook, change)
    assert violations(notebook, root) == []
    notebook.theme("Light")


@pytest.mark.parametrize("width", [1200, 700])
def test_nothing_is_clipped(notebook: Notebook, root: Locator, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", "e.update(x_size=24, w_size=9, mode='same')"):
        settle(notebook, change)
        notebook.page.wait_for_timeout(100)
        over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
        assert over[0] <= 0, over
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    keys = ["PageUp", "PageDown"] * 20
    times = measure_keys(root, "input[aria-label='x at 3']", keys, python=True)
    latencies.append(words("ConvolutionSumExplorer, a sample, through Python", times))
    settle(notebook, "e.update(x_size=24, w_size=9, t=0)")
    keys = ["ArrowRight"] * 28
    times = measure_keys(root, ".cx-line-output .cx-plot", keys, python=False)
    latencies.append(words("ConvolutionSumExplorer, sliding, JavaScript", times))
    assert len(times) == len(keys) - 3
