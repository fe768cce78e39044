"""A real signal in one dimension: four traces of an electroencephalogram."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.data.installed_files import installed_file


class EEG(NamedTuple):
    """
    Traces that were recorded together, and what is known about them.

    Attributes
    ----------
    signal : ndarray of shape (4, 800)
        One row for each channel, float64.
    rate : float
        Samples per second.
    names : tuple of str
        The name of each channel.
    unit : str
        The unit of the values.
    source : str
        Where the recording comes from.
    """

    signal: npt.NDArray[np.float64]
    rate: float
    names: tuple[str, ...]
    unit: str
    source: str


def eeg() -> EEG:
    """
    Return ten seconds of an electroencephalogram in four channels.

    The file is matplotlib's sample ``eeg.dat``: 800 samples of 4 channels in float64, without a
    word about them. The names, and the length of 10 s and so the 80 samples per second, are those
    that matplotlib's example "MRI with EEG" gives to its traces. Every channel has mean 0 and
    variance 1 (to about two decimals), so the voltages were standardised and have no unit.

    Returns
    -------
    EEG
        Named tuple ``(signal, rate, names, unit, source)``; the signal is (4, 800) float64,
        a new, writable array.

    Raises
    ------
    FileNotFoundError
        If matplotlib, which brings the file, is not installed.

    Examples
    --------
    >>> signal, rate, names, unit, source = eeg()
    >>> signal.shape, rate, names
    ((4, 800), 80.0, ('PG3', 'PG5', 'PG7', 'PG9'))
    """
    return EEG(
        signal=_traces().copy(),
        rate=80.0,
        names=("PG3", "PG5", "PG7", "PG9"),
        unit="standard deviations",
        source="matplotlib sample data, eeg.dat",
    )


@lru_cache(maxsize=1)
def _traces() -> npt.NDArray[np.float64]:
    # The file is little-endian, sample by sample, whatever this machine is.
    flat = np.fromfile(installed_file("matplotlib", "mpl-data/sample_data/eeg.dat"), dtype="<f8")
    return np.ascontiguousarray(flat.reshape(800, 4).T, dtype=np.float64)
