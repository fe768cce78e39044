"""Where the layers of FeatureMapExplorer come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from course_utils.explorers.feature_map.sources import colour_filters, from_filters, from_network
from course_utils.nn.models import trained_lenet5

RNG = np.random.default_rng(8)
IMAGE = RNG.normal(size=(6, 9, 11))


def test_the_layers_of_a_network_of_the_course() -> None:
    network = trained_lenet5().train()
    image = RNG.random((1, 32, 32))
    first, second = from_network(network)(image)
    assert (first.name, second.name) == ("features.0", "features.3")
    x = image[None].astype(np.float32)
    features = network.features
    middle = features[2](features[1](features[0](x)))
    np.testing.assert_array_equal(first.x, x[0])
    np.testing.assert_array_equal(second.x, middle[0])
    np.testing.assert_allclose(second.maps, features[3](middle)[0], atol=1e-5)
    assert all(module.training for module in network.modules())
    assert "forward" not in vars(features[0])
    with pytest.raises(ValueError, match="conv2d"):
        from_network(network)(RNG.random((3, 32, 32)))
    assert "forward" not in vars(features[0])


class Small(torch.nn.Module):
    """A PyTorch network that is no row of layers."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = torch.nn.Conv2d(3, 4, 3, padding="same")
        self.normal = torch.nn.BatchNorm2d(4)
        self.deep = torch.nn.Conv2d(4, 8, (3, 5), stride=2, groups=2, bias=False)
        self.never = torch.nn.Conv2d(1, 1, 1)

    def forward(self, x: Any) -> Any:
        y = self.normal(self.stem(x))
        return self.deep(torch.relu(y)) + y.mean()


def test_the_layers_of_a_pytorch_module() -> None:
    torch.manual_seed(0)
    network = Small().double().train()
    mean = network.normal.state_dict()["running_mean"].clone()
    image = RNG.normal(size=(3, 10, 13))
    stem, deep = from_network(network)(image)
    assert (stem.name, deep.name) == ("stem", "deep")
    with torch.no_grad():
        x = torch.from_numpy(image)[None]
        y = network.eval().normal(network.stem(x)).relu()
        expected = network.deep(y)[0]
    np.testing.assert_allclose(stem.maps, network.stem(x)[0].detach().numpy(), atol=1e-12)
    np.testing.assert_allclose(deep.x, y[0].numpy(), atol=1e-12)
    np.testing.assert_allclose(deep.maps, expected.numpy(), atol=1e-12)
    assert torch.equal(network.normal.state_dict()["running_mean"], mean)
    assert not network.stem._forward_pre_hooks


@pytest.mark.parametrize(
    ("network", "image", "kind", "words"),
    [
        ("vgg", IMAGE, TypeError, "the network is a str, expected one of course_utils.nn"),
        (nn.ReLU(), IMAGE, ValueError, "no convolution of the network was reached"),
        (
            torch.nn.Conv2d(6, 1, 3, padding=1, padding_mode="reflect"), IMAGE, ValueError,
            "pads with 'reflect', and only zeros are shown",
        ),
        (torch.nn.Conv2d(6, 65, 1), IMAGE, ValueError, "has 65 filters of 6 channels"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_words(
    network: Any, image: Any, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        from_network(network)(image)


def test_the_filters_of_the_portrait_do_what_their_words_say() -> None:
    weight, bias = colour_filters()
    grey = np.ones((3, 9, 9)) * 0.4
    maps = from_filters(weight, bias)(grey)[0].maps
    # colours cancel in grey, brightness stays, and neither edges nor spots are there
    np.testing.assert_allclose(maps[:, 2, 2], [-1, -0.1, 0, 0.4, 0, 0], atol=1e-12)
