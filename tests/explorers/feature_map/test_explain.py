"""A feature map taken apart, against PyTorch and sums by hand; where layers come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from course_utils.explorers.feature_map.sources import (
    Source,
    colour_filters,
    from_filters,
    from_network,
    scene,
)
from course_utils.explorers.feature_map.state import FeatureMapState, explain, with_changes
from course_utils.nn.models import trained_lenet5

RNG = np.random.default_rng(8)
IMAGE = RNG.normal(size=(6, 9, 11))


def start(weight: Any, bias: Any = None, **options: Any) -> FeatureMapState:
    capture = from_filters(weight, bias, **options)
    return FeatureMapState(Source("own", IMAGE, capture(IMAGE), capture), "filters")


@pytest.mark.parametrize(
    ("groups", "options"),
    [
        (1, {}),
        (1, {"stride": 2, "padding": 1}),
        (1, {"padding": "same", "dilation": 2}),
        (3, {"stride": (1, 2), "padding": (2, 0)}),
        (6, {"padding": "same"}),
    ],
)
@pytest.mark.parametrize("k", [0, 4, 11])
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
def test_every_part_of_a_map_equals_pytorchs(groups: int, options: dict[str, Any], k: int) -> None:
    w, b = RNG.normal(size=(12, 6 // groups, 3, 2)), RNG.normal(size=12)
    state = with_changes(start(w, b, groups=groups, **options), {"filter": k, "focus": (1, 2)})
    found = explain(state)
    conv = torch.nn.functional.conv2d
    x_t, w_t, b_t = (torch.from_numpy(v) for v in (IMAGE[None], w, b))
    maps = conv(x_t, w_t, b_t, groups=groups, **options)[0]
    np.testing.assert_allclose(found.maps, maps.numpy(), atol=1e-12)
    np.testing.assert_allclose(found.total, maps[k].numpy(), atol=1e-12)
    np.testing.assert_allclose(found.after_relu, maps[k].relu().numpy(), atol=1e-12)
    each = 6 // groups
    first = k // (12 // groups) * each
    assert found.first == first
    assert found.bias == b[k]
    assert found.names == [f"channel {c}" for c in range(first, first + each)]
    for c in range(each):
        alone = conv(x_t[:, first + c][:, None], w_t[k, c][None, None], **options)[0, 0]
        np.testing.assert_allclose(found.partial[c], alone.numpy(), atol=1e-12)
        assert found.values[c] == pytest.approx(alone[1, 2].item(), abs=1e-12)
    np.testing.assert_allclose(found.partial.sum(axis=0) + b[k], found.total, atol=1e-12)
    y = eval(found.torch_line[4:], {"F": torch.nn.functional, "x": x_t, "w": w_t, "b": b_t})
    np.testing.assert_allclose(found.after_relu, y.numpy(), atol=1e-12)


def test_a_sum_that_can_be_checked_by_hand() -> None:
    image = np.array([[[1.0, 2, 3], [4, 5, 6]], [[1, 0, -1], [0, 2, 0]]])
    weight = np.array([[[[1.0, -1], [0, 2]], [[3, 0], [0, -1]]]])
    capture = from_filters(weight, [0.5])
    state = FeatureMapState(Source("own", image, capture(image), capture), "filters")
    found = explain(state)
    assert found.partial.tolist() == [[[1 - 2 + 10, 2 - 3 + 12]], [[3 - 2, 0 - 0]]]
    assert found.total.tolist() == [[10.5, 11.5]]
    found = explain(with_changes(state, {"image": -image}))
    assert found.total.tolist() == [[-9.5, -10.5]]
    assert not found.after_relu.any()


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
    mean = network.normal.running_mean.clone()
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
    assert torch.equal(network.normal.running_mean, mean)
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


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scene": "cat"}, "no scene called 'cat'; choose from astronaut, coffee, lenet"),
        ({"layer": "conv9"}, "no layer called 'conv9'; choose from filters"),
        ({"filter": 6}, "filter must be a whole number from 0 to 5, not 6"),
        ({"terms": True}, "terms must be a whole number from 0 to 5, not True"),
        ({"focus": 3}, "focus must be a row and a column, not 3"),
        ({"image": np.zeros((2, 8, 8))}, "3 input channels"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    state = FeatureMapState(scene("astronaut"), "filters")
    with pytest.raises(ValueError, match=words):
        with_changes(state, change)


def test_changes_keep_the_focus_inside_and_start_a_new_layer_complete() -> None:
    state = FeatureMapState(scene("astronaut"), "filters", filter=5, focus=(70, 70))
    state = with_changes(state, {"scene": "lenet"})
    assert (state.layer, state.filter, state.terms) == ("features.0", 0, 3)
    found = explain(state)
    assert found.total[state.focus] == found.total.max()
    state = with_changes(state, {"layer": "features.3", "focus": (99, -1)})
    assert (state.focus, state.terms, state.here.weight.shape) == ((9, 0), 8, (16, 6, 5, 5))


def test_the_filters_of_the_portrait_do_what_their_words_say() -> None:
    weight, bias = colour_filters()
    grey = np.ones((3, 9, 9)) * 0.4
    maps = from_filters(weight, bias)(grey)[0].maps
    # colours cancel in grey, brightness stays, and neither edges nor spots are there
    np.testing.assert_allclose(maps[:, 2, 2], [-1, -0.1, 0, 0.4, 0, 0], atol=1e-12)
