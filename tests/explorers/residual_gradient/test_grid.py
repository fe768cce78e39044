"""The stored norms are what the recipe gives."""

from __future__ import annotations

import numpy as np
import pytest

from course_utils.explorers.residual_gradient import grid
from course_utils.explorers.residual_gradient.networks import measure, sum_paths


# A few entries of every kind: shallow and deep, both blocks, with and without normalisation, and
# the ends of the range (1e-54 and 1e5).
@pytest.mark.parametrize(
    "key",
    [
        (8, 1.0, "he", True, False),
        (14, 0.25, "small", True, True),
        (20, 0.9, "xavier", False, True),
        (32, 1.1, "he", False, False),
        (56, 0.0, "small", False, False),
    ],
)
def test_the_stored_norms_are_what_the_recipe_gives(key: grid.NetKey) -> None:
    fresh = measure(*key, grid.SEED)
    stored = grid.load()[0][key]
    # six digits are stored; the exponent is 54, and its error is multiplied by ln 10
    np.testing.assert_allclose(stored.signal, fresh.signal, rtol=2e-5)
    np.testing.assert_allclose(stored.weights, fresh.weights, rtol=2e-5)


@pytest.mark.parametrize(
    "key", [(1, 0.5, "he", True), (4, 1.1, "small", False), (6, 0.9, "xavier", True)]
)
def test_the_stored_paths_are_what_the_recipe_gives(key: grid.PathKey) -> None:
    fresh, stored = sum_paths(*key, grid.SEED), grid.load()[1][key]
    np.testing.assert_allclose(stored.norms, fresh.norms, rtol=1e-9)
    assert stored.total == pytest.approx(fresh.total, rel=1e-9)


def test_every_entry_is_there_and_finite() -> None:
    nets, paths = grid.load()
    assert list(nets) == list(grid.net_keys())
    assert list(paths) == list(grid.path_keys())
    for key, found in nets.items():
        assert found.signal.shape == ((key[0] - 2) // 2 + 1,)
        assert found.weights.shape == (key[0],)
        assert np.isfinite(found.signal).all()
        assert (found.signal > 0).all()
        assert (found.weights > 0).all()
    for path_key, summed in paths.items():
        assert summed.norms.shape == (path_key[0] + 1,)
        assert summed.gap < 1e-12, path_key
