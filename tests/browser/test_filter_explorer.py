"""FilterExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Locator

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
    "from course_utils.explorers import FilterExplorer\ne = FilterExplorer()\ne",
    "e",  # a second view of the same explorer
]
PIXELS = """canvas => {
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return [canvas.height, canvas.width, btoa(String.fromCharCode(...data))]; }"""
CELL = "input[aria-label='kernel row {}, column {}']"


def canvas(root: Locator, kind: str) -> np.ndarray:
    rows, columns, data = root.locator(f".cx-frame-{kind} canvas").evaluate(PIXELS)
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)
    assert (pixels[..., 3] == 255).all()
    return pixels[..., :3]


def expected(notebook: Notebook, what: str) -> np.ndarray:
    """Colours of the kernel's own array, by the Python that the explorer does not run."""
    array = np.array(notebook.value(f"e.explain().{what}.tolist()"))
    at_least = max(1.0, notebook.value("float(e.image.max())")) if what == "output" else 1.0
    return colours.pixels(array, colours.scale_of(array, at_least))


@pytest.mark.parametrize(
    "change",
    [
        "",
        "e.update(preset='gaussian', padding='same')",
        "e.update(picture='steps', kernel=[[1, 0, -2]], stride=2, padding=1)",
        "e.update(picture='stripes', preset='gabor_45', flip=True, dilation=2)",
        "e.update(padding=5, padding_mode='reflect', preset='emboss')",
    ],
    ids=["open", "blur", "small", "gabor", "reflect"],
)
def test_the_pixels_are_pythons_output_in_the_courses_colours(
    notebook: Notebook, root: Locator, change: str
) -> None:
    if change:
        settle(notebook, change)
    np.testing.assert_array_equal(canvas(root, "output"), expected(notebook, "output"))
    np.testing.assert_array_equal(canvas(root, "input"), expected(notebook, "padded"))


def test_a_typed_weight_reaches_python_and_comes_back_as_pixels(
    notebook: Notebook, root: Locator
) -> None:
    before = canvas(root, "output")
    cell = root.locator(CELL.format(1, 1))
    cell.focus()
    notebook.page.keyboard.type("1/4")
    assert wait_for(notebook, "float(e.kernel[1, 1])", 0.25) == 0.25
    drawn(notebook, notebook.value("e.rev"))
    after = canvas(root, "output")
    assert not np.array_equal(before, after)
    np.testing.assert_array_equal(after, expected(notebook, "output"))
    assert notebook.value("e.preset") == "custom"


def test_what_is_not_a_number_is_said_and_the_weight_stays(
    notebook: Notebook, root: Locator
) -> None:
    cell = root.locator(CELL.format(0, 0))
    cell.focus()
    notebook.page.keyboard.type("abc")
    notebook.page.keyboard.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "“abc” is not a number" in alert.inner_text()
    assert cell.input_value() == "-1"
    assert notebook.value("e.kernel.tolist()")[0][0] == -1
    settle(notebook, "e.update(stride=2)")
    assert alert.is_visible()  # Python's change is no answer to it
    cell.focus()
    notebook.page.keyboard.type("7")
    alert.wait_for(state="hidden")


def test_a_typed_stride_that_does_not_fit_is_refused_in_words(
    notebook: Notebook, root: Locator
) -> None:
    field = root.get_by_label("stride", exact=True)
    field.fill("99")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text() == "stride must be a whole number from 1 to 8, not 99"
    assert field.input_value() == "1"
    assert notebook.value("e.stride") == 1
    field.fill("3")
    field.press("Enter")
    assert wait_for(notebook, "e.stride", 3) == 3
    alert.wait_for(state="hidden")


def test_only_valid_shapes_can_be_reached_by_the_buttons(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(picture='steps', preset='box_blur')")  # 6 × 7 under 5 × 5
    assert root.get_by_role("button", name="dilation: more").is_disabled()
    assert root.get_by_role("button", name="stride: less").is_disabled()
    more = root.get_by_role("button", name="kernel rows: more")
    more.click()
    assert wait_for(notebook, "e.kernel_size[0]", 6) == 6
    drawn(notebook, notebook.value("e.rev"))
    assert more.is_disabled()
    root.get_by_role("button", name="padding: more").click()
    assert wait_for(notebook, "e.padding", 1) == 1
    drawn(notebook, notebook.value("e.rev"))
    assert more.is_enabled()


def test_no_press_is_lost_however_fast(notebook: Notebook, root: Locator) -> None:
    # Thirty presses in one go: answers to the first must not undo the later ones.
    root.locator(CELL.format(1, 1)).evaluate(
        """async node => { node.focus(); for (let n = 0; n < 30; n += 1) {
            node.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }));
            await new Promise(done => setTimeout(done, 4)); } }"""
    )
    assert wait_for(notebook, "float(e.kernel[1, 1])", 3.0) == 3.0
    more = root.get_by_role("button", name="stride: more")
    more.evaluate("button => { for (let n = 0; n < 4; n += 1) button.click(); }")
    assert wait_for(notebook, "e.stride", 5) == 5
    drawn(notebook, notebook.value("e.rev"))
    assert root.get_by_label("stride", exact=True).input_value() == "5"


def test_arrows_move_the_focus_among_the_weights(notebook: Notebook, root: Locator) -> None:
    label = "() => document.activeElement.getAttribute('aria-label')"
    root.locator(CELL.format(0, 0)).focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "Enter"):
        notebook.page.keyboard.press(key)
        seen.append(notebook.page.evaluate(label).removeprefix("kernel row "))
    assert seen == [
        "0, column 1", "1, column 1", "1, column 0", "1, column 0", "0, column 0", "0, column 0",
        "1, column 0",
    ]  # fmt: skip


def test_arrows_move_the_window_and_the_live_region_says_the_sum(
    notebook: Notebook, root: Locator
) -> None:
    settle(notebook, "setattr(e, 'focus', (4, 5))")
    root.locator(".cx-frame-output").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "list(e.focus)", [6, 6]) == [6, 6]
    assert root.get_attribute("data-at") == "6,6"
    total = notebook.value("e.explain().total")
    assert float(root.get_attribute("data-sum") or "nan") == total
    live = root.locator("[aria-live=polite]").first
    notebook.page.wait_for_function("node => node.textContent", arg=live.element_handle())
    assert "row 6, column 6" in live.inner_text(timeout=2000) or live.text_content()


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    for place in (".cx-frame-output", ".cx-frame-input", ".cx-play", CELL.format(1, 1)):
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    active = "() => document.activeElement.closest('.cx-root') !== null"
    assert notebook.page.evaluate(active)
    notebook.page.keyboard.press("Tab")  # leaves the field
    assert notebook.page.evaluate(active)


def test_python_moves_the_page_and_both_views(notebook: Notebook) -> None:
    settle(notebook, "e.update(preset='laplacian', stride=2, focus=(3, 7))")
    for view in notebook.views().all():
        np.testing.assert_array_equal(canvas(view, "output"), expected(notebook, "output"))
        assert view.get_attribute("data-at") == "3,7"
        assert view.locator(CELL.format(1, 1)).input_value() == "-4"
        assert view.locator(".cx-code-text").inner_text() == "y = F.conv2d(x, w, stride=2)"
    notebook.python("e.focus = (8, 9)")
    for view in notebook.views().all():
        notebook.page.wait_for_function(
            "view => view.dataset.at === '8,9'", arg=view.element_handle()
        )


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.get_by_label("filter", exact=True).select_option("sharpen")
    assert wait_for(notebook, "e.preset", "sharpen") == "sharpen"
    drawn(notebook, notebook.value("e.rev"))
    np.testing.assert_array_equal(canvas(first, "output"), canvas(second, "output"))
    assert second.get_by_label("filter", exact=True).input_value() == "sharpen"
    second.locator(".cx-frame-output").focus()
    notebook.page.keyboard.press("Home")
    notebook.page.wait_for_function(
        "view => view.dataset.at.endsWith(',0')", arg=first.element_handle()
    )


def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator) -> None:
    settle(
        notebook,
        "e.update(picture='steps', kernel=[[1, 2], [3, 4], [0, -1]], flip=True, focus=(2, 3))",
    )
    found = notebook.value(
        "[e.explain().window.tolist(), e.explain().used.tolist(), e.explain().products.tolist()]"
    )
    tables = root.locator("table.cx-numbers").all()
    for table, values in zip(tables, found, strict=True):
        shown = [
            [float(cell.replace("−", "-")) for cell in row.split("\t")]
            for row in table.locator("tbody").inner_text().splitlines()
        ]
        assert shown == values
    total = notebook.value("e.explain().total")
    assert root.locator(".cx-sum").inner_text() == f"y[2, 3] = {total:g}".replace("-", "−")
    digits = root.locator(".cx-frame-output .cx-digits text").all_text_contents()
    output = np.array(notebook.value("e.output.tolist()"))
    assert [float(text.replace("−", "-")) for text in digits] == output.ravel().tolist()


def test_pointing_shows_a_sum_and_a_click_pins_it(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(picture='steps')")  # output 4 × 5
    frame = root.locator(".cx-frame-output")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None

    def point(row: int, column: int) -> None:
        notebook.page.mouse.move(
            box["x"] + (column + 0.5) * box["width"] / 5, box["y"] + (row + 0.5) * box["height"] / 4
        )
        notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
        notebook.page.evaluate("() => new Promise(requestAnimationFrame)")

    point(2, 4)
    assert root.get_attribute("data-at") == "2,4"
    assert notebook.value("list(e.focus)") == [3, 4]  # hovering asks and tells Python nothing
    notebook.page.mouse.down()
    notebook.page.mouse.up()
    assert wait_for(notebook, "[list(e.focus), e.pinned]", [[2, 4], True]) == [[2, 4], True]
    point(0, 0)
    assert root.get_attribute("data-at") == "2,4"
    root.locator(".cx-frame-output").press("Escape")
    assert wait_for(notebook, "e.pinned", False) is False
    point(1, 1)
    assert root.get_attribute("data-at") == "1,1"
    notebook.page.mouse.move(2, 2)


def test_dragging_a_weight_changes_it(notebook: Notebook, root: Locator) -> None:
    cell = root.locator(CELL.format(0, 1))
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    notebook.page.mouse.move(x, y)
    notebook.page.mouse.down()
    notebook.page.mouse.move(x, y - 30, steps=6)
    notebook.page.mouse.up()
    assert wait_for(notebook, "float(e.kernel[0, 1])", 0.6) == 0.6
    drawn(notebook, notebook.value("e.rev"))
    np.testing.assert_array_equal(canvas(root, "output"), expected(notebook, "output"))


def test_playing_moves_and_stops_at_the_end(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(picture='steps', focus=(3, 1))")  # the last row, 4 × 5
    root.get_by_label("speed").select_option("60")
    root.get_by_role("button", name="Play").click()
    assert wait_for(notebook, "list(e.focus)", [3, 4]) == [3, 4]
    root.get_by_role("button", name="Play").wait_for()  # not "Pause" any more
    slider = root.get_by_label("position in the output")
    assert slider.input_value() == "19"
    slider.fill("7")
    assert wait_for(notebook, "list(e.focus)", [1, 2]) == [1, 2]


def test_a_picture_file_of_ones_own(notebook: Notebook, root: Locator) -> None:
    notebook.python(
        "import io, base64, numpy as np\nfrom PIL import Image\nbuffer = io.BytesIO()\n"
        "rows = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20\n"
        "Image.fromarray(rows).save(buffer, 'PNG')"
    )
    png = base64.b64decode(notebook.value("base64.b64encode(buffer.getvalue()).decode()"))
    upload = root.locator("input[type=file]")
    upload.set_input_files(FilePayload(name="mine.png", mimeType="image/png", buffer=png))
    assert wait_for(notebook, "e.picture", "mine.png") == "mine.png"
    expected_rows = (np.arange(12).reshape(3, 4) * 20 / 255).tolist()
    assert notebook.value("e.image.tolist()") == expected_rows
    upload.set_input_files(
        FilePayload(name="no.png", mimeType="image/png", buffer=b"not a picture")
    )
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "“no.png” is not a picture" in alert.inner_text()


def test_an_error_in_an_observer_is_shown(notebook: Notebook, root: Locator) -> None:
    notebook.python("def broken(change): raise KeyError('on purpose')\ne.observe(broken, 'rev')")
    try:
        root.get_by_role("button", name="stride: more").click()
        alert = root.get_by_role("alert")
        alert.wait_for()
        assert alert.inner_text() == "KeyError: 'on purpose'"
    finally:
        notebook.python("e.unobserve(broken, 'rev')")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize(
    "change", ["", "e.update(picture='steps', preset='gaussian', padding='same', pinned=True)"]
)
def test_names_roles_and_contrast(
    notebook: Notebook, root: Locator, theme: str, change: str
) -> None:
    notebook.theme(theme)
    if change:
        settle(notebook, change)
    assert violations(notebook, root) == []
    notebook.theme("Light")


def test_the_alert_reads_well_in_both_themes(notebook: Notebook, root: Locator) -> None:
    root.get_by_label("stride", exact=True).fill("x")
    root.get_by_label("stride", exact=True).press("Enter")
    root.get_by_role("alert").wait_for()
    for theme in ("Dark", "Light"):
        notebook.theme(theme)
        assert violations(notebook, root) == []


@pytest.mark.parametrize("width", [1200, 700])
def test_nothing_is_clipped(notebook: Notebook, root: Locator, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    for change in ("e.reset()", "e.update(preset='gaussian', kernel_size=(11, 11))"):
        settle(notebook, change)
        over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
        assert over[0] <= 0, over
        wide = root.evaluate(
            """root => [...root.querySelectorAll('td, .cx-button, .cx-label, .cx-note')]
            .filter(n => n.offsetParent && n.scrollWidth > n.clientWidth + 1
                && getComputedStyle(n).display !== 'inline')
            .map(n => `${n.className} ${n.textContent}`)"""
        )
        assert wide == []
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    times = measure_keys(root, CELL.format(0, 0), ["PageUp", "PageDown"] * 20, python=True)
    latencies.append(words("FilterExplorer, a weight, through Python", times))
    settle(notebook, "e.update(preset='gaussian', kernel_size=(11, 11), padding='same')")
    times = measure_keys(root, CELL.format(0, 0), ["PageUp", "PageDown"] * 20, python=True)
    latencies.append(words("FilterExplorer, a weight of 11 × 11, through Python", times))
    keys = ["ArrowRight", "ArrowDown"] * 20
    times = measure_keys(root, ".cx-frame-output", keys, python=False)
    latencies.append(words("FilterExplorer, the sum at an output, 11 × 11, JavaScript", times))
    assert len(times) == len(keys) - 3


def test_a_view_closes_without_a_trace(notebook: Notebook) -> None:
    page = notebook.page
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets[1].model.outputs.clear()"
    )
    page.wait_for_function("() => document.querySelectorAll('.cx-root').length === 1")
    settle(notebook, "e.update(stride=2)")
    np.testing.assert_array_equal(
        canvas(notebook.views().first, "output"), expected(notebook, "output")
    )
