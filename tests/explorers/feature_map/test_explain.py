"""A feature map taken apart, against PyTorch and sums by hand; where layers come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course_utils.explorers.feature_map.explain import explain
from course_utils.explorers.feature_map.sources import Source, from_filters
from course_utils.explorers.feature_map.state import FeatureMapState, with_changes

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
