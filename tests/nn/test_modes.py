"""A network in use for a while."""

import numpy as np
import pytest
import torch

from course_utils import nn


def test_each_module_is_put_back_in_its_own_mode() -> None:
    net = nn.Sequential(nn.Dropout(rng=None), nn.Sequential(nn.BatchNorm2d(1), nn.ReLU()))
    net[1].eval()  # frozen by hand
    modes = [module.training for module in net.modules()]
    assert modes == [True, True, False, False, False]
    with nn.evaluating(net) as same:
        assert same is net
        assert not any(module.training for module in net.modules())
        np.testing.assert_array_equal(net[0](np.ones(9)), 1)
    assert [module.training for module in net.modules()] == modes


def test_also_after_an_error() -> None:
    net = nn.ReLU()
    with pytest.raises(ZeroDivisionError), nn.evaluating(net):
        raise ZeroDivisionError
    assert net.training


def test_pytorchs_too() -> None:
    theirs = torch.nn.Sequential(torch.nn.Dropout(), torch.nn.ReLU().eval())
    with nn.evaluating(theirs):
        assert not any(module.training for module in theirs.modules())
    assert [module.training for module in theirs.modules()] == [True, True, False]
