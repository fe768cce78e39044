"""Files of other packages: found without an import, or missed in words."""

from __future__ import annotations

import pytest

from course_utils.data.installed_files import installed_file


def test_a_file_of_an_installed_package() -> None:
    assert installed_file("skimage", "data/camera.png").is_file()


def test_a_missing_file_says_what_to_do() -> None:
    with pytest.raises(FileNotFoundError, match=r"skimage does not contain .*constraints\.txt"):
        installed_file("skimage", "data/no_such.png")
    with pytest.raises(FileNotFoundError, match="no_such_package is not installed"):
        installed_file("no_such_package", "x.png")
