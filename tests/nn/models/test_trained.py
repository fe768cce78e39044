"""The LeNet-5 that ships with the course: small, and good on digits it never learnt from."""

from __future__ import annotations

import numpy as np
import torch

from course_utils import data, nn
from course_utils.nn.models import trained_lenet5
from course_utils.nn.models.trained import WEIGHTS


def test_it_reads_digits_it_has_not_seen() -> None:
    digits = data.digits(size=32, dtype=np.float32)
    _, accuracy = nn.evaluate(trained_lenet5(), digits.x_test, digits.y_test)
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
    t = torch.nn
    theirs = t.Sequential(
        t.Conv2d(1, 6, 5), t.ReLU(), t.MaxPool2d(2), t.Conv2d(6, 16, 5), t.ReLU(), t.MaxPool2d(2),
        t.Flatten(), t.Linear(400, 120), t.ReLU(), t.Linear(120, 84), t.ReLU(), t.Linear(84, 10),
    ).double()  # fmt: skip
    ours = trained_lenet5().double()
    for p, q in zip(theirs.parameters(), ours.parameters(), strict=True):
        p.data = torch.from_numpy(q.data)
    x = np.random.default_rng(2).random((3, 1, 32, 32))
    expected = theirs(torch.from_numpy(x)).detach().numpy()
    np.testing.assert_allclose(ours(x), expected, rtol=0, atol=1e-11)
