"""Conversions, exact arithmetic and the comparison table."""

import ast
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import course_utils
from course_utils import nn, torch_bridge
from course_utils.torch_bridge import (
    compare,
    compare_training,
    convolutions,
    copy_weights,
    exact,
    predict,
    to_numpy,
    to_torch,
)
from tests import reference_models

BACKENDS: Any = torch.backends  # its types do not know the newer switches
DTYPES = ["float32", "float64", "float16", "int64", "int32", "uint8", "bool", "complex128"]


# ---------------------------------------------------------------- device


def test_device_computes() -> None:
    device = torch_bridge.device()
    assert device.type in {"cuda", "mps", "cpu"}
    assert float(torch.ones(3, device=device).sum()) == 3.0


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"),
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_order_of_devices(
    monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, expected: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    monkeypatch.setattr(torch_bridge, "_adds", lambda name: True)
    torch_bridge._fastest_device.cache_clear()
    try:
        assert torch_bridge.device().type == expected
    finally:
        torch_bridge._fastest_device.cache_clear()


def test_a_device_that_cannot_compute_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def ones(*_: object, **__: object) -> torch.Tensor:
        raise RuntimeError("no kernel image is available\nmore lines")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch, "ones", ones)
    torch_bridge._fastest_device.cache_clear()
    try:
        with pytest.warns(UserWarning, match="cuda is present but cannot compute .no kernel"):
            assert torch_bridge.device().type == "cpu"
    finally:
        torch_bridge._fastest_device.cache_clear()


# ---------------------------------------------------------------- conversion


@pytest.mark.parametrize("dtype", DTYPES)
def test_round_trip_without_a_copy(dtype: str) -> None:
    x = (np.random.default_rng(1).normal(size=(3, 4)) * 5).astype(dtype)
    t = to_torch(x)
    assert tuple(t.shape) == (3, 4)
    assert str(t.dtype) == f"torch.{dtype}"
    back = to_numpy(t)
    assert back.dtype == x.dtype
    assert np.shares_memory(back, x)
    np.testing.assert_array_equal(back, x)


def test_memory_is_shared_both_ways() -> None:
    x = np.zeros((2, 3))
    t = to_torch(x)
    t[1, 2] = 7.0
    x[0, 0] = 3.0
    assert x[1, 2] == 7.0
    assert float(t[0, 0]) == 3.0


def test_positive_strides_are_not_copied() -> None:
    x = np.arange(24.0).reshape(4, 6)[::2, 1::2].T
    t = to_torch(x)
    assert np.shares_memory(to_numpy(t), x)
    np.testing.assert_array_equal(to_numpy(t), x)


@pytest.mark.parametrize("make", ["read only", "negative stride", "byte order", "broadcast"])
def test_what_cannot_be_shared_is_copied_in_silence(make: str) -> None:
    x = np.arange(6.0)
    if make == "read only":
        x.setflags(write=False)
    elif make == "negative stride":
        x = x[::-1]
    elif make == "byte order":
        x = x.astype(">f8")
    else:
        x = np.broadcast_to(x, (3, 6))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        t = to_torch(x)
    np.testing.assert_array_equal(to_numpy(t), x)
    before = x.copy()
    t += 1
    np.testing.assert_array_equal(x, before)


def test_scalars_empty_and_lists() -> None:
    assert to_torch(np.float64(2.5)).shape == ()
    assert to_torch([1.0, 2.0]).dtype == torch.float64
    assert tuple(to_torch(np.zeros((0, 3))).shape) == (0, 3)


def test_tensors_with_a_history() -> None:
    t = torch.ones(3, requires_grad=True) * 2
    np.testing.assert_array_equal(to_numpy(t), [2, 2, 2])
    np.testing.assert_array_equal(to_numpy(torch.tensor([1 + 2j]).conj()), [1 - 2j])
    np.testing.assert_array_equal(to_numpy(torch.tensor([1.5], dtype=torch.bfloat16)), [1.5])


def test_device_is_kept() -> None:
    assert to_torch(np.zeros(2), "cpu").device.type == "cpu"
    on_meta = to_torch(np.zeros(2, dtype=np.float32), torch.device("meta"))
    assert on_meta.device.type == "meta"


def test_mps_gets_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[torch.dtype] = []

    def to(self: torch.Tensor, target: torch.device) -> torch.Tensor:
        seen.append(self.dtype)
        return self

    monkeypatch.setattr(torch.Tensor, "to", to)
    to_torch(np.zeros(2), "mps")
    to_torch(np.zeros(2), "cuda")
    assert seen == [torch.float32, torch.float64]


# ---------------------------------------------------------------- who imports torch


def test_no_other_module_imports_torch() -> None:
    root = Path(course_utils.__path__[0])
    found: dict[str, set[str]] = {}
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                if name.partition(".")[0] in ("torch", "torchvision"):
                    found.setdefault(path.relative_to(root).as_posix(), set()).add(name)
    # The docstring of torch_bridge says so.
    assert found == {"torch_bridge.py": {"torch"}}


# ---------------------------------------------------------------- use


def test_predict_is_pytorchs_in_eval_mode() -> None:
    _, theirs = pair()
    theirs[0].eval()
    modes = [module.training for module in theirs.modules()]
    x = np.random.default_rng(0).normal(size=(4, 1, 4, 4)).astype(np.float32)
    y = predict(theirs, x)
    assert y.dtype == np.float64  # the model's
    assert [module.training for module in theirs.modules()] == modes
    expected = theirs.eval()(to_torch(x).double())
    np.testing.assert_array_equal(y, to_numpy(expected))


def test_convolutions_by_name() -> None:
    theirs = reference_models.lenet5()
    found = list(convolutions(theirs))
    assert [name for name, _ in found] == ["features.0", "features.3"]
    assert found[1][1] is theirs.features[3]


# ---------------------------------------------------------------- exact


def settings() -> list[object]:
    backends = BACKENDS
    values: list[object] = [
        torch.get_float32_matmul_precision(),
        torch.are_deterministic_algorithms_enabled(),
        torch.is_deterministic_algorithms_warn_only_enabled(),
        backends.cudnn.deterministic,
        backends.cudnn.benchmark,
        backends.fp32_precision,
        backends.cuda.matmul.fp32_precision,
        backends.cudnn.conv.fp32_precision,
        backends.mkldnn.matmul.fp32_precision,
        os.environ.get("CUBLAS_WORKSPACE_CONFIG"),
        list(warnings.filters),
    ]
    for owner in (backends.cuda.matmul, backends.cudnn):
        try:
            values.append(owner.allow_tf32)
        except RuntimeError:
            values.append("the old and the new switch disagree")
    return values


def assert_exact() -> None:
    assert torch.get_float32_matmul_precision() == "highest"
    assert BACKENDS.cuda.matmul.fp32_precision == "ieee"
    assert BACKENDS.cudnn.conv.fp32_precision == "ieee"
    assert torch.are_deterministic_algorithms_enabled()
    assert torch.backends.cudnn.deterministic
    assert not torch.backends.cudnn.benchmark
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"]


@pytest.fixture
def untouched() -> Iterator[None]:
    """Give the other tests PyTorch's defaults back, whatever happened here."""
    yield
    BACKENDS.fp32_precision = "none"
    torch.backends.cudnn.allow_tf32 = True
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(False)


@pytest.mark.parametrize("start", ["default", "high", "medium", "tf32 off", "benchmark", "new"])
def test_exact_puts_everything_back(untouched: None, start: str) -> None:
    if start in ("high", "medium"):
        torch.set_float32_matmul_precision(start)
    elif start == "tf32 off":
        torch.backends.cudnn.allow_tf32 = False
    elif start == "benchmark":
        torch.backends.cudnn.benchmark = True
        torch.use_deterministic_algorithms(True, warn_only=False)
    elif start == "new":
        BACKENDS.fp32_precision = "tf32"
    before = settings()
    with exact():
        assert_exact()
        with exact():
            assert_exact()
        assert_exact()
    assert settings() == before
    with pytest.raises(ZeroDivisionError), exact():
        raise ZeroDivisionError
    assert settings() == before


def test_exact_lets_the_old_switch_be_read(untouched: None) -> None:
    torch.set_float32_matmul_precision("high")
    with exact():
        assert not torch.backends.cuda.matmul.allow_tf32
        assert not torch.backends.cudnn.allow_tf32


def test_an_existing_workspace_setting_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUBLAS_WORKSPACE_CONFIG", ":16:8")
    with exact():
        assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"


# ---------------------------------------------------------------- compare


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3))
    compare(
        {
            "y": (x, torch.from_numpy(x + 3e-11)),
            "a longer name": (x.astype(np.float32), torch.from_numpy(x)),
            "index": (np.array([1, 2]), torch.tensor([1, 2])),
        }
    )
    assert capsys.readouterr().out.splitlines() == [
        "name           shape   dtype              difference  verdict",
        "y              (2, 3)  float64            < 1e-10     agrees",
        "a longer name  (2, 3)  float32 / float64  < 1e-06     agrees",
        "index          (2,)    int64              none        agrees",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (np.zeros(3), np.array([0, 0, 2e-10]), r"y: largest difference 2e-10, allowed 1e-10"),
        (np.zeros(3, np.float32), np.full(3, 2e-4), r"y: largest difference 0.0002, allowed 1e-04"),
        (np.zeros(3), np.zeros((3, 1)), r"y: ours has shape \(3,\), theirs \(3, 1\)"),
        (np.array([np.nan]), np.array([0.0]), r"y: largest difference inf"),
        (np.array([np.inf]), np.array([-np.inf]), r"y: largest difference inf"),
        (np.array([1, 2]), np.array([1, 3]), r"y: largest difference 1, allowed 0"),
    ],
)
def test_what_differs_raises(
    ours: object, theirs: object, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssertionError, match=words):
        compare({"fine": (np.zeros(2), np.zeros(2)), "y": (ours, theirs)})  # type: ignore[dict-item]
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].endswith("agrees")
    assert rows[2].endswith("DIFFERS")


def test_nan_in_the_same_place_agrees() -> None:
    x = np.array([np.nan, 1.0, -np.inf])
    compare({"y": (x, torch.from_numpy(x.copy()))})


def test_bound_is_the_callers() -> None:
    compare({"y": (np.zeros(2), np.full(2, 0.5))}, bound=0.5)
    with pytest.raises(AssertionError):
        compare({"y": (np.zeros(2), np.full(2, 0.5))}, bound=0.4)


def test_relative_divides_by_theirs() -> None:
    small = np.array([1e-6, 2e-6])
    compare({"y": (small, small * (1 + 1e-12))}, relative=True)
    compare({"y": (small, small * (1 + 1e-6))})  # absolute: 2e-12
    with pytest.raises(AssertionError, match="1e-06"):
        compare({"y": (small, small * (1 + 1e-6))}, relative=True)
    compare({"zero": (np.zeros(2), np.zeros(2))}, relative=True)


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(ValueError, match="compare: pairs is empty"):
        compare({})


# ---------------------------------------------------------------- weights and training


def pair(dtype: str = "float64") -> tuple[nn.Sequential, Any]:
    rng = np.random.default_rng(0)
    ours = nn.Sequential(
        nn.Conv2d(1, 2, 3, rng=rng), nn.BatchNorm2d(2), nn.ReLU(),
        nn.Sequential(nn.Flatten(), nn.Linear(8, 3, bias=False, rng=rng)),
    )  # fmt: skip
    return ours.to(dtype), reference_models.small_network().to(getattr(torch, dtype))


def batches(steps: int, dtype: str = "float64") -> Any:
    rng = np.random.default_rng(1)
    for _ in range(steps):
        yield rng.normal(size=(8, 1, 4, 4)).astype(dtype), rng.integers(0, 3, 8)


@pytest.mark.parametrize("way", ["to torch", "from torch", "ours", "theirs"])
def test_weights_are_copied_either_way(way: str) -> None:
    (our_one, their_one), (our_two, their_two) = pair(), pair()
    their_one(torch.randn(4, 1, 4, 4, dtype=torch.float64))  # statistics of its own
    our_one(np.random.default_rng(5).normal(size=(4, 1, 4, 4)))
    models: dict[str, tuple[Any, Any]] = {
        "to torch": (our_one, their_two),
        "from torch": (their_one, our_two),
        "ours": (our_one, our_two),
        "theirs": (their_one, their_two),
    }
    source, target = models[way]
    if target is our_two:
        our_two.load_state_dict({k: v * 0 for k, v in our_two.state_dict().items()})
    copy_weights(source, target)
    left, right = torch_bridge._state(source), torch_bridge._state(target)
    assert left.keys() == right.keys()
    for name, value in left.items():
        np.testing.assert_array_equal(right[name], value)
        assert not np.shares_memory(right[name], value)


def test_copying_turns_the_dtype() -> None:
    ours, _ = pair("float64")
    _, theirs = pair("float32")
    copy_weights(ours, theirs)
    assert theirs.state_dict()["0.weight"].dtype == torch.float32
    np.testing.assert_allclose(theirs.state_dict()["0.weight"], ours.state_dict()["0.weight"],
                               atol=1e-7)  # fmt: skip


def test_what_cannot_be_copied_is_said() -> None:
    ours, _ = pair()
    with pytest.raises(KeyError, match=r"copy_weights: missing: weight.*unexpected: 0\.weight"):
        copy_weights(ours, torch.nn.Linear(2, 2))
    theirs = torch.nn.Linear(3, 2)
    before = theirs.weight.detach().clone()
    with pytest.raises(ValueError, match=r"copy_weights: weight has shape \(2, 4\), expected"):
        copy_weights(nn.Linear(4, 2, rng=None), theirs)
    assert torch.equal(theirs.weight, before)


@pytest.mark.parametrize("kind", ["sgd", "adam"])
def test_training_step_for_step(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = pair()
    copy_weights(ours, theirs)
    optimizers: tuple[Any, Any] = (
        nn.SGD(ours.parameters(), 0.1, momentum=0.9, weight_decay=1e-3),
        torch.optim.SGD(theirs.parameters(), 0.1, momentum=0.9, weight_decay=1e-3),
    )
    if kind == "adam":
        # With the usual eps of 1e-8 a gradient that is zero but for rounding (the bias before
        # the normalisation) would be divided by itself: both then walk at random.
        optimizers = (
            nn.Adam(ours.parameters(), 0.01, eps=1e-3),
            torch.optim.Adam(theirs.parameters(), 0.01, eps=1e-3),
        )
    compare_training(ours, theirs, *optimizers, batches(25))
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "step  loss     parameters"
    assert [row.split()[0] for row in rows[1:]] == ["1", "2", "5", "10", "20", "25"]
    assert rows[-1] == "25    < 1e-12  < 1e-12"


def test_training_with_another_loss_and_float32() -> None:
    ours, theirs = pair("float32")
    copy_weights(ours, theirs)
    targets = ((x, np.eye(3, dtype="float32")[y]) for x, y in batches(5, "float32"))
    compare_training(
        ours, theirs, nn.SGD(ours.parameters(), 0.1), torch.optim.SGD(theirs.parameters(), 0.1),
        targets, losses=(nn.MSELoss(), torch.nn.functional.mse_loss),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("rate", "after step 1 they differ in"),
        ("weight", r"after step 1 they differ in \d\.\w+ by"),
        ("statistics", r"after step 1 they differ in 1\.running_var by"),
    ],
)
def test_a_difference_in_training_is_found(change: str, words: str) -> None:
    ours, theirs = pair()
    copy_weights(ours, theirs)
    rate = 0.1
    if change == "rate":
        rate = 0.1001
    elif change == "weight":
        theirs.state_dict()["0.weight"][0, 0, 1, 2] += 1e-6
    else:
        theirs.state_dict()["1.running_var"][1] += 1e-3
    with pytest.raises(AssertionError, match=f"compare_training: {words}"):
        compare_training(
            ours, theirs, nn.SGD(ours.parameters(), 0.1),
            torch.optim.SGD(theirs.parameters(), rate), batches(3),
        )  # fmt: skip


def test_training_refusals() -> None:
    ours, theirs = pair()
    optimizers = nn.SGD(ours.parameters()), torch.optim.SGD(theirs.parameters())
    with pytest.raises(ValueError, match="compare_training: batches is empty"):
        compare_training(ours, theirs, *optimizers, [])
    other = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(16, 3)).double()
    with pytest.raises(ValueError, match="name their weights differently"):
        compare_training(
            ours, other, optimizers[0], torch.optim.SGD(other.parameters()), batches(1)
        )
