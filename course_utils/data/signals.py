"""A real signal in one dimension: four traces of an electroencephalogram."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from course_utils.data.installed_files import installed_file


class EEG(NamedTuple):
    """
    Traces recorded together, and what is known of them.

    Attributes
    ----------
    signal : ndarray of shape (4, 800)
        One row per channel, float64.
    rate : float
        Samples per second.
    names : tuple of str
        Name of each channel.
    unit : str
        Unit of the values.
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
    Ten seconds of an electroencephalogram, four channels.

    The file is matplotlib's sample ``eeg.dat``: 800 samples of 4 channels in float64 and not
    a word about them. Names and the length of 10 s, hence 80 samples per second, are those
    that matplotlib's example "MRI with EEG" writes beside its traces. Every channel has mean 0 and
    variance 1 (to three decimals), so the voltages were standardised: there is no unit.

    Returns
    -------
    EEG
        Named tuple ``(signal, rate, names, unit, source)``; the signal is (4, 800) float64,
        fresh and writable.

    Raises
    ------
    FileNotFoundError
        If the installed matplotlib does not bring the file.

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
    # Written on a little-endian machine, sample by sample: said here, not left to the reader's.
    flat = np.fromfile(installed_file("matplotlib", "mpl-data/sample_data/eeg.dat"), dtype="<f8")
    return np.ascontiguousarray(flat.reshape(800, 4).T, dtype=np.float64)
