"""Large convolutions whose results differ in size, against sums in long double."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from course_utils.ops import convolve, correlate
from course_utils.ops.arrays import Array
from course_utils.ops.convolve_correlate import Mode

RNG = np.random.default_rng(31)


def bell(f: int, width: float) -> Array:
    """Give a Gaussian of f samples, cut off at this many standard deviations."""
    return np.asarray(np.exp(-(np.linspace(-width, width, f) ** 2) / 2))


def spikes(n: int, size: float) -> Array:
    """Give small numbers with three large ones among them."""
    x = RNG.uniform(0.5e-3, 1.5e-3, n)
    x[[n // 7, n // 2, n // 2 + 5]] *= size
    return x


CASES: dict[str, tuple[Array, Array]] = {
    **{f"spikes of {size:.0e}": (spikes(9000, size), RNG.normal(size=2500))
       for size in (1e3, 1e6, 1e9, 1e12, 1e15, 1e21)},
    "a first sample of 1e18": (np.r_[1e18, np.full(8999, 1e-3)], np.ones(3000)),
    "one sample": (np.where(np.arange(9000) == 4321, 1.0, 0.0), 10.0 ** RNG.uniform(-20, 5, 2500)),
    "growing": (10.0 ** np.linspace(-12, 12, 9000), RNG.normal(size=2500)),
    "a long bell": (RNG.normal(size=9000), bell(2500, 9)),
    "a picture, a wide bell": (RNG.random((60, 70)), np.outer(bell(45, 9), bell(47, 9))),
    "a bright corner": (
        RNG.random((60, 70)) * np.where(np.indices((60, 70)).sum(axis=0) < 9, 1e15, 1),
        RNG.normal(size=(45, 30)),
    ),
    "beyond the squares": (spikes(9000, 1e170) * 1e3, RNG.normal(size=2500)),
}  # fmt: skip


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("name", CASES)
def test_small_results_beside_large_ones_keep_their_digits(name: str, mode: Mode) -> None:
    x, w = CASES[name]
    exact = scipy.signal.convolve(
        x.astype(np.longdouble), w.astype(np.longdouble), mode, method="direct"
    )
    size = scipy.signal.convolve(np.abs(x), np.abs(w), mode, method="direct")
    for y in (convolve(x, w, mode), correlate(x, np.flip(w), mode)):
        assert (np.abs(y - exact) <= 1e-8 * size).all()


def test_what_sees_only_zeros_is_zero() -> None:
    x = np.zeros((70, 80))
    x[20:30, 40:42] = RNG.random((10, 2))
    y = convolve(x, RNG.random((40, 35)))
    seen = np.zeros(y.shape, bool)
    seen[20 : 30 + 39, 40 : 42 + 34] = True
    assert (y[~seen] == 0).all()
    assert (y[seen] > 0).all()


def test_ordinary_numbers_go_through_spectra_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # what is added up directly would take long; of normal numbers hardly anything is
    added: list[object] = []
    from course_utils.ops import spectral_convolution

    one_sum = spectral_convolution._one_sum

    def noting(*arguments: object) -> float:
        added.append(arguments)
        return one_sum(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(spectral_convolution, "_one_sum", noting)
    convolve(RNG.normal(size=(300, 200)), RNG.normal(size=(40, 50)))
    convolve(RNG.normal(size=60_000), RNG.random(2500))
    assert len(added) < 20
