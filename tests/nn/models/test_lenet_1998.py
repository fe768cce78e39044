"""LeNet-5 of 1998: the paper's numbers, and PyTorch's."""

import numpy as np
import pytest

from course_utils.nn import models
from course_utils.nn.models.lenet_1998 import CONNECTIONS
from tests import reference_models
from tests.nn.layer_checks import RNG, agree


def test_counts() -> None:
    net = models.LeNet5(rng=None)
    assert net.count_parameters() == 60_000
    layers = {name: part.count_parameters() for name, part in net.named_children()}
    # The paper's own numbers, layer by layer.
    paper = {"c1": 156, "s2": 12, "c3": 1_516, "s4": 32, "c5": 48_120, "f6": 10_164}
    assert {name: count for name, count in layers.items() if count} == paper


def test_pytorchs() -> None:
    agree(models.LeNet5(rng=None), reference_models.LeNet5Of1998(), (3, 1, 32, 32))


@pytest.mark.parametrize("shape", [(1, 1, 36, 36), (1, 3, 32, 32), (1, 32, 32)])
def test_another_size_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"LeNet5: x has shape .*, expected \(B, 1, 32, 32\)"):
        models.LeNet5(rng=None)(np.zeros(shape, np.float32))


def test_connections_are_the_papers() -> None:
    assert sum(map(len, CONNECTIONS)) == 60
    # Every map of S2 is read by ten maps of C3, as the rows of table I show.
    assert np.bincount(np.concatenate(CONNECTIONS)).tolist() == [10] * 6
    assert len(set(CONNECTIONS)) == 16


def test_first_weights_are_uniform_within_the_papers_bounds() -> None:
    net = models.LeNet5(rng=RNG(0))
    fan_in = {"c1": 25, "s2": 4, "s4": 4, "c5": 400, "f6": 120}
    for name, n in fan_in.items():
        for parameter in net.get_submodule(name).parameters():
            size = abs(parameter.data) * n / 2.4
            assert size.max() <= 1
            assert size.max() > (0.95 if parameter.size > 100 else 0.3)
    maps = np.repeat([len(c) for c in CONNECTIONS], [len(c) for c in CONNECTIONS])
    size = abs(net.c3.weight.data) * maps[:, None, None] * 25 / 2.4
    assert 0.95 < size.max() <= 1
    assert len(np.unique(size)) > 0.99 * size.size  # every number drawn by itself
