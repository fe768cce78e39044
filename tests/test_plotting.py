"""What a figure shows is tested from its data: stored pictures are never compared."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from course_utils import plotting


@pytest.fixture(autouse=True)
def _matplotlibs_own_style() -> Iterator[None]:
    """Draw in matplotlib's own style, whichever an earlier test or doctest has chosen."""
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def _titled() -> Figure:
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 1])
    ax.set_title("A line")
    return figure


def test_show_returns_picture_and_words_and_closes_the_figure() -> None:
    figure = _titled()
    shown = plotting.show(figure, "A line that rises.")
    data, metadata = shown._repr_mimebundle_()
    assert data["text/plain"] == "[figure]\nA line that rises."
    assert metadata["image/png"]["alt"] == "A line that rises."
    with Image.open(io.BytesIO(data["image/png"])) as png:
        shown_at = metadata["image/png"]["width"], metadata["image/png"]["height"]
        assert np.abs(np.array(png.size) - 2 * np.array(shown_at)).max() <= 1
    assert data["image/png"].startswith(b"\x89PNG")
    assert not plt.fignum_exists(figure.number)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert plotting.show(_titled(), "One.").png == plotting.show(_titled(), "One.").png


def _width(figure: Figure) -> int:
    png = plotting.show(figure, "A frame.").png
    return int(struct.unpack(">I", png[16:20])[0])


def test_nothing_that_is_drawn_is_cut_off() -> None:
    outside, plain = _titled(), _titled()
    outside.axes[0].text(1.5, 0.5, "far outside", transform=outside.axes[0].transAxes)
    assert _width(outside) > 1.3 * _width(plain)


def test_a_grey_figure_shares_a_palette_and_a_photograph_does_not() -> None:
    for picture, mode in ((np.eye(4), "P"), (np.random.default_rng(0).random((3, 9, 9)), "RGBA")):
        figure, ax = plt.subplots()
        plotting.draw_picture(ax, picture, "A picture")
        with Image.open(io.BytesIO(plotting.show(figure, "A picture.").png)) as png:
            assert png.mode == mode


def test_the_palette_keeps_colours_close() -> None:
    values = np.linspace(-1, 1, 400).reshape(20, 20)
    figure, ax = plt.subplots()
    drawn = plotting.draw_signed(ax, values, "A ramp")
    expected = drawn.to_rgba(values[10, 10])[:3]
    with Image.open(io.BytesIO(plotting.show(figure, "A ramp.").png)) as png:
        pixels = np.asarray(png.convert("RGB"), dtype=float) / 255
    assert np.abs(pixels - expected).max(axis=2).min() < 0.02


def test_show_refuses_a_figure_without_description_or_title() -> None:
    with pytest.raises(ValueError, match="description is empty"):
        plotting.show(_titled(), "  ")
    figure, _ = plt.subplots()
    with pytest.raises(ValueError, match="no title"):
        plotting.show(figure, "Something.")
    plt.close(figure)


def test_signed_values_are_centred_on_zero() -> None:
    figure, ax = plt.subplots()
    drawn = plotting.draw_signed(ax, np.array([[-1.0, 3.0]]), "Signed")
    assert drawn.get_clim() == (-3.0, 3.0)
    assert np.allclose(drawn.to_rgba(np.zeros(1))[0, :3], 0.97, atol=0.03)  # zero is white
    plt.close(figure)


def test_signed_zeros_have_a_scale() -> None:
    figure, ax = plt.subplots()
    assert plotting.draw_signed(ax, np.zeros((2, 2)), "Zeros").get_clim() == (-1.0, 1.0)
    plt.close(figure)


def test_numbers_are_written_in_their_cells_and_nan_left_blank() -> None:
    figure, ax = plt.subplots()
    plotting.draw_numbers(ax, [[1.5, np.nan], [-2.0, 0.0]], "Numbers")
    written = {(int(t.get_position()[1]), int(t.get_position()[0])): t.get_text() for t in ax.texts}
    assert written == {(0, 0): "1.5", (1, 0): "\N{MINUS SIGN}2", (1, 1): "0"}
    plt.close(figure)


def test_colour_pictures_are_drawn_channels_last_and_clipped() -> None:
    figure, ax = plt.subplots()
    picture = np.zeros((3, 4, 5))
    picture[0, 1, 2] = 7.0
    drawn = np.asarray(plotting.draw_picture(ax, picture, "Red").get_array())
    assert drawn.shape == (4, 5, 3)
    assert drawn[1, 2].tolist() == [1.0, 0.0, 0.0]
    plt.close(figure)


def test_stems_stand_at_their_integers() -> None:
    figure, ax = plt.subplots()
    plotting.draw_signal(ax, [1.0, -2.0], plotting.INPUT, "x", start=3)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[3, 1.0], [4, -2.0]])
    plt.close(figure)
