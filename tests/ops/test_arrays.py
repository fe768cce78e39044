"""Which arrays operations take, and the words in which they refuse the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import ops
from course_utils.ops.arrays import all_finite, check_same_dtype, float_array, read_grad_output
from tests.ops.test_gradient_check import PAIRS


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_are_not_copied(dtype: Any) -> None:
    array = np.ones(3, dtype)
    assert float_array("f", "x", array) is array


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, bool])
def test_integers_become_float64(dtype: Any) -> None:
    array = float_array("f", "x", np.array([0, 1], dtype))
    assert array.dtype == np.float64
    np.testing.assert_array_equal(array, [0.0, 1.0])


def test_byte_order_becomes_this_machine_s() -> None:
    foreign = np.array([1.5, -2.0], np.dtype(np.float32).newbyteorder())
    array = float_array("f", "x", foreign)
    assert array.dtype == np.float32
    assert array.dtype.isnative
    np.testing.assert_array_equal(array, [1.5, -2.0])


@pytest.mark.parametrize("value", [np.ones(2, np.float16), [1j], ["a"], [None]])
def test_other_numbers_are_refused(value: Any) -> None:
    kind = np.asarray(value).dtype
    with pytest.raises(TypeError, match=rf"f: x is {kind}, expected float32 or float64 \(integers"):
        float_array("f", "x", value)


def test_what_an_array_would_lose_is_refused() -> None:
    masked = np.ma.masked_array([1.0, 2.0], [False, True])
    with pytest.raises(TypeError, match=r"f: x is a masked array, whose mask has no meaning here"):
        float_array("f", "x", masked)
    tensor: Any = torch.ones(2, requires_grad=True)
    with pytest.raises(TypeError, match=r"f: x is a tensor that requires gradients, which are not"):
        float_array("f", "x", tensor)
    np.testing.assert_array_equal(float_array("f", "x", tensor.detach()), [1, 1])
    with pytest.raises(TypeError, match=r"f: x cannot be read as an array: .*requires grad"):
        float_array("f", "x", [tensor, tensor])


def test_rows_of_different_lengths_are_refused_by_name() -> None:
    ragged: Any = [[1.0], [1.0, 2.0]]
    with pytest.raises(ValueError, match=r"f: x cannot be read as an array: .*inhomogeneous"):
        float_array("f", "x", ragged)


ARRAYS: dict[str, tuple[tuple[int, ...], dict[str, Any]]] = {
    "conv1d": ((1, 1, 4), {"weight": np.ones((1, 1, 2))}),
    "max_pool2d": ((1, 2, 2), {"kernel_size": 1}),
    "avg_pool2d": ((1, 2, 2), {"kernel_size": 1}),
    "adaptive_avg_pool2d": ((1, 2, 2), {"output_size": 1}),
    "linear": ((1, 2), {"weight": np.ones((3, 2))}),
    "batch_norm": ((2, 2), {"running_mean": None, "running_var": None, "training": True}),
    "softmax": ((2,), {"dim": 0}),
    "relu": ((2,), {}),
    "cross_entropy": ((1, 2), {"target": [0]}),
    "mse_loss": ((2,), {"target": [0.0, 0.0]}),
    "convolve": ((2,), {"w": [1.0]}),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_every_operation_reads_its_array_this_way(name: str) -> None:
    shape, options = ARRAYS[name]
    with pytest.raises(TypeError, match=rf"^{name}: x is a masked array"):
        getattr(ops, name)(np.ma.ones(shape), **options)
    with pytest.raises(TypeError, match=rf"^{name}: x is a tensor that requires"):
        getattr(ops, name)(torch.ones(shape, requires_grad=True), **options)


@pytest.mark.parametrize("name", ["target", "weight", "indices"])
def test_masks_of_other_arguments_are_not_ignored_either(name: str) -> None:
    masked: Any = np.ma.masked_array([0, 1], [False, True])

    def call() -> None:
        if name == "indices":
            ops.max_unpool2d(np.ones((1, 1, 2)), masked.reshape(1, 1, 2), 1)
        else:
            ops.cross_entropy(np.ones((2, 2)), **{"target": [0, 1], name: masked})

    with pytest.raises(TypeError, match=rf": {name} is a masked array"):
        call()


def test_arrays_of_one_call_have_one_dtype() -> None:
    double, single = np.zeros(2), np.zeros(2, np.float32)
    check_same_dtype("f", x=double, weight=None, bias=double)
    with pytest.raises(
        TypeError, match=r"f: x is float64 but bias is float32; expected one dtype for all"
    ):
        check_same_dtype("f", x=double, weight=None, bias=single)


def test_grad_output_has_the_shape_and_dtype_of_the_result() -> None:
    like = np.zeros((5, 5))
    np.testing.assert_array_equal(read_grad_output("f", [1, 2], (2,), like), [1.0, 2.0])
    with pytest.raises(ValueError, match=r"f: grad_output is \(2,\), expected \(3,\), the shape"):
        read_grad_output("f", [1.0, 2.0], (3,), like)
    with pytest.raises(ValueError, match=r"f: grad_output is \(2, 1\), expected \(2,\)"):
        read_grad_output("f", [[1.0], [2.0]], (2,), like)
    with pytest.raises(TypeError, match=r"f: grad_output is float32 but x is float64"):
        read_grad_output("f", np.ones(2, np.float32), (2,), like)


def test_all_finite() -> None:
    assert all_finite(np.array([1.0, -2.0]))
    assert not all_finite(np.array([1.0, np.nan]))
    assert not all_finite(np.array([np.inf, -np.inf]))
    assert not all_finite(np.full(2, np.finfo(np.float32).max, np.float32))  # the sum overflows


SPOILERS = [np.inf, -np.inf, np.nan, 3e38, -3e38, 1e-45, 0.0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.filterwarnings("error")
def test_no_warning_where_pytorch_gives_none(name: str, dtype: Any) -> None:
    args, options = PAIRS[name]
    rng = np.random.default_rng(3)

    def spoilt(array: Any) -> Any:
        if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
            return array
        array = np.array(array, dtype)
        for _ in range(rng.integers(0, 4)):
            array.flat[rng.integers(array.size)] = rng.choice(SPOILERS)
        return array

    for _ in range(40):
        given = [spoilt(a) for a in args]
        y = getattr(ops, name)(*given, **options)
        gy = np.asarray(spoilt(rng.normal(size=np.shape(y))), dtype)
        getattr(ops, name + "_backward")(gy, *given, **options)


@pytest.mark.filterwarnings("error")
def test_no_warning_from_overflow_in_sums_of_two_arrays() -> None:
    large = np.array([1e308, -1e308, np.inf, -np.inf])
    for operation in (ops.convolve, ops.correlate):
        operation(large, large)
        operation(large.reshape(2, 2), large.reshape(2, 2))
