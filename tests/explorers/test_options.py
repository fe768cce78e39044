"""An input that is declared once: its trait, its place in the signature, its lines of help."""

from __future__ import annotations

import inspect
import re
from typing import Any, assert_type

import numpy as np
import pytest
from numpydoc.docscrape import NumpyDocString

from course_utils.explorers import (
    DigitExplorer,
    FeatureMapExplorer,
    FilterExplorer,
    PoolExplorer,
    ReceptiveFieldExplorer,
)
from course_utils.explorers.pool.valid_options import Kind as Pooling
from course_utils.explorers.shared.arrays import Array
from course_utils.explorers.shared.option_readers import Pair
from tests.explorers.every_explorer import Kind, every


@every
def test_signature_and_docstring_name_the_same_inputs(kind: Kind) -> None:
    described = NumpyDocString(kind.__doc__ or "")
    signature = inspect.signature(kind).parameters
    assert [parameter.name for parameter in described["Parameters"]] == list(signature)
    for parameter in described["Parameters"]:
        assert re.fullmatch(r".+, (optional|default .+)", parameter.type)
        assert parameter.desc[-1].endswith(".")
    settable = {name for name, option in kind.options.items() if option.init}
    assert settable <= set(signature)
    assert set(signature) - settable <= {
        *("weight", "bias", "network", "stride", "padding", "dilation", "groups")
    }


def test_help_says_type_default_and_meaning() -> None:
    lines = (PoolExplorer.__doc__ or "").splitlines()
    for entry, text in [
        ('kind : {"max", "average", "lp"}, default "max"', "What is kept of each window."),
        ("x : array_like, optional", "The input, (H, W), at most 10 a side."),
        ("stride : int or pair of int, default 2", "Steps from window to window, as in PyTorch."),
        ("backward : bool, default True", "Whether the gradient is shown."),
    ]:
        assert lines[lines.index(entry) + 1] == f"    {text}"
    filters = FeatureMapExplorer.__doc__ or ""
    assert "weight : array_like, optional" in filters
    assert 'padding : int or pair of int or {"same", "valid"}, optional' in filters
    assert [line for line in lines if set(line) == {"-"}] == ["----------", "------", "--------"]


def test_the_signature_has_positions_defaults_and_nothing_of_the_page() -> None:
    assert str(inspect.signature(DigitExplorer)) == (
        "(network=None, *, ink=None, sample=-1, target=-1, fit=True, back=None)"
    )
    assert list(inspect.signature(FilterExplorer).parameters)[:2] == ["image", "kernel"]
    assert "upload" not in inspect.signature(FilterExplorer).parameters
    with pytest.raises(TypeError, match="upload"):
        FilterExplorer(upload=b"")
    with pytest.raises(TypeError, match="too many positional"):
        PoolExplorer(np.eye(4), [[1.0]], "digits")


def test_what_only_the_constructor_takes_is_no_attribute() -> None:
    assert not hasattr(FeatureMapExplorer, "weight")
    assert "weight" not in FeatureMapExplorer.inputs
    with pytest.raises(TypeError, match="has no input 'weight'"):
        FeatureMapExplorer().update(weight=np.ones((1, 3, 1, 1)))


def test_a_type_checker_knows_the_inputs() -> None:
    explorer = PoolExplorer(kind="average", stride=(1, 2), x=[[1, 2], [3, 4]], kernel_size=1)
    assert_type(explorer.kind, Pooling)
    assert_type(explorer.stride, Pair)
    assert_type(explorer.x, Array)
    assert_type(ReceptiveFieldExplorer(layer="conv1_1").layer, int)
    explorer.stride = 2
    explorer.x = [[1.0, 0.0], [0.0, 1.0]]
    assert explorer.stride == (2, 2)
    np.testing.assert_array_equal(explorer.x, np.eye(2))


def test_equal_is_not_the_same() -> None:
    explorer: Any = PoolExplorer(stride=1)
    with pytest.raises(ValueError, match=r"stride must be .* not True"):
        explorer.stride = True
    with pytest.raises(ValueError, match=r"p must be .* not 2\.0"):
        explorer.p = 2.0
    assert (explorer.stride, explorer.p) == ((1, 1), 2)
    assert explorer.p.__class__ is int
    seen: list[Any] = []
    explorer.observe(lambda change: seen.append(change["new"]), "kind")
    explorer.kind = "max"
    assert seen == []


def test_a_list_from_the_page_is_a_tuple_and_a_view_of_memory_bytes() -> None:
    explorer = FilterExplorer(kernel=[[1.0]])
    seen: list[Any] = []
    explorer.observe(lambda change: seen.append(change["new"]), ["focus", "upload"])
    explorer.set_state({"focus": [2, 3]})
    assert seen == [(2, 3)]
    explorer.set_state({"upload": memoryview(b"\x00\xff"), "upload_size": [1, 2], "picture": "a"})
    assert explorer.image.tolist() == [[0.0, 1.0]]
    assert [type(value) for value in seen[1:]] == [
        bytes,
        tuple,
        bytes,
    ]  # taken, kept inside, let go


def test_the_same_numbers_again_are_no_change() -> None:
    explorer = PoolExplorer()
    explorer.x = explorer.x.copy()
    assert explorer.rev == 1
    with pytest.raises(ValueError, match="read-only"):
        explorer.x[0, 0] = 5


def test_a_network_that_is_given_again_reads_again() -> None:
    explorer = DigitExplorer()
    rev = explorer.rev
    explorer.network = explorer.network
    assert explorer.rev == rev + 1
