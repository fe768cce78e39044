"""A network that is a sequence, beside PyTorch's."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.layer_checks import RNG, behaves, look_alike


def pair() -> tuple[nn.Sequential, Any]:
    """Four layers, twice."""
    ours = nn.Sequential(
        nn.Conv2d(2, 3, 3, rng=RNG(1)), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 2, 1, rng=RNG(2))
    )
    t = torch.nn
    return ours, t.Sequential(t.Conv2d(2, 3, 3), t.ReLU(), t.MaxPool2d(2), t.Conv2d(3, 2, 1))


def names(net: Any) -> list[str]:
    return [name for name, _ in net.named_children()]


def test_pytorchs() -> None:
    behaves((lambda: pair()[0], lambda: pair()[1], (2, 2, 8, 8)), training=True)


def test_an_empty_one_is_the_identity() -> None:
    behaves((nn.Sequential, torch.nn.Sequential, (2, 3)), training=True)
    empty = nn.Sequential()
    empty.backward_to_parameters(np.ones(3))
    assert len(empty) == 0


def test_it_is_a_sequence() -> None:
    net, _ = pair()
    assert len(net) == 4
    assert net[2] is list(net)[2]
    assert net[-1] is net[3]
    with pytest.raises(IndexError):
        net[4]


@pytest.mark.parametrize("part", [slice(1, 3), slice(2), slice(None, None, 2), slice(-1, None)])
def test_a_slice_is_a_sequential_of_the_same_layers_and_names(part: slice) -> None:
    ours, theirs = pair()
    assert isinstance(ours[part], nn.Sequential)
    assert list(ours[part]) == list(ours)[part]
    look_alike(ours[part], theirs[part])


def test_names_of_ones_own() -> None:
    layers = {"squash": nn.Tanh(), "out": nn.Linear(3, 2, rng=RNG(0))}
    net = nn.Sequential(layers)
    assert names(net) == ["squash", "out"]
    assert list(net.state_dict()) == ["out.weight", "out.bias"]
    assert net[1] is layers["out"]
    assert net(np.ones((4, 3), np.float32)).shape == (4, 2)


def test_changes_are_pytorchs() -> None:
    ours, theirs = pair()
    ours.append(nn.Flatten()).extend([nn.Tanh(), nn.Sigmoid()])
    theirs.append(torch.nn.Flatten()).extend([torch.nn.Tanh(), torch.nn.Sigmoid()])
    look_alike(ours, theirs)
    ours[1], theirs[1] = nn.Tanh(), torch.nn.Tanh()
    look_alike(ours, theirs)
    ours.insert(0, nn.Identity())
    theirs.insert(0, torch.nn.Identity())
    look_alike(ours, theirs)
    del ours[-1], theirs[-1]
    del ours[1:3], theirs[1:3]
    look_alike(ours, theirs)


def test_appending_to_a_slice_overwrites_nothing() -> None:
    part = pair()[0][1:3]
    assert names(part.append(nn.Flatten())) == ["1", "2", "3"]


def test_training_spares_the_first_layer_the_gradient_of_the_picture() -> None:
    net, twin = pair()[0], pair()[0]
    x, g = RNG(3).normal(size=(2, 2, 8, 8)).astype("f4"), RNG(4).normal(size=(2, 2, 3, 3))
    net(x), twin(x)
    net.backward(g.astype("f4"))
    twin.backward_to_parameters(g.astype("f4"))
    for p, q in zip(net.parameters(), twin.parameters(), strict=True):
        assert p.grad is not None
        assert q.grad is not None
        np.testing.assert_array_equal(p.grad, q.grad)


def test_what_is_no_layer_is_refused() -> None:
    layer: Any = np.tanh
    with pytest.raises(TypeError, match="Sequential: part '1' is a ufunc, expected a Module"):
        nn.Sequential(nn.ReLU(), layer)
    listed: Any = [nn.ReLU()]
    with pytest.raises(TypeError, match="Sequential: part '0' is a list, expected a Module"):
        nn.Sequential(listed)


def test_a_layer_that_occurs_twice_is_refused() -> None:
    relu = nn.ReLU()
    with pytest.raises(ValueError, match=r"layer '1' is layer '0' once more.*make a second one"):
        nn.Sequential(relu, relu)
    net = nn.Sequential(relu, nn.Tanh())
    with pytest.raises(ValueError, match="layer '2' is layer '0' once more"):
        net.insert(2, relu)
    assert len(net) == 2
