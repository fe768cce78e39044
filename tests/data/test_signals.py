"""The EEG sample against matplotlib's own way of reading it."""

import matplotlib.cbook
import numpy as np

from course_utils import data


def test_form() -> None:
    recording = data.eeg()
    assert recording.signal.shape == (4, 800)
    assert recording.signal.dtype == np.float64
    assert recording.signal.flags.c_contiguous
    assert recording.signal.flags.writeable
    assert recording.rate == 800 / 10  # samples over seconds
    assert len(recording.names) == 4
    assert recording.unit
    assert recording.source


def test_values_as_matplotlib_reads_them() -> None:
    path = matplotlib.cbook.get_sample_data("eeg.dat", asfileobj=False)
    theirs = np.fromfile(str(path), dtype="<f8").reshape(800, 4)
    np.testing.assert_array_equal(data.eeg().signal, theirs.T)


def test_channels_are_standardised_as_the_unit_says() -> None:
    signal = data.eeg().signal
    np.testing.assert_allclose(signal.mean(axis=1), 0, atol=1e-3)
    np.testing.assert_allclose(signal.std(axis=1), 1, atol=3e-3)


def test_array_is_fresh() -> None:
    data.eeg().signal[:] = 0
    assert data.eeg().signal.std() > 0.9
