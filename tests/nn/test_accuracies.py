"""An accuracy where there is one, the right one, and none elsewhere."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.small_training import RNG


def drawn(*shape: int) -> tuple[Any, Any]:
    """Logits of a shape (N, C, ...), and a class for each answer, about a third of them right."""
    rng = RNG(7)
    logits = rng.normal(size=shape)
    classes = rng.integers(0, shape[1], (shape[0], *shape[2:]))
    right = rng.random(classes.shape) < 0.3
    return logits, np.where(right, logits.argmax(axis=1), classes)


def by_loops(logits: Any, classes: Any) -> float:
    """Count one answer after another."""
    right = total = 0
    for place in np.ndindex(classes.shape):
        scores = [logits[(place[0], c, *place[1:])] for c in range(logits.shape[1])]
        right += scores.index(max(scores)) == classes[place]
        total += 1
    return right / total


@pytest.mark.parametrize("shape", [(11, 5), (5, 5), (7, 2), (3, 4, 6, 5), (4, 3, 4)])
@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.int32])
def test_classes_for_each_example_or_pixel(shape: tuple[int, ...], dtype: Any) -> None:
    logits, classes = drawn(*shape)
    assert nn.accuracy(logits, classes.astype(dtype)) == pytest.approx(by_loops(logits, classes))


@pytest.mark.parametrize("shape", [(11, 5), (5, 5), (3, 4, 6, 5)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.int64])
def test_one_hot_labels(shape: tuple[int, ...], dtype: Any) -> None:
    logits, classes = drawn(*shape)
    one_hot = np.moveaxis(np.eye(shape[1], dtype=dtype)[classes], -1, 1)
    assert nn.accuracy(logits, one_hot) == pytest.approx(by_loops(logits, classes))


def test_soft_labels() -> None:
    logits, classes = drawn(9, 4)
    soft = 0.8 * np.eye(4)[classes] + 0.05
    assert nn.accuracy(logits, soft) == pytest.approx(by_loops(logits, classes))
    assert nn.accuracy(logits, soft.astype(np.float16)) == nn.accuracy(logits, soft)


def test_an_ignored_class_does_not_count() -> None:
    logits, classes = drawn(3, 4, 6, 5)
    kept = RNG(1).random(classes.shape) < 0.5
    share = (logits.argmax(1) == classes)[kept].mean()
    assert nn.accuracy(logits, np.where(kept, classes, -100)) == pytest.approx(share)
    assert nn.accuracy(logits, np.where(kept, classes, 255), ignore_index=255) == pytest.approx(
        share
    )
    assert nn.accuracy(logits, np.full_like(classes, -100)) is None


N, C = 6, 6  # as many examples as classes: what a comparison by broadcasting would accept


@pytest.mark.parametrize(
    ("outputs", "target"),
    [
        ((N, 1), RNG(0).normal(size=(N, 1))),  # regression
        ((N, 1), np.ones((N, 1))),  # adds up to 1, but there is one class
        ((N, 1), RNG(0).integers(0, 2, (N, 1))),
        ((N, 1), RNG(0).integers(0, 2, N)),  # yes or no from one number: no largest of several
        ((N,), RNG(0).normal(size=N)),
        ((N, C), RNG(0).normal(size=(N, C))),  # several numbers to come close to
        ((N, C), RNG(0).random(size=(N, C))),
        ((N, C), np.eye(C)[::-1] * 2 - 1),
        ((N, C), RNG(0).integers(0, C, (N, 1))),  # a column of classes would broadcast
        ((N, C), RNG(0).integers(0, C, (1, N))),
        ((N, C), RNG(0).normal(size=N)),
        ((N, C), np.zeros(())),
        ((N, C), np.array(["a"] * N)),
        ((N, 1, 5, 5), RNG(0).random((N, 1, 5, 5))),  # pictures
        ((N, 3, 5, 5), RNG(0).random((N, 3, 5, 5))),
        ((N, 3, 5, 5), RNG(0).integers(0, 256, (N, 3, 5, 5)).astype(np.uint8)),
        ((N, 5, 5, 5), RNG(0).integers(0, 5, (N, 1, 5, 5))),
        ((0, C), np.zeros(0, np.int64)),
    ],
)
def test_no_accuracy_for_anything_else(outputs: tuple[int, ...], target: Any) -> None:
    assert nn.accuracy(RNG(3).normal(size=outputs), target) is None


# ---------------------------------------------------------------- evaluate and fit agree


def trained(
    outputs: int, y: Any, loss: nn.CrossEntropyLoss | nn.MSELoss, capsys: Any
) -> tuple[Any, Any, str]:
    """What fit says of the accuracy, what evaluate says, and the last text of the bar."""
    x = RNG(2).normal(size=(len(y), 5)).astype(np.float32)
    model = nn.Sequential(nn.Linear(5, outputs, rng=RNG(1)))
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    history = nn.fit(
        model, optimizer, x, y, epochs=2, batch_size=4, rng=RNG(0), loss=loss, test=(x, y)
    )
    said = capsys.readouterr().err
    value, share = nn.evaluate(model, x, y, loss)
    assert history.test_loss[-1] == value
    assert len(history.test_accuracy) == 2
    return history.test_accuracy[-1], share, said


CLASSES = RNG(5).integers(0, 3, 13)


@pytest.mark.parametrize(
    ("outputs", "y", "loss", "some"),
    [
        (3, CLASSES, nn.CrossEntropyLoss(), True),
        (3, np.eye(3, dtype=np.float32)[CLASSES], nn.CrossEntropyLoss(), True),
        (3, np.eye(3, dtype=np.float32)[CLASSES], nn.MSELoss(), True),
        (1, RNG(4).normal(size=(13, 1)).astype(np.float32), nn.MSELoss(), False),
        (3, RNG(4).normal(size=(13, 3)).astype(np.float32), nn.MSELoss(), False),
    ],
)
def test_history_bar_and_evaluate_agree(
    outputs: int,
    y: Any,
    loss: Any,
    some: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    in_history, evaluated, bar = trained(outputs, y, loss, capsys)
    assert in_history == evaluated
    assert (evaluated is not None) == some
    if evaluated is not None:
        assert f"accuracy={evaluated:.1%}" in bar
        assert evaluated * 13 == pytest.approx(round(evaluated * 13))
    else:
        assert "accuracy" not in bar
        assert "loss=" in bar


def test_an_ignored_class_of_the_loss_is_left_out() -> None:
    logits, classes = drawn(40, 4)
    classes[::2] = 3
    share = nn.evaluate(nn.Flatten(), logits, classes, nn.CrossEntropyLoss(ignore_index=3))[1]
    assert share == pytest.approx((logits.argmax(1) == classes)[classes != 3].mean())


def test_a_segmentation() -> None:
    logits, classes = drawn(3, 4, 6, 5)
    loss, share = nn.evaluate(nn.Identity(), logits, classes)
    theirs = torch.from_numpy(logits)
    right = theirs.argmax(1) == torch.from_numpy(classes)
    assert share == pytest.approx(right.double().mean().item())
    expected = torch.nn.functional.cross_entropy(theirs, torch.from_numpy(classes))
    assert loss == pytest.approx(expected.item())


@pytest.mark.parametrize(
    ("target", "loss"),
    [
        (RNG(0).random((6, 1, 5, 5)), nn.CrossEntropyLoss()),  # pictures are no classes
        (RNG(0).integers(0, 6, (6, 1)), nn.CrossEntropyLoss()),
        (RNG(0).normal(size=6), nn.MSELoss()),
        (RNG(0).integers(0, 6, 6), nn.MSELoss()),
    ],
)
def test_what_a_loss_cannot_compare_is_refused(target: Any, loss: Any) -> None:
    with pytest.raises(ValueError, match=r"(cross_entropy|mse_loss): target is"):
        nn.evaluate(nn.Identity(), RNG(3).normal(size=(6, 6)), target, loss)
