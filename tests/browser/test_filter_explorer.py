"""FilterExplorer in a real JupyterLab: what a reader sees, types and hears."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Locator

from course_utils.explorers.shared import colours
from tests.browser.explorer_page import (
    Explorer,
    Keys,
    Latency,
    drawn,
    enter,
    expect,
    pixels,
    settle,
    two_frames,
)
from tests.browser.lab import Lab

CELL = "input[aria-label='kernel row {}, column {}']"
LARGE = "preset='gaussian', kernel_size=(11, 11)"
EXPLORER = Explorer(
    name="FilterExplorer",
    states={
        "pinned": "picture='steps', preset='gaussian', padding='same', pinned=True",
        "largest": LARGE,
    },
    fast=Keys(CELL.format(1, 1), ["PageUp"] * 20, "e.kernel[1, 1]", 2.0),
    step=(CELL.format(1, 1), "PageUp"),
    latencies=(
        Latency("a weight", CELL.format(0, 0), "PageUp PageDown"),
        Latency("a weight of 11 × 11", CELL.format(0, 0), "PageUp PageDown", change=LARGE),
        Latency(
            "the sum at an output, 11 × 11",
            ".cx-frame-output",
            "ArrowRight ArrowDown",
            change=LARGE,
            python=False,
        ),
    ),
)


def canvas(root: Locator, kind: str) -> np.ndarray:
    painted = pixels(root, f".cx-frame-{kind}")
    assert (painted[..., 3] == 255).all()
    return painted[..., :3]


def expected(lab: Lab, what: str) -> np.ndarray:
    """Colours of the kernel's own array, by the Python that the explorer does not run."""
    array = np.array(lab.value(f"e.explain().{what}.tolist()"))
    at_least = max(1.0, lab.value("float(e.image.max())")) if what == "output" else 1.0
    return colours.pixels(array, colours.scale_of(array, at_least))


@pytest.mark.parametrize(
    "change",
    [
        "",
        "preset='gaussian', padding='same'",
        "picture='steps', kernel=[[1, 0, -2]], stride=2, padding=1",
        "picture='stripes', preset='gabor_45', flip=True, dilation=2",
        "padding=5, padding_mode='reflect', preset='emboss'",
    ],
    ids=["open", "blur", "small", "gabor", "reflect"],
)
def test_the_pixels_are_pythons_output_in_the_courses_colours(
    lab: Lab, root: Locator, change: str
) -> None:
    enter(lab, change)
    np.testing.assert_array_equal(canvas(root, "output"), expected(lab, "output"))
    np.testing.assert_array_equal(canvas(root, "input"), expected(lab, "padded"))


def test_a_typed_weight_reaches_python_and_comes_back_as_pixels(lab: Lab, root: Locator) -> None:
    before = canvas(root, "output")
    cell = root.locator(CELL.format(1, 1))
    cell.focus()
    lab.page.keyboard.type("1/4")
    expect(lab, "float(e.kernel[1, 1])", 0.25)
    drawn(lab)
    after = canvas(root, "output")
    assert not np.array_equal(before, after)
    np.testing.assert_array_equal(after, expected(lab, "output"))
    assert lab.value("e.preset") == "custom"


def test_what_is_not_a_number_is_said_and_the_weight_stays(lab: Lab, root: Locator) -> None:
    cell = root.locator(CELL.format(0, 0))
    cell.focus()
    lab.page.keyboard.type("abc")
    lab.page.keyboard.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "“abc” is not a number" in alert.inner_text()
    assert cell.input_value() == "-1"
    assert lab.value("e.kernel.tolist()")[0][0] == -1
    settle(lab, "e.update(stride=2)")
    assert alert.is_visible()  # Python's change is no answer to it
    cell.focus()
    lab.page.keyboard.type("7")
    alert.wait_for(state="hidden")


def test_a_typed_stride_that_does_not_fit_is_refused_in_words(lab: Lab, root: Locator) -> None:
    field = root.get_by_label("stride", exact=True)
    field.fill("99")
    field.press("Enter")
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text() == "stride must be a whole number from 1 to 8, not 99"
    assert field.input_value() == "1"
    assert lab.value("e.stride") == 1
    field.fill("3")
    field.press("Enter")
    expect(lab, "e.stride", 3)
    alert.wait_for(state="hidden")


def test_only_valid_shapes_can_be_reached_by_the_buttons(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(picture='steps', preset='box_blur')")  # 6 × 7 under 5 × 5
    assert root.get_by_role("button", name="dilation: more").is_disabled()
    assert root.get_by_role("button", name="stride: less").is_disabled()
    more = root.get_by_role("button", name="kernel rows: more")
    more.click()
    expect(lab, "e.kernel_size[0]", 6)
    drawn(lab)
    assert more.is_disabled()
    root.get_by_role("button", name="padding: more").click()
    expect(lab, "e.padding", 1)
    drawn(lab)
    assert more.is_enabled()


def test_no_click_is_lost_however_fast(lab: Lab, root: Locator) -> None:
    more = root.get_by_role("button", name="stride: more")
    more.evaluate("button => { for (let n = 0; n < 4; n += 1) button.click(); }")
    expect(lab, "e.stride", 5)
    drawn(lab)
    assert root.get_by_label("stride", exact=True).input_value() == "5"


def test_arrows_move_the_focus_among_the_weights(lab: Lab, root: Locator) -> None:
    label = "() => document.activeElement.getAttribute('aria-label')"
    root.locator(CELL.format(0, 0)).focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "Enter"):
        lab.page.keyboard.press(key)
        seen.append(lab.page.evaluate(label).removeprefix("kernel row "))
    assert seen == [
        "0, column 1", "1, column 1", "1, column 0", "1, column 0", "0, column 0", "0, column 0",
        "1, column 0",
    ]  # fmt: skip


def test_arrows_move_the_window_and_the_live_region_says_the_sum(lab: Lab, root: Locator) -> None:
    settle(lab, "setattr(e, 'focus', (4, 5))")
    root.locator(".cx-frame-output").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        lab.page.keyboard.press(key)
    expect(lab, "list(e.focus)", [6, 6])
    assert root.get_attribute("data-at") == "6,6"
    total = lab.value("e.explain().total")
    assert float(root.get_attribute("data-sum") or "nan") == total
    live = root.locator("[aria-live=polite]").first
    lab.page.wait_for_function("node => node.textContent", arg=live.element_handle())
    assert "row 6, column 6" in live.inner_text(timeout=2000) or live.text_content()


def test_python_moves_both_views(lab: Lab) -> None:
    settle(lab, "e.update(preset='laplacian', stride=2, focus=(3, 7))")
    for view in lab.views().all():
        assert view.get_attribute("data-at") == "3,7"
        assert view.locator(CELL.format(1, 1)).input_value() == "-4"
        assert view.locator(".cx-code-text").inner_text() == "y = F.conv2d(x, w, stride=2)"
    lab.python("e.focus = (8, 9)")
    for view in lab.views().all():
        lab.page.wait_for_function("view => view.dataset.at === '8,9'", arg=view.element_handle())


def test_every_displayed_number_is_pythons(lab: Lab, root: Locator) -> None:
    settle(
        lab,
        "e.update(picture='steps', kernel=[[1, 2], [3, 4], [0, -1]], flip=True, focus=(2, 3))",
    )
    found = lab.value(
        "[e.explain().window.tolist(), e.explain().used.tolist(), e.explain().products.tolist()]"
    )
    tables = root.locator("table.cx-numbers").all()
    for table, values in zip(tables, found, strict=True):
        shown = [
            [float(cell.replace("−", "-")) for cell in row.split("\t")]
            for row in table.locator("tbody").inner_text().splitlines()
        ]
        assert shown == values
    total = lab.value("e.explain().total")
    assert root.locator(".cx-sum").inner_text() == f"y[2, 3] = {total:g}".replace("-", "−")
    digits = root.locator(".cx-frame-output .cx-digits text").all_text_contents()
    output = np.array(lab.value("e.output.tolist()"))
    assert [float(text.replace("−", "-")) for text in digits] == output.ravel().tolist()


def test_pointing_shows_a_sum_and_a_click_pins_it(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(picture='steps')")  # output 4 × 5
    frame = root.locator(".cx-frame-output")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None

    def point(row: int, column: int) -> None:
        lab.page.mouse.move(
            box["x"] + (column + 0.5) * box["width"] / 5, box["y"] + (row + 0.5) * box["height"] / 4
        )
        two_frames(lab)

    point(2, 4)
    assert root.get_attribute("data-at") == "2,4"
    assert lab.value("list(e.focus)") == [3, 4]  # hovering asks and tells Python nothing
    lab.page.mouse.down()
    lab.page.mouse.up()
    expect(lab, "[list(e.focus), e.pinned]", [[2, 4], True])
    point(0, 0)
    assert root.get_attribute("data-at") == "2,4"
    root.locator(".cx-frame-output").press("Escape")
    expect(lab, "e.pinned", False)
    point(1, 1)
    assert root.get_attribute("data-at") == "1,1"
    lab.page.mouse.move(2, 2)


def test_dragging_a_weight_changes_it(lab: Lab, root: Locator) -> None:
    cell = root.locator(CELL.format(0, 1))
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x, y - 30, steps=6)
    lab.page.mouse.up()
    expect(lab, "float(e.kernel[0, 1])", 0.6)
    drawn(lab)
    np.testing.assert_array_equal(canvas(root, "output"), expected(lab, "output"))


def test_playing_moves_and_stops_at_the_end(lab: Lab, root: Locator) -> None:
    settle(lab, "e.update(picture='steps', focus=(3, 1))")  # the last row, 4 × 5
    root.get_by_label("speed").select_option("60")
    root.get_by_role("button", name="Play").click()
    expect(lab, "list(e.focus)", [3, 4])
    root.get_by_role("button", name="Play").wait_for()  # not "Pause" any more
    slider = root.get_by_label("position in the output")
    assert slider.input_value() == "19"
    slider.fill("7")
    expect(lab, "list(e.focus)", [1, 2])


def test_a_picture_file_of_ones_own(lab: Lab, root: Locator) -> None:
    lab.python(
        "import io, base64, numpy as np\nfrom PIL import Image\nbuffer = io.BytesIO()\n"
        "rows = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20\n"
        "Image.fromarray(rows).save(buffer, 'PNG')"
    )
    png = base64.b64decode(lab.value("base64.b64encode(buffer.getvalue()).decode()"))
    upload = root.locator("input[type=file]")
    upload.set_input_files(FilePayload(name="mine.png", mimeType="image/png", buffer=png))
    expect(lab, "e.picture", "mine.png")
    expected_rows = (np.arange(12).reshape(3, 4) * 20 / 255).tolist()
    assert lab.value("e.image.tolist()") == expected_rows
    upload.set_input_files(
        FilePayload(name="no.png", mimeType="image/png", buffer=b"not a picture")
    )
    alert = root.get_by_role("alert")
    alert.wait_for()
    assert "“no.png” is not a picture" in alert.inner_text()
