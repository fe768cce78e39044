"""Photographs that ship inside scikit-image, scikit-learn and matplotlib: no network needed.

Every picture is float64 with values in [0, 1]: (H, W) in grey, (3, H, W) in colour, channels
first as everywhere in the course. Every call returns a new array, which may be changed freely.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.data.installed_files import installed_file
from course_utils.data.resizing import resize


class _Picture(NamedTuple):
    """Where the file of a picture is, whether it has colour, and where it comes from."""

    package: str
    file: str
    color: bool
    source: str


_PICTURES = {
    "astronaut": _Picture(
        "skimage", "data/astronaut.png", True,
        "Eileen Collins; NASA Great Images, public domain"),
    "brick": _Picture(
        "skimage", "data/brick.png", False, "CC0Textures, Bricks25; CC0"),
    "camera": _Picture(
        "skimage", "data/camera.png", False, "Lav Varshney; CC0"),
    "cat": _Picture(
        "skimage", "data/chelsea.png", True, "Chelsea the cat; Stefan van der Walt, CC0"),
    "cell": _Picture(
        "skimage", "data/cell.png", False,
        "Phase image of a cell; Müller et al., Optics Express 26(8), 2018, CC0"),
    "checkerboard": _Picture(
        "skimage", "data/chessboard_GRAY.png", False, "Synthetic; scikit-image"),
    "china": _Picture(
        "sklearn", "datasets/images/china.jpg", True,
        "Temple in China; danielbuechele on Flickr, CC BY 2.0"),
    "clock": _Picture(
        "skimage", "data/clock_motion.png", False,
        "Clock blurred by motion; Stefan van der Walt, public domain"),
    "coffee": _Picture(
        "skimage", "data/coffee.png", True, "Rachel Michetti, Pikolo Espresso Bar; CC0"),
    "coins": _Picture(
        "skimage", "data/coins.png", False,
        "Greek coins from Pompeii; Brooklyn Museum, no known copyright restrictions"),
    "flower": _Picture(
        "sklearn", "datasets/images/flower.jpg", True,
        "Dahlia; vultilion on Flickr, CC BY 2.0"),
    "grass": _Picture(
        "skimage", "data/grass.png", False, "linolafett on DeviantArt; CC0"),
    "gravel": _Picture(
        "skimage", "data/gravel.png", False, "CC0Textures, Gravel04; CC0"),
    "hopper": _Picture(
        "matplotlib", "mpl-data/sample_data/grace_hopper.jpg", True,
        "Grace Hopper; James S. Davis, United States Navy, public domain"),
    "hubble": _Picture(
        "skimage", "data/hubble_deep_field.jpg", True,
        "Hubble eXtreme Deep Field; NASA, public domain"),
    "microaneurysms": _Picture(
        "skimage", "data/microaneurysms.png", False,
        "Detail of a retina; High-Resolution Fundus Image Database, CC0 by Andreas Maier"),
    "moon": _Picture(
        "skimage", "data/moon.png", False, "Surface of the moon; scikit-image"),
    "page": _Picture(
        "skimage", "data/page.png", False, "Scanned page, unevenly lit; scikit-image"),
    "phantom": _Picture(
        "skimage", "data/phantom.png", False,
        "Head phantom of Shepp and Logan, IEEE Trans. Nucl. Sci. 21(3), 1974"),
    "retina": _Picture(
        "skimage", "data/retina.jpg", True,
        "Fundus of a normal left eye; Mikael Häggström, WikiJournal of Medicine 2014, CC0"),
    "rocket": _Picture(
        "skimage", "data/rocket.jpg", True, "Launch of DSCOVR; SpaceX, public domain"),
    "text": _Picture(
        "skimage", "data/text.png", False, "Wikipedia, no known copyright restrictions"),
    "tissue": _Picture(
        "skimage", "data/ihc.png", True,
        "Colonic glands, immunohistochemical stain; CMMI, no known copyright restrictions"),
}  # fmt: skip

# Luminance of linear red, green and blue (ITU-R BT.709), as scikit-image's rgb2gray has it.
_LUMINANCE = np.array([0.2125, 0.7154, 0.0721])


def picture_names(color: bool | None = None) -> list[str]:
    """
    List the names of the pictures, sorted.

    Parameters
    ----------
    color : bool, optional
        True for those with colour, False for those in grey only, None for all. Those with
        colour are available in grey too.

    Returns
    -------
    list of str
        The names that `picture` takes.

    Examples
    --------
    >>> picture_names()[:4]
    ['astronaut', 'brick', 'camera', 'cat']
    >>> picture_names(color=True)
    ['astronaut', 'cat', 'china', 'coffee', 'flower', 'hopper', 'hubble', 'retina', 'rocket', \
'tissue']
    """
    return sorted(
        name for name, entry in _PICTURES.items() if color is None or entry.color == color
    )


def picture_source(name: str) -> str:
    """
    Say, for a caption, who made a picture and on what terms it may be used.

    Parameters
    ----------
    name : str
        One of `picture_names()`.

    Returns
    -------
    str
        Author or collection, and licence where one is stated.

    Raises
    ------
    ValueError
        If there is no picture of that name; the message lists those that there are.

    Examples
    --------
    >>> picture_source("camera")
    'Lav Varshney; CC0'
    """
    return _entry("picture_source", name).source


def picture(
    name: str = "camera", size: int | tuple[int, int] | None = None, color: bool = False
) -> npt.NDArray[np.float64]:
    """
    Return a photograph as an array of float64 in [0, 1].

    With a size, the largest centred part of that aspect ratio is cut out and resized
    (`course_utils.data.resizing.resize`), so nothing is stretched. In grey, a colour picture is
    its luminance 0.2125 R + 0.7154 G + 0.0721 B.

    The files called .jpg may differ by a grey level or two between builds of the JPEG
    library (china, flower, hopper, hubble, retina, rocket); all others are the same everywhere.

    Parameters
    ----------
    name : str, default "camera"
        One of `picture_names()`.
    size : int or (int, int), optional
        Height and width; one number gives a square. None keeps the size of the file.
    color : bool, default False
        Whether to return red, green and blue.

    Returns
    -------
    ndarray of shape (H, W), or (3, H, W) with ``color=True``
        A new, writable, C-contiguous float64 array with values in [0, 1].

    Raises
    ------
    ValueError
        If there is no picture of that name, if it is grey and colour is asked for, or if the
        size is not positive.
    FileNotFoundError
        If the package that brings the file is not installed.

    Examples
    --------
    >>> x = picture("camera")
    >>> x.shape, x.dtype, x.min(), x.max()
    ((512, 512), dtype('float64'), np.float64(0.0), np.float64(1.0))
    >>> picture("coffee", size=(32, 48), color=True).shape
    (3, 32, 48)
    """
    entry = _entry("picture", name)
    if color and not entry.color:
        raise ValueError(
            f"picture: {name!r} is grey; those with colour are "
            + ", ".join(picture_names(color=True))
        )
    values = _decode(name)
    if entry.color and not color:
        x = np.einsum("c,chw->hw", _LUMINANCE, values / 255.0)
    else:
        x = values / 255.0
    if size is not None:
        x = resize(_centre_part(x, _height_and_width(size)), size)
    # Rounding in the weighted sums may put a value just outside.
    return np.ascontiguousarray(np.clip(x, 0.0, 1.0))


def _entry(caller: str, name: str) -> _Picture:
    try:
        return _PICTURES[name]
    except (KeyError, TypeError):
        raise ValueError(
            f"{caller}: there is no picture {name!r}; there are " + ", ".join(picture_names())
        ) from None


@lru_cache(maxsize=8)
def _decode(name: str) -> npt.NDArray[np.uint8]:
    """Read the bytes of a picture, (H, W) or (3, H, W), and keep them for the next call."""
    from PIL import Image

    entry = _PICTURES[name]
    with Image.open(installed_file(entry.package, entry.file)) as image:
        values: npt.NDArray[Any] = np.asarray(image.convert("RGB" if entry.color else "L"))
    if entry.color:
        values = np.moveaxis(values, -1, 0)
    kept = np.ascontiguousarray(values, dtype=np.uint8)
    kept.setflags(write=False)
    return kept


def _height_and_width(size: int | tuple[int, int]) -> tuple[int, int]:
    pair = size if isinstance(size, (tuple, list)) else (size, size)
    if len(pair) != 2 or any(not isinstance(n, (int, np.integer)) or n < 1 for n in pair):
        raise ValueError(f"picture: size is {size!r}, expected a positive int or a pair of them")
    return int(pair[0]), int(pair[1])


def _centre_part(x: npt.NDArray[np.float64], size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """Return the largest centred part of the last two axes with the aspect ratio of `size`."""
    H, W = x.shape[-2:]
    height, width = size
    if H * width >= W * height:
        part = max(1, round(W * height / width)), W
    else:
        part = H, max(1, round(H * width / height))
    top, left = (H - part[0]) // 2, (W - part[1]) // 2
    return x[..., top : top + part[0], left : left + part[1]]
