"""DigitExplorer in a real JupyterLab: what a reader draws, sees and hears."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from playwright.sync_api import Locator

from course_utils.explorers.digit.drawing import with_stroke
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
    "from course_utils.explorers import DigitExplorer\ne = DigitExplorer()\ne",
    "e",  # a second view of the same explorer
]
PIXELS = """canvas => {
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return [canvas.height, canvas.width, btoa(String.fromCharCode(...data))]; }"""
PAPER = ".cx-dg-paper"
# columns of the page: the input, two convolutions with their pools, two dense layers
CONVOLUTION, SECOND_POOL = 1, 4


def canvas(root: Locator, selector: str) -> np.ndarray:
    rows, columns, data = root.locator(f"{selector} >> canvas").evaluate(PIXELS)
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)


def column(n: int, which: int) -> str:
    """Selector of a layer's maps (0) or of their gradient (1)."""
    return f".cx-dg-column >> nth={n} >> .cx-dg-tall >> nth={which}"


def shades(values: np.ndarray, largest: float, *, signed: bool) -> np.ndarray:
    """The course's colours; maps without a sign are ink on paper."""
    low, high = (-largest, largest) if signed else (largest, 0.0)
    return colours.pixels(values, colours.Scale(signed, low, high))


@pytest.mark.parametrize("change", ["", "e.update(sample=30, target=8, fit=False)"])
def test_the_maps_are_pythons_in_the_courses_colours(
    notebook: Notebook, root: Locator, change: str
) -> None:
    if change:
        settle(notebook, change)
    found = notebook.value(
        "[[m.tolist() for m in e.explain().maps], [g.tolist() for g in e.explain().gradients],"
        " e.explain().occlusion.tolist(), e.ink.tolist(), e.explain().seen.tolist()]"
    )
    maps, gradients = ([np.array(part) for part in found[k]] for k in (0, 1))
    occlusion, ink, seen = (np.array(part) for part in found[2:])
    for name, values in [(PAPER, ink), (column(0, 0), seen)]:
        np.testing.assert_array_equal(
            canvas(root, name)[..., :3], shades(values, 1.0, signed=False)
        )
    np.testing.assert_array_equal(
        canvas(root, ".cx-dg-occlusion")[..., :3],
        shades(occlusion, abs(occlusion).max(), signed=True),
    )
    for n, per_row in [(CONVOLUTION, 2), (SECOND_POOL, 4)]:
        for which, stack in [(0, maps[n - 1]), (1, gradients[n])]:
            sheet = canvas(root, column(n, which))
            count, high, wide = stack.shape
            assert sheet.shape[:2] == (-(-count // per_row) * (high + 1) - 1,
                                       per_row * (wide + 1) - 1)  # fmt: skip
            for c in range(count):
                top, left = c // per_row * (high + 1), c % per_row * (wide + 1)
                np.testing.assert_array_equal(
                    sheet[top : top + high, left : left + wide, :3],
                    shades(stack[c], abs(stack).max(), signed=bool(which)),
                )
            assert not sheet[high, :, 3].any()  # between the maps the page shows through


def test_every_displayed_number_is_pythons(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.update(sample=30)")
    found = notebook.value("[e.scores.tolist(), e.explain().probabilities.tolist(), e.answer]")
    rows = root.locator("label.cx-dg-class").all_inner_texts()
    for digit, (row, score, p) in enumerate(zip(rows, found[0], found[1], strict=True)):
        shown = row.replace("−", "-").replace(" %", "").split()
        assert [float(text) for text in shown] == pytest.approx([digit, 100 * p, score], abs=0.051)
    sure = f"{100 * found[1][found[2]]:.1f}"
    assert root.locator(".cx-dg-said").inner_text() == f"{found[2]}, with {sure} %"


def test_drawing_with_the_pointer(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("button", name="Clear the drawing").click()
    assert wait_for(notebook, "float(e.ink.max())", 0.0) == 0.0
    drawn(notebook, notebook.value("e.rev"))
    assert root.locator(".cx-dg-said").inner_text() == "empty: biases alone"
    box = root.locator(f"{PAPER} canvas").bounding_box()
    assert box is not None
    pixel = box["width"] / 32
    ink = np.zeros((32, 32))
    points = [(6, 8), (6, 22), (27, 14)]
    mouse = notebook.page.mouse
    for n, (row, at) in enumerate(points):
        mouse.move(box["x"] + (at + 0.5) * pixel, box["y"] + (row + 0.5) * pixel)
        if n == 0:
            mouse.down()
        else:
            ink = with_stroke(ink, points[n - 1], (row, at), width=3)
    mouse.up()
    assert wait_for(notebook, "e.answer", 7) == 7
    drawn(notebook, notebook.value("e.rev"))
    found = np.array(notebook.value("e.ink.tolist()"))
    np.testing.assert_allclose(found, ink, atol=0.02)  # bytes, and the pointer's own rounding
    assert root.get_attribute("data-answer") == "7"
    root.get_by_role("radio", name="rubber").check(force=True)
    root.get_by_role("radio", name="thick", exact=True).check(force=True)
    mouse.move(box["x"] + 15.5 * pixel, box["y"] + 6.5 * pixel)
    mouse.down()
    mouse.up()
    assert wait_for(notebook, "float(e.ink[6, 15])", 0.0) == 0.0
    root.get_by_role("radio", name="brush").check(force=True)
    root.get_by_role("radio", name="medium").check(force=True)


def test_drawing_with_the_keys_alone(notebook: Notebook, root: Locator) -> None:
    root.locator(PAPER).focus()
    keyboard = notebook.page.keyboard
    keyboard.press("Delete")
    assert wait_for(notebook, "float(e.ink.max())", 0.0) == 0.0
    for key in ["Shift+ArrowUp", "Shift+ArrowLeft"] * 8 + [
        "Shift+ArrowDown",
        "Shift+ArrowRight",
    ] * 4:
        keyboard.press(key)
    assert notebook.value("float(e.ink.max())") == 0.0  # the brush is lifted
    keyboard.press(" ")
    keyboard.press("Shift+ArrowUp")
    keyboard.press("Shift+ArrowUp")
    keyboard.press(" ")
    keyboard.press("ArrowLeft")
    ink = with_stroke(np.zeros((32, 32)), (16, 16), (8, 16), width=3)
    assert wait_for(notebook, "int(e.ink[8, 16] * 255)", 255) == 255
    np.testing.assert_allclose(np.array(notebook.value("e.ink.tolist()")), ink, atol=0.002)
    live = root.locator("[aria-live=polite]").first
    notebook.page.wait_for_function("node => node.textContent", arg=live.element_handle())
    keyboard.press("Enter")
    assert wait_for(notebook, "int(e.ink[8, 15] * 255)", 255) == 255


def test_what_is_drawn_fast_is_not_lost(notebook: Notebook, root: Locator) -> None:
    settle(notebook, "e.clear()")
    root.locator(PAPER).evaluate(
        """async node => { node.focus();
        const press = async key => {
            node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            await new Promise(done => setTimeout(done, 3)); };
        for (let n = 0; n < 40; n += 1) await press('ArrowUp');
        await press(' ');
        for (let n = 0; n < 30; n += 1) await press('ArrowDown');
        await press(' '); }"""
    )
    assert wait_for(notebook, "float(e.ink[30].max())", 1.0) == 1.0
    drawn(notebook, notebook.value("e.rev"))
    ink = np.array(notebook.value("e.ink.tolist()"))
    assert (ink[:31].max(axis=1) == 1).all()
    np.testing.assert_array_equal(canvas(root, PAPER)[..., :3], shades(ink, 1.0, signed=False))


def test_choosing_a_digit_asks_about_its_score(notebook: Notebook, root: Locator) -> None:
    follow = root.get_by_label("explain whatever is answered")
    assert follow.is_checked()
    root.locator("label.cx-dg-class input").nth(8).check()
    assert wait_for(notebook, "e.target", 8) == 8
    drawn(notebook, notebook.value("e.rev"))
    assert not follow.is_checked()
    assert "Back from the score of 8" in root.locator(".cx-dg-walk-words").inner_text()
    follow.check()
    assert wait_for(notebook, "e.target", -1) == -1


def test_walking_back_layer_by_layer(notebook: Notebook, root: Locator) -> None:
    slider = root.get_by_label("layers that the gradient is walked back")
    slider.focus()
    notebook.page.keyboard.press("Home")
    assert wait_for(notebook, "e.back", 0) == 0
    empty = root.locator(".cx-dg-layers .cx-sheet-empty")
    assert empty.count() == 7
    root.get_by_role("button", name="One step on").click()
    root.get_by_role("button", name="One step on").click()
    assert wait_for(notebook, "e.back", 2) == 2
    assert empty.count() == 5
    assert "dense layer 120" in root.locator(".cx-dg-walk-words").inner_text()
    notebook.python("e.back = 7")
    notebook.page.wait_for_function("root => root.dataset.back === '7'", arg=root.element_handle())
    assert empty.count() == 0


def test_pointing_at_a_map_says_its_number_and_the_pixels_behind_it(
    notebook: Notebook, root: Locator
) -> None:
    sheet = root.locator(column(SECOND_POOL, 0))
    sheet.focus()
    for key in ("ArrowRight", "ArrowDown", "PageDown", "PageDown"):
        notebook.page.keyboard.press(key)
    value, slope = notebook.value(
        "[float(e.explain().maps[3][2, 3, 3]), float(e.explain().gradients[4][2, 3, 3])]"
    )
    assert float(root.get_attribute("data-value") or "nan") == value
    assert float(root.get_attribute("data-slope") or "nan") == slope
    said = root.locator(".cx-dg-readout").inner_text()
    assert said.startswith("max pool, map 2, row 3, column 3: ")
    assert said.endswith("It sees rows 12–27, columns 12–27.")
    field = root.locator(f"{column(0, 0)} >> .cx-sheet-field")
    assert [field.get_attribute(k) for k in ("x", "y", "width")] == ["12", "12", "16"]
    box = root.locator(".cx-dg-occlusion").bounding_box()
    assert box is not None
    cell = box["width"] / 10
    root.locator(".cx-dg-occlusion").hover(position={"x": 5.5 * cell, "y": 4.5 * cell})
    notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
    notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
    score, fall = notebook.value("[e.scores.max(), e.explain().occlusion[4, 5]]")
    said = root.locator(".cx-dg-readout").inner_text().replace("−", "-")
    assert said.startswith("Without rows 12–16, columns 15–19 the score of 3 is ")
    assert float(said.split(" is ")[1].split()[0]) == pytest.approx(score - fall, abs=0.006)
    notebook.page.mouse.move(2, 2)


def test_test_digits_and_preparation(notebook: Notebook, root: Locator) -> None:
    root.get_by_role("button", name="Next test digit").click()
    assert wait_for(notebook, "e.sample", 0) == 0
    root.get_by_role("button", name="Test digit before").click()
    assert wait_for(notebook, "e.sample", 354) == 354
    drawn(notebook, notebook.value("e.rev"))
    truth = notebook.value("e.facts['truth']")
    assert root.locator(".cx-dg-sample").inner_text() == f"354: a {truth}"
    root.get_by_label("centre and enlarge").uncheck()
    assert wait_for(notebook, "e.fit", False) is False
    drawn(notebook, notebook.value("e.rev"))
    assert root.locator(".cx-dg-crop").is_hidden()


def test_the_notebook_gets_none_of_the_keys_typed_here(notebook: Notebook, root: Locator) -> None:
    cells = notebook.cells()
    for place in (PAPER, ".cx-dg-occlusion", column(2, 0), ".cx-play"):
        root.locator(place).focus()
        for key in ("b", "a", "x", "m", "j", "ArrowDown", "ArrowUp"):
            notebook.page.keyboard.press(key)
    assert notebook.cells() == cells
    assert notebook.page.evaluate("() => document.activeElement.closest('.cx-root') !== null")


def test_two_views_of_one_explorer(notebook: Notebook) -> None:
    first, second = notebook.views().all()
    first.locator(PAPER).focus()
    for key in ("Delete", "Enter"):
        notebook.page.keyboard.press(key)
    assert wait_for(notebook, "float(e.ink.max())", 1.0) == 1.0
    drawn(notebook, notebook.value("e.rev"))
    for name in (PAPER, column(CONVOLUTION, 0), column(0, 1)):
        np.testing.assert_array_equal(canvas(first, name), canvas(second, name))
    second.locator(PAPER).focus()
    notebook.page.keyboard.press("Delete")
    assert wait_for(notebook, "float(e.ink.max())", 0.0) == 0.0
    drawn(notebook, notebook.value("e.rev"))
    assert (canvas(first, PAPER) == 255).all()


def test_another_network_is_shown_with_its_own_layers(notebook: Notebook, root: Locator) -> None:
    notebook.python(
        "import numpy as np\nfrom course_utils import nn\nrng = np.random.default_rng(0)\n"
        "own = nn.Sequential(nn.Conv2d(1, 3, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten(),"
        " nn.Linear(147, 10, rng=rng))\nkept, e.network = e.network, own"
    )
    try:
        drawn(notebook, notebook.value("e.rev"))
        assert root.locator(".cx-dg-column").count() == 3
        assert root.locator(".cx-dg-board .cx-title").inner_text().endswith("by your network")
    finally:
        notebook.python("e.network = kept")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("change", ["", "e.update(sample=4, target=0, back=2)"])
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
    over = root.evaluate("node => [node.scrollWidth - node.clientWidth, node.clientWidth]")
    assert over[0] <= 0, over
    wide = root.evaluate(
        """root => [...root.querySelectorAll('.cx-button, .cx-label, .cx-note, .cx-dg-number')]
        .filter(n => n.offsetParent && n.scrollWidth > n.clientWidth + 1
            && getComputedStyle(n).display !== 'inline')
        .map(n => `${n.className} ${n.textContent}`)"""
    )
    assert wide == []
    notebook.page.set_viewport_size({"width": 1200, "height": 1400})


def test_latency(notebook: Notebook, root: Locator, latencies: list[str]) -> None:
    settle(notebook, "e.clear()")
    root.locator(PAPER).press(" ")
    strokes = ["ArrowRight", "ArrowDown", "ArrowLeft"] * 14
    times = measure_keys(root, PAPER, strokes, python=True)
    latencies.append(words("DigitExplorer, a stroke, every layer and the occlusion", times))
    assert len(times) == len(strokes) - 3
    keys = ["ArrowRight", "ArrowDown"] * 20
    times = measure_keys(root, ".cx-dg-occlusion", keys, python=False)
    latencies.append(words("DigitExplorer, the number under the pointer, JavaScript", times))
