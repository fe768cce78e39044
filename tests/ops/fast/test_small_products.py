"""In how many rows and summands BLAS likes its products."""

from __future__ import annotations

import pytest

from course_utils.ops.fast import small_products


def test_where_blas_has_kernels_for_small_products(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: True)
    assert small_products.rows_at_best(800, 192 * 64) == 80  # of 81 allowed
    assert small_products.rows_at_best(50, 192 * 64) == 50
    assert small_products.rows_at_best(800, 768 * 256) == 800  # five rows would be too few
    assert small_products.summands_at_best(6 * 5) == 33_333
    assert small_products.summands_at_best(64 * 192) is None  # 81 would be too few


def test_where_it_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_products, "_has_small_kernels", lambda: False)
    assert small_products.rows_at_best(800, 192 * 64) == 800
    assert small_products.summands_at_best(6 * 5) is None
