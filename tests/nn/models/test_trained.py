"""The LeNet-5 that ships with the course: small, and good on digits it never learnt from."""

from __future__ import annotations

import numpy as np

from course_utils import data, nn, torch_bridge
from course_utils.nn.models import trained_lenet5
from course_utils.nn.models.trained import WEIGHTS
from tests import reference_models


def test_it_reads_digits_it_has_not_seen() -> None:
    digits = data.digits(size=32, dtype=np.float32)
    _, accuracy = nn.evaluate(trained_lenet5(), digits.x_test, digits.y_test)
    assert accuracy is not None
    assert accuracy >= 0.985


def test_the_file_is_small_and_holds_plain_numbers() -> None:
    assert WEIGHTS.stat().st_size < 250_000
    with np.load(WEIGHTS, allow_pickle=False) as file:
        assert sum(file[name].size for name in file.files) == 61_706
        assert {file[name].dtype for name in file.files} == {np.dtype(np.float16)}


def test_each_call_gives_a_network_of_its_own_in_eval_mode() -> None:
    first, second = trained_lenet5(), trained_lenet5()
    first.parameters()[0].data[...] = 0
    assert second.parameters()[0].data.any()
    assert not any(module.training for module in first.modules())


def test_pytorch_reads_the_same_with_the_same_weights() -> None:
    ours, theirs = trained_lenet5().double(), reference_models.lenet5().double()
    torch_bridge.copy_weights(ours, theirs)
    x = np.random.default_rng(2).random((3, 1, 32, 32))
    np.testing.assert_allclose(ours(x), torch_bridge.predict(theirs, x), rtol=0, atol=1e-11)
