"""ConvArithmeticExplorer in a real JupyterLab: what a reader sees, types and hears."""

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
    "from course_utils.explorers import ConvArithmeticExplorer\ne = ConvArithmeticExplorer()\ne",
    "e",  # a second view of the same explorer
]
# The numbers in the cells of a map, row by row, and the kinds of its cells.
TILES = """map => [...map.querySelectorAll('.cx-tile')].map(
    tile => [tile.children[1].textContent, [...tile.classList].filter(c => c !== 'cx-tile')])"""
LIT = """map => [...map.querySelectorAll('.cx-lit, .cx-lit-zero')].map(tile => [
    ...tile.getAttribute('transform').match(/\\d+/g).map(Number).reverse(),
    tile.classList.contains('cx-lit')])"""
SHAPES = {
    "open": "",
    "transposed": "e.update(transposed=True, focus=(2, 3))",
    "rectangular": "e.update(input_size=(7, 12), kernel_size=(3, 4), stride=(2, 3),"
    " padding=(2, 1), dilation=2, focus=(0, 1))",
    "cropped": "e.update(transposed=True, input_size=(5, 4), kernel_size=(2, 1), stride=1,"
    " output_padding=0, padding=(2, 1), w_preset='count')",
}


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def shown(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def bracketed(value: float) -> str:
    return f"({shown(value)})" if value < 0 else shown(value)


@pytest.mark.parametrize("change", SHAPES.values(), ids=list(SHAPES))
def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator, change: str) -> None:
    if change:
        settle(notebook, change)
    found: dict[str, Any] = notebook.value(
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
    expected = f"= {written}" + (f" (and {zeros} weights on zeros)" if zeros > 1 else "")
    assert said.replace("weight on zeros", "weights on zeros") == expected.replace("(and 1 ", "")
    lines = root.locator(".cx-formula-line")
    assert [text.split(": ", 1)[1] for text in lines.locator(".cx-hidden").all_inner_texts()] == (
        found["axes"]
    )
    sizes = lines.locator(".cx-formula-size").all_inner_texts()
    assert [int(size) for size in sizes] == found["sizes"]
    assert root.locator(".cx-notes li").all_inner_texts() == found["notes"]
    assert root.locator(".cx-code-text").inner_text() == found["line"]


def test_the_fractions_hold_the_numbers_of_the_formula(notebook: Notebook, root: Locator) -> None:
    rows = root.locator(".cx-formula-line").first
    assert rows.locator(".cx-fraction").all_inner_texts() == [
        "8 + 2·0 − 1·(3 − 1) − 1\n2",
        "5\n2",
    ]
    assert rows.locator(".cx-floor").last.inner_text().replace("\n", "") == "⌊2.5⌋"
    assert rows.locator(".cx-left").inner_text() == "5 = 2·2 + 1: 1 left over"
    settle(notebook, "e.update(input_size=(9, 9))")
    assert rows.locator(".cx-left").is_hidden()


def test_arrows_move_the_window_and_the_live_region_says_the_sum(
    notebook: Notebook, root: Locator
) -> None:
    for place, keys, at in (
        (".cx-map-output", ("ArrowRight", "ArrowDown", "ArrowDown"), [2, 2]),
        (".cx-map-input", ("Home", "ArrowUp"), [1, 0]),
    ):
        root.locator(place).focus()
        for key in keys:
            notebook.page.keyboard.press(key)
        assert wait_for(notebook, "list(e.focus)", at) == at
        assert root.get_attribute("data-at") == ",".join(map(str, at))
    assert float(root.get_attribute("data-sum") or "nan") == notebook.value("e.explain().total")
    live = root.locator("[aria-live=polite]").first
    notebook.page.wait_for_function(
        "node => node.textContent.startsWith('row 1, column 0: the sum is')",
        arg=live.element_handle(),
    )


def test_pointing_shows_a_sum_and_a_click_keeps_it(notebook: Notebook, root: Locator) -> None:
    def point(place: str, row: int, column: int) -> None:
        tile = root.locator(f"{place} .cx-tile[transform='translate({column} {row})'] rect")
        box = tile.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        notebook.page.mouse.move(x, y)
        notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
        notebook.page.evaluate("() => new Promise(requestAnimationFrame)")

    root.locator(".cx-map-output").scroll_into_view_if_needed()
    point(".cx-map-output", 2, 3)
    assert root.get_attribute("data-at") == "2,3"
    assert notebook.value("list(e.focus)") == [1, 1]  # pointing asks and tells Python nothing
    point(".cx-map-input", 1, 5)  # the window centred there
    assert root.get_attribute("data-at") == "0,2"
    notebook.page.mouse.move(2, 2)
    notebook.page.wait_for_function("root => root.dataset.at === '1,1'", arg=root.element_handle())
    point(".cx-map-output", 0, 1)
    notebook.page.mouse.down()
    notebook.page.mouse.up()
    assert wait_for(notebook, "list(e.focus)", [0, 1]) == [0, 1]
    notebook.page.mouse.move(2, 2)


def test_only_valid_sizes_can_be_reached_and_a_typed_one_is_refused_in_words(
    notebook: Notebook, root: Locator
) -> None:
    settle(notebook, "e.update(input_size=(5, 6), stride=1)")
    more = root.get_by_role("button", name="dilation rows: more")
    more.click()
    assert wait_for(notebook, "list(e.dilation)", [2, 1]) == [2, 1]
    drawn(notebook, notebook.value("e.rev"))
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
    assert wait_for(notebook, "list(e.padding)", [1, 0]) == [1, 0]
    drawn(notebook, notebook.value("e.rev"))
    assert alert.is_hidden()
    assert more.is_enabled()


def test_rows_and_columns_together(notebook: Notebook, root: Locator) -> None:
    root.get_by_label("rows and columns together").check()
    root.get_by_role("button", name="stride columns: more").click()
    assert wait_for(notebook, "list(e.stride)", [3, 3]) == [3, 3]
    root.get_by_label("rows and columns together").uncheck()
    root.get_by_role("button", name="stride columns: less").click()
    assert wait_for(notebook, "list(e.stride)", [3, 2]) == [3, 2]


def test_turning_around_leads_back_to_the_size(notebook: Notebook, root: Locator) -> None:
    extra = root.get_by_label("output padding rows", exact=True)
    assert extra.is_hidden()
    root.get_by_role("radio", name="transposed convolution").check()
    assert wait_for(notebook, "list(e.y.shape)", [8, 9]) == [8, 9]
    drawn(notebook, notebook.value("e.rev"))
    assert extra.input_value() == "1"
    root.get_by_role("button", name="output padding rows: less").click()
    assert wait_for(notebook, "list(e.y.shape)", [7, 9]) == [7, 9]
    root.get_by_role("radio", name="convolution", exact=True).check()
    assert wait_for(notebook, "list(e.input_size)", [7, 9]) == [7, 9]
    settle(notebook, "e.update(transposed=True, input_size=4, kernel_size=1, stride=5)")
    forward = root.get_by_role("radio", name="convolution", exact=True)
    assert forward.is_disabled()
    assert "its input would be 16 cells wide" in (forward.get_attribute("title") or "")


def test_a_typed_weight_reaches_python(notebook: Notebook, root: Locator) -> None:
    root.get_by_label("kernel row 1, column 1").focus()
    notebook.page.keyboard.type("7")
    assert wait_for(notebook, "float(e.w[1, 1])", 7.0) == 7.0
    drawn(notebook, notebook.value("e.rev"))
    assert root.locator(".cx-map-sum").inner_text() == "y[1, 1] = 53"  # 35 + 6·3
    assert root.get_by_label("numbers of the kernel").input_value() == "custom"


def test_playing_moves_and_stops_at_the_end(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(focus=(2, 1))")
    root.get_by_label("speed").select_option("15")
    root.get_by_role("button", name="Play").click()
    assert wait_for(notebook, "list(e.focus)", [2, 3]) == [2, 3]
    root.get_by_role("button", name="Play").wait_for()  # not "Pause" any more
    assert root.locator(".cx-tile[opacity='0.13']").count() == 0
    slider = root.get_by_label("position in the output")
    assert slider.input_value() == "11"
    slider.fill("6")
    assert wait_for(notebook, "list(e.focus)", [1, 2]) == [1, 2]


def test_the_keyboard_alone_reaches_everything_and_the_notebook_gets_no_key(
    notebook: Notebook, root: Locator
) -> None:
    cells = notebook.cells()
    root.get_by_role("radio", name="convolution", exact=True).focus()
    reached = []
    for _ in range(30):
        reached.append(
            notebook.page.evaluate(
                "() => { const n = document.activeElement; const label = n.labels?.[0];"
                " return n.getAttribute('aria-label') || label?.textContent; }"
            )
        )
        notebook.page.keyboard.press("Tab")
    for name in (
        "numbers of the input", "stride columns", "input: arrow keys move the window",
        "kernel row 1, column 1", "output: arrow keys move from cell to cell", "Play",
        "position in the output", "Copy the line of PyTorch",
    ):  # fmt: skip
        assert name in reached, reached
    for place in (".cx-map-output", ".cx-map-input", ".cx-play"):
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.get_by_role("button", name="stride rows: less").click()
    assert wait_for(notebook, "list(e.stride)", [1, 2]) == [1, 2]
    drawn(notebook, notebook.value("e.rev"))
    tiles = [view.locator(".cx-map-output").evaluate(TILES) for view in (first, second)]
    assert tiles[0] == tiles[1]
    assert len(tiles[0]) == 6 * 4
    second.locator(".cx-map-output").focus()
    notebook.page.keyboard.press("End")
    notebook.page.wait_for_function("view => view.dataset.at === '1,3'", arg=first.element_handle())
    ids = notebook.page.evaluate(
        "() => [...document.querySelectorAll('.cx-root [id]')].map(node => node.id)"
    )
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_names_roles_and_contrast(notebook: Notebook, root: Locator, theme: str) -> None:
    notebook.theme(theme)
    root.get_by_label("stride rows", exact=True).fill("x")
    root.get_by_label("stride rows", exact=True).press("Enter")
    root.get_by_role("alert").wait_for()
    for change in ("", SHAPES["transposed"]):
        if change:
            settle(notebook, change)
        assert violations(notebook, root) == []
    notebook.theme("Light")


def test_nothing_is_clipped(notebook: Notebook, root: Locator) -> None:
    for width in (1200, 900, 700):
        notebook.page.set_viewport_size({"width": width, "height": 1400})
        for change in ("e.reset()", "e.update(input_size=14, padding=4, kernel_size=6, stride=1)"):
            settle(notebook, change)
            over = root.evaluate(
                """root => [...root.querySelectorAll('*')].filter(n => n.offsetParent
                && n.getBoundingClientRect().right > root.getBoundingClientRect().right + 1
                && !n.closest('.cx-hidden')).map(n => n.className)"""
            )
            assert over == [], (width, change)
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    keys = ["ArrowUp", "ArrowDown"] * 10
    field = root.get_by_label("padding rows", exact=True).get_attribute("id")
    times = measure_keys(root, f"#{field}", keys, python=True)
    latencies.append(words("ConvArithmeticExplorer, a padding, through Python", times))
    settle(notebook, "e.update(input_size=14, padding=4, kernel_size=6, stride=1)")
    times = measure_keys(root, f"#{field}", ["ArrowDown", "ArrowUp"] * 10, python=True)
    latencies.append(words("ConvArithmeticExplorer, a padding at 22 × 22, through Python", times))
    keys = ["ArrowRight", "ArrowDown"] * 10
    times = measure_keys(root, ".cx-map-output", keys, python=False)
    latencies.append(words("ConvArithmeticExplorer, the sum at an output, JavaScript", times))
    assert len(times) == len(keys) - 3
