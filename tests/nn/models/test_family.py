"""One function for each member of a family."""

import numpy as np

from course_utils.nn import models


def test_a_member_passes_its_arguments_on() -> None:
    net = models.resnet18(5, rng=np.random.default_rng(0), dtype=np.float64)
    assert net.fc.weight.shape == (5, 512)
    assert net.conv1.weight.data.dtype == np.float64
    twin = models.ResNet(models.BasicBlock, (2, 2, 2, 2), 5, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(net.fc.weight.data.astype("f4"), twin.fc.weight.data)


def test_a_member_looks_like_a_function_of_its_own() -> None:
    build = models.vgg16_bn
    assert (build.__name__, build.__module__) == ("vgg16_bn", "course_utils.nn.models.vgg_family")
    assert "vgg16_bn, as torchvision has it: 138,365,992 parameters." in str(build.__doc__)
