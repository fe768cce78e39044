"""Hooks: called where PyTorch calls them, with what PyTorch gives them."""

import copy
from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn, torch_bridge
from tests import reference_models

RNG = np.random.default_rng


def pair() -> tuple[nn.Sequential, Any]:
    """A small network in float64, twice, with the same weights."""
    rng = RNG(0)
    ours = nn.Sequential(
        nn.Conv2d(1, 2, 3, rng=rng), nn.BatchNorm2d(2), nn.ReLU(),
        nn.Sequential(nn.Flatten(), nn.Linear(8, 3, bias=False, rng=rng)),
    ).double()  # fmt: skip
    theirs = reference_models.small_network().double()
    torch_bridge.copy_weights(ours, theirs)
    return ours, theirs


def watch(net: Any, seen: list[Any]) -> None:
    """Note kind, numbers in and numbers out of every call, forward and backward."""

    def note(way: str) -> Any:
        def hook(module: Any, *values: Any) -> None:
            arrays = [None if v is None else np.array(v.tolist()) for vs in values for v in vs]
            seen.append((way, type(module).__name__, arrays))

        return hook

    for module in net.modules():
        module.register_forward_pre_hook(note("before"))
        module.register_forward_hook(
            lambda module, inputs, output: note("after")(module, inputs, (output,))
        )
        module.register_full_backward_hook(note("backward"))


@pytest.mark.filterwarnings("ignore:Full backward hook is firing")  # where nobody asks for None
@pytest.mark.parametrize("training", [False, True])
def test_called_when_and_with_what_pytorch_calls_them(training: bool) -> None:
    ours, theirs = pair()
    our_calls: list[Any] = []
    their_calls: list[Any] = []
    watch(ours, our_calls)
    watch(theirs, their_calls)
    x, g = RNG(1).normal(size=(4, 1, 4, 4)), RNG(2).normal(size=(4, 3))
    ours(x)
    # In training PyTorch's picture asks for no gradient, and its hooks see None.
    t = torch.from_numpy(x).requires_grad_(not training)
    theirs(t).backward(torch.from_numpy(g))
    if training:
        ours.backward_to_parameters(g)
    else:
        ours.backward(g)
    assert len(our_calls) == len(their_calls) == 3 * 7
    # PyTorch goes back through the autograd graph, where a Sequential has no place of its own:
    # a container's hook may come before or after those of its layers.
    for kind in ("Conv2d", "BatchNorm2d", "ReLU", "Flatten", "Linear", "Sequential"):
        mine, other = ([c for c in calls if c[1] == kind] for calls in (our_calls, their_calls))
        for call, expected in zip(sorted_calls(mine), sorted_calls(other), strict=True):
            assert call[:2] == expected[:2]
            for a, b in zip(call[2], expected[2], strict=True):
                assert (a is None) == (b is None)
                if a is not None:
                    np.testing.assert_allclose(a, b, atol=1e-12)
    forward = [call[:2] for call in our_calls if call[0] != "backward"]
    assert forward == [call[:2] for call in their_calls if call[0] != "backward"]


def sorted_calls(calls: list[Any]) -> list[Any]:
    """By way, and then by the size of what went through: two Sequentials are told apart."""
    return sorted(calls, key=lambda call: (call[0], [0 if a is None else a.size for a in call[2]]))


@pytest.mark.parametrize("answer", ["value", "tuple"])
def test_what_a_hook_returns_takes_the_place_of_the_value(answer: str) -> None:
    def wrap(value: Any) -> Any:
        return (value,) if answer == "tuple" else value

    layer = nn.ReLU()
    with layer.register_forward_pre_hook(lambda module, inputs: wrap(inputs[0] + 1)):
        np.testing.assert_array_equal(layer(np.array([-3.0, 1.0])), [0, 2])
    with layer.register_forward_hook(lambda module, inputs, output: wrap(10 * output)):
        np.testing.assert_array_equal(layer(np.array([-3.0, 1.0])), [0, 10])

    def halve(module: nn.Module, grad_input: Any, grad_output: Any) -> Any:
        return wrap(grad_input[0] / 2)

    with layer.register_full_backward_hook(halve):
        np.testing.assert_array_equal(layer.backward(np.array([4.0, 4.0])), [0, 2])


def test_hooks_are_called_in_order_and_taken_out_one_by_one() -> None:
    layer, calls = nn.ReLU(), []
    handles = [layer.register_forward_hook(lambda *_, n=n: calls.append(n)) for n in range(3)]
    layer(np.ones(1))
    assert calls == [0, 1, 2]
    handles[1].remove()
    handles[1].remove()
    layer(np.ones(1))
    assert calls == [0, 1, 2, 0, 2]
    assert [repr(handle) for handle in handles] == [
        "RemovableHandle(registered)", "RemovableHandle(removed)", "RemovableHandle(registered)",
    ]  # fmt: skip


def test_after_the_last_backward_hook_nothing_is_left() -> None:
    for layer in (nn.ReLU(), nn.Conv2d(1, 1, 1, rng=None)):
        before = set(vars(layer))
        one = layer.register_full_backward_hook(lambda *_: None)
        two = layer.register_full_backward_hook(lambda *_: None)
        one.remove()
        assert set(vars(layer)) > before
        two.remove()
        assert set(vars(layer)) == before


def test_a_copy_calls_its_hooks_with_itself() -> None:
    layer, seen = nn.ReLU(), []
    layer.register_full_backward_hook(lambda module, *_: seen.append(module))
    twin = copy.deepcopy(layer)
    twin(np.ones(2))
    twin.backward(np.ones(2))
    assert seen == [twin]


def test_learning_is_the_same_with_hooks() -> None:
    (plain, _), (watched, _) = pair(), pair()
    watch(watched, [])
    x, y = RNG(1).normal(size=(4, 1, 4, 4)), np.array([0, 1, 2, 1])
    for net in (plain, watched):
        optimizer = nn.SGD(net.parameters(), lr=0.1)
        for _ in range(3):
            nn.train_step(net, nn.CrossEntropyLoss(), optimizer, x, y)
    for name, value in plain.state_dict().items():
        np.testing.assert_array_equal(value, watched.state_dict()[name])
