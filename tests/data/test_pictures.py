"""Every picture loads offline, and is what its docstring says."""

import socket
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import skimage.color
import skimage.data

from course_utils import data
from course_utils.data import pictures

# Read with scikit-image's own loader, which finds them in the same wheel.
LOADERS = {
    "astronaut": skimage.data.astronaut,
    "brick": skimage.data.brick,
    "camera": skimage.data.camera,
    "cat": skimage.data.chelsea,
    "cell": skimage.data.cell,
    "checkerboard": skimage.data.checkerboard,
    "clock": skimage.data.clock,
    "coffee": skimage.data.coffee,
    "coins": skimage.data.coins,
    "grass": skimage.data.grass,
    "gravel": skimage.data.gravel,
    "hubble": skimage.data.hubble_deep_field,
    "microaneurysms": skimage.data.microaneurysms,
    "moon": skimage.data.moon,
    "page": skimage.data.page,
    "retina": skimage.data.retina,
    "rocket": skimage.data.rocket,
    "text": skimage.data.text,
    "tissue": skimage.data.immunohistochemistry,
}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a picture asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    pictures._decode.cache_clear()


@pytest.mark.parametrize("name", data.picture_names())
def test_form(name: str, no_network: None) -> None:
    x = data.picture(name)
    assert x.ndim == 2
    assert x.dtype == np.float64
    assert x.flags.c_contiguous
    assert x.flags.writeable
    assert 0.0 <= x.min() < x.max() <= 1.0
    assert x.std() > 0.02  # a picture, not a blank sheet
    assert data.picture_source(name)


@pytest.mark.parametrize("name", data.picture_names(color=True))
def test_form_in_color(name: str) -> None:
    x = data.picture(name, color=True)
    assert x.shape == (3, *data.picture(name).shape)
    assert x.dtype == np.float64
    assert 0.0 <= x.min() < x.max() <= 1.0
    assert not np.array_equal(x[0], x[2])


@pytest.mark.parametrize("name", sorted(LOADERS))
def test_values_are_those_of_the_file(name: str) -> None:
    theirs = LOADERS[name]()  # type: ignore[no-untyped-call]
    if theirs.ndim == 3:
        np.testing.assert_array_equal(
            data.picture(name, color=True), np.moveaxis(theirs, -1, 0) / 255
        )
        grey = skimage.color.rgb2gray(theirs)
        np.testing.assert_allclose(data.picture(name), grey, rtol=0, atol=1e-12)
    else:
        np.testing.assert_array_equal(data.picture(name), theirs / 255)


def test_camera_by_hand() -> None:
    x = data.picture()
    assert x.shape == (512, 512)
    np.testing.assert_array_equal(x[0, :3], np.array([200, 200, 200]) / 255)


def test_arrays_are_fresh() -> None:
    cases: list[dict[str, Any]] = [{}, {"size": 16}, {"name": "cat", "color": True}]
    for arguments in cases:
        first = data.picture(**arguments)
        first[:] = -1.0
        assert data.picture(**arguments).min() >= 0.0


@pytest.mark.parametrize("size", [1, 7, (20, 30), (30, 20), (512, 512), (600, 300)])
def test_sizes(size: int | tuple[int, int]) -> None:
    expected = (size, size) if isinstance(size, int) else size
    assert data.picture("camera", size=size).shape == expected
    x = data.picture("coffee", size=size, color=True)
    assert x.shape == (3, *expected)
    assert 0.0 <= x.min() <= x.max() <= 1.0


def test_size_cuts_the_centre_and_does_not_stretch() -> None:
    whole = data.picture("coffee")  # (400, 600)
    np.testing.assert_allclose(
        data.picture("coffee", size=400), whole[:, 100:500], rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        data.picture("coffee", size=(200, 600)), whole[100:300], rtol=0, atol=1e-12
    )


def test_an_unknown_name_lists_the_good_ones() -> None:
    for call in (data.picture, data.picture_source):
        with pytest.raises(ValueError, match=r"there is no picture .lena.") as caught:
            call("lena")
        for name in data.picture_names():
            assert name in str(caught.value)


def test_grey_pictures_have_no_color() -> None:
    with pytest.raises(ValueError, match=r"picture: 'camera' is grey; .*astronaut, cat"):
        data.picture("camera", color=True)


@pytest.mark.parametrize("size", [0, -3, (4,), (4, 0), (4, 4, 4), 2.5, (2.0, 2)])
def test_bad_sizes(size: object) -> None:
    with pytest.raises((ValueError, TypeError), match="picture: size is"):
        data.picture("camera", size=size)  # type: ignore[arg-type]


def test_names_split_by_color() -> None:
    both = data.picture_names(color=True) + data.picture_names(color=False)
    assert sorted(both) == data.picture_names()
    assert "camera" in data.picture_names(color=False)


def test_import_is_light() -> None:
    code = (
        "import sys, course_utils.data as d; d.picture('coins'); d.eeg(); d.digits(); d.faces();"
        "print(sorted(set(sys.modules) & {'torch', 'skimage', 'sklearn', 'matplotlib', 'scipy'}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
