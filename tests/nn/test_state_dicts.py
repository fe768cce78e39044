"""States from the world: loaded whole, or refused whole in a short sentence that says why."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from course_utils.nn.models import resnet18
from tests.nn.small_training import RNG, net

RESNET = resnet18(rng=None)
STATE = RESNET.state_dict()


def refused(state: Any, error: type[Exception], strict: bool = True) -> str:
    """Say why a state is refused by a ResNet-18, none of whose numbers may change."""
    with pytest.raises(error) as caught:
        RESNET.load_state_dict(state, strict)
    for name, value in RESNET.state_dict().items():
        np.testing.assert_array_equal(value, STATE[name])
    message = str(caught.value.args[0])
    assert message.startswith("ResNet.load_state_dict: ")
    assert len(message) < 400
    return message


def renamed(change: Any) -> dict[str, Any]:
    """Name every entry of the state anew, and make its numbers others."""
    return {change(name): value + 1 for name, value in STATE.items()}


@pytest.mark.parametrize("prefix", ["module.", "_orig_mod.", "module._orig_mod.", "model.", "a.b."])
def test_a_prefix_on_all_names_is_called_by_its_name(prefix: str) -> None:
    message = refused(renamed(lambda name: prefix + name), KeyError)
    assert f"load {{name.removeprefix('{prefix}'): value for name, value in" in message
    # What it says to do is right.
    state = renamed(lambda name: prefix + name)
    target = resnet18(rng=None)
    assert not any(
        target.load_state_dict({name.removeprefix(prefix): v for name, v in state.items()})
    )
    np.testing.assert_array_equal(target.state_dict()["fc.bias"], STATE["fc.bias"] + 1)


def test_what_torch_compile_leaves_within_names_is_said() -> None:
    state = renamed(lambda name: name.replace("layer1.", "layer1._orig_mod."))
    assert "name.replace('_orig_mod.', '')" in refused(state, KeyError)


def test_the_state_of_a_part_is_said() -> None:
    part = {k.removeprefix("layer1."): v for k, v in STATE.items() if k.startswith("layer1.")}
    whole = nn.Sequential(RESNET.get_submodule("layer1"))
    with pytest.raises(KeyError, match=r"names seem to lack '0\.' at the beginning"):
        whole.load_state_dict(part)


def test_another_head_is_said() -> None:
    head = {"fc.weight": np.zeros((10, 512)), "fc.bias": np.zeros(10)}
    for strict in (True, False):
        message = refused({**STATE, **head}, ValueError, strict)
        assert "fc.weight has shape (10, 512), expected (1000, 512)" in message
        assert "leave fc.weight, fc.bias out and pass strict=False" in message
    others = {**STATE, "conv1.weight": np.zeros((64, 1, 7, 7))}
    assert "last layer" not in refused(others, ValueError)
    body = {name: value for name, value in STATE.items() if not name.startswith("fc.")}
    assert resnet18(rng=None).load_state_dict(body, strict=False) == (list(head), [])


def test_extra_and_missing_names_are_said() -> None:
    extra = {**STATE, **{f"head.{k}.weight": np.zeros(3) for k in range(500)}}
    message = refused(extra, KeyError)
    assert "unexpected: head.0.weight, head.1.weight, head.2.weight and 497 more" in message
    assert "strict=False leaves out the rest" in message
    assert "missing: fc.bias; unexpected: none. strict=False loads" in refused(
        {name: value for name, value in STATE.items() if name != "fc.bias"}, KeyError
    )
    assert "another kind of network" in refused(net().state_dict(), KeyError)
    assert "another kind of network" in refused({}, KeyError)
    assert "entry 'state_dict' is itself a mapping" in refused(
        {"epoch": 3, "state_dict": STATE}, KeyError
    )
    assert refused({"x" * 10_000: 0, 3: 0, None: 0}, KeyError).endswith("kind of network.")


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ("text", TypeError, "fc.bias is <U4, expected real numbers"),
        ("x" * 10_000, TypeError, "expected real numbers"),
        (np.ones(1000) + 1j, TypeError, "fc.bias is complex128, expected real numbers"),
        (None, TypeError, "fc.bias is object, expected real numbers"),
        ([1.0, [2.0]], TypeError, "fc.bias is no array of numbers: setting an array"),
        (torch.ones(1000, requires_grad=True), TypeError, "fc.bias is no array of numbers: Can"),
        (torch.ones(1000, dtype=torch.bfloat16), TypeError, "fc.bias is no array of numbers: Got"),
        (np.ones(999), ValueError, "fc.bias has shape (999,), expected (1000,)"),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_a_bad_entry_late_in_the_state_changes_nothing(
    value: Any, error: type[Exception], words: str, strict: bool
) -> None:
    state = renamed(lambda name: name)
    assert list(state)[-2:] == ["fc.weight", "fc.bias"]
    assert words in refused({**state, "fc.bias": value}, error, strict)


@pytest.mark.parametrize("count", [np.nan, 1.5, np.inf, -1e30])
def test_a_count_is_a_whole_number(count: float) -> None:
    state = {**renamed(lambda name: name), "layer4.1.bn2.num_batches_tracked": np.array(count)}
    message = refused(state, ValueError)
    assert f"num_batches_tracked is {count}, expected whole numbers" in message


@pytest.mark.parametrize("state", [[("fc.bias", 0)], None, "state", np.zeros(3)])
def test_what_is_no_mapping_is_refused(state: Any) -> None:
    assert "expected a mapping" in refused(state, TypeError)


def test_a_mapping_of_any_kind_is_read() -> None:
    class Names(Mapping[str, Any]):
        def __getitem__(self, name: str) -> Any:
            return STATE[name]

        def __iter__(self) -> Any:
            return iter(STATE)

        def __len__(self) -> int:
            return len(STATE)

    assert not any(resnet18(rng=None).load_state_dict(Names()))


def test_statistics_without_their_count_are_of_no_batches() -> None:
    model, theirs = nn.BatchNorm2d(3), torch.nn.BatchNorm2d(3)
    model(RNG(0).normal(size=(4, 3, 2, 2)).astype(np.float32))
    assert model.num_batches_tracked == 1
    old = {k: v for k, v in theirs.state_dict().items() if k != "num_batches_tracked"}
    theirs.load_state_dict(old)
    assert not any(model.load_state_dict(old))
    for name, value in theirs.state_dict().items():
        np.testing.assert_array_equal(model.state_dict()[name], value.numpy())
    # A state without statistics says nothing of the count.
    model.num_batches_tracked = np.array(7)
    model.load_state_dict({"weight": np.ones(3)}, strict=False)
    assert model.num_batches_tracked == 7


def test_too_large_for_float32_is_infinite_as_in_pytorch() -> None:
    layer, theirs = nn.Linear(1, 1, rng=None), torch.nn.Linear(1, 1)
    state = {"weight": np.array([[1e300]]), "bias": np.array([-2.5])}
    theirs.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    layer.load_state_dict(state)
    for name, value in theirs.state_dict().items():
        np.testing.assert_array_equal(layer.state_dict()[name], value.numpy())
