"""The filters offered by name."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.filter import presets

SIZES = [(1, 1), (3, 3), (2, 5), (9, 9), (11, 4), (1, 9)]


@pytest.mark.parametrize("name", presets.PRESETS)
def test_every_preset_has_its_size(name: str) -> None:
    made = presets.preset(name)
    assert made.shape == presets.PRESETS[name].size
    assert np.isfinite(made).all()
    assert np.abs(made).max() > 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [n for n, p in presets.PRESETS.items() if p.resizable])
def test_resizable_presets_take_any_size(name: str, size: tuple[int, int]) -> None:
    assert presets.preset(name, size).shape == size


@pytest.mark.parametrize("name", ["box_blur", "gaussian", "motion_blur", "identity"])
@pytest.mark.parametrize("size", SIZES)
def test_blurs_and_identity_keep_the_brightness(name: str, size: tuple[int, int]) -> None:
    assert presets.preset(name, size).sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    "name", ["sobel_x", "sobel_y", "laplacian", "difference", "gabor_0", "gabor_45", "gabor_135"]
)
def test_derivatives_see_nothing_in_a_constant_picture(name: str) -> None:
    assert presets.preset(name).sum() == pytest.approx(0.0, abs=1e-12)


def test_a_gabor_of_90_degrees_is_the_transpose_of_0() -> None:
    np.testing.assert_allclose(presets.preset("gabor_90"), presets.preset("gabor_0").T, atol=1e-12)
    assert not np.allclose(presets.preset("gabor_45"), presets.preset("gabor_135"))


def test_a_gabor_of_45_degrees_changes_down_the_diagonal_only() -> None:
    w = presets.preset("gabor_45")
    assert (np.diag(w[:, ::-1]) > 0).all()  # along a stripe
    assert (np.diag(w) < -0.1).any()  # across the stripes


def test_sobel_is_a_derivative_times_a_blur() -> None:
    np.testing.assert_array_equal(presets.preset("sobel_x"), np.outer([1, 2, 1], [-1, 0, 1]))
    np.testing.assert_array_equal(presets.preset("sobel_y"), presets.preset("sobel_x").T)


def test_unknown_and_unfit_names_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no filter called 'blurr'; choose from identity"):
        presets.preset("blurr")
    with pytest.raises(ValueError, match="Laplacian filter is 3×3, not 5×5"):
        presets.preset("laplacian", (5, 5))


@pytest.mark.parametrize("have", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("want", [1, 2, 3, 4, 5])
def test_resizing_keeps_the_centre(have: int, want: int) -> None:
    w = np.arange(1.0, have + 1)[:, None] * np.arange(1.0, 4.0)[None, :]
    new = presets.resize(w, want, 3)
    assert new.shape == (want, 3)
    np.testing.assert_array_equal(new[want // 2], w[have // 2])
    assert set(new.ravel()) <= {0.0, *w.ravel()}


def test_small_filters_by_hand() -> None:
    assert presets.preset("box_blur", (2, 2)).tolist() == [[0.25, 0.25], [0.25, 0.25]]
    assert presets.preset("identity", (1, 3)).tolist() == [[0, 1, 0]]
    assert presets.preset("difference").tolist() == [[-1, 1]]
