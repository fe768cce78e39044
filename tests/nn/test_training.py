"""The loop and the checkpoint: seeded, counted, resumable."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils import nn

RNG = np.random.default_rng


def task(n: int = 96) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Which of three places is brightest: learnt in a few epochs."""
    rng = RNG(0)
    x = rng.normal(size=(n, 1, 4, 4)).astype(np.float32)
    return x, x[:, 0, 0, :3].argmax(axis=1)


def net(seed: int = 1, dropout: float = 0.0) -> nn.Sequential:
    rng = RNG(seed)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, rng=rng),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(dropout, rng=rng),
        nn.Linear(64, 3, rng=rng),
    )


# ---------------------------------------------------------------- batches


def test_every_index_once() -> None:
    batches = list(nn.minibatches(10, 4, RNG(0)))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    order = np.concatenate(batches)
    assert sorted(order) == list(range(10))
    assert order.tolist() != list(range(10))


def test_order_is_the_generators() -> None:
    one = np.concatenate(list(nn.minibatches(50, 8, RNG(3))))
    two = np.concatenate(list(nn.minibatches(50, 8, RNG(3))))
    other = np.concatenate(list(nn.minibatches(50, 8, RNG(4))))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, other)


def test_drop_last_and_refusal() -> None:
    assert [len(b) for b in nn.minibatches(10, 4, None, drop_last=True)] == [4, 4]
    assert [len(b) for b in nn.minibatches(8, 4, None, drop_last=True)] == [4, 4]
    assert list(nn.minibatches(0, 4, None)) == []
    with pytest.raises(ValueError, match="minibatches: batch_size is 0"):
        list(nn.minibatches(3, 0, None))


# ---------------------------------------------------------------- the loop


def train(model: nn.Module, rng: np.random.Generator, epochs: int = 8, **options: Any) -> Any:
    x, y = task()
    optimizer = options.pop("optimizer", None) or nn.SGD(model.parameters(), 0.1, momentum=0.9)
    return nn.fit(
        model, optimizer, x, y, epochs=epochs, batch_size=32, rng=rng, progress=False, **options
    )


def test_it_learns() -> None:
    model = net()
    x, y = task()
    before = nn.evaluate(model, x, y)[1]
    history = train(model, RNG(2), test=(x, y))
    assert before < 0.6
    assert history.test_accuracy[-1] > 0.95
    assert history.train_loss[-1] < 0.5 * history.train_loss[0]
    assert len(history.train_loss) == len(history.test_loss) == len(history.lr) == 8
    assert not model.training


def test_same_seed_same_training() -> None:
    one, two, other = net(dropout=0.3), net(dropout=0.3), net(dropout=0.3)
    train(one, RNG(2), epochs=2)
    train(two, RNG(2), epochs=2)
    train(other, RNG(3), epochs=2)
    for name, value in one.state_dict().items():
        np.testing.assert_array_equal(value, two.state_dict()[name])
    assert not np.array_equal(one.state_dict()["0.weight"], other.state_dict()["0.weight"])


def test_loss_is_the_mean_over_examples() -> None:
    # With a rate of zero and no normalisation nothing moves, so the mean is that of one pass;
    # 96 is no multiple of 36, so a mean over batches would weigh the last batch too much.
    model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3, rng=RNG(0)))
    x, y = task()
    optimizer = nn.SGD(model.parameters(), lr=0.0)
    history = nn.fit(
        model, optimizer, x, y, epochs=1, batch_size=36, rng=RNG(0), progress=False
    )  # fmt: skip
    assert history.train_loss[0] == pytest.approx(nn.evaluate(model, x, y)[0], rel=1e-6)


def test_gradients_do_not_pile_up() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3, rng=RNG(0))).double()
    x, y = task()
    x = x.astype(np.float64)
    optimizer = nn.SGD(model.parameters(), lr=0.0)
    loss = nn.CrossEntropyLoss()
    nn.train_step(model, loss, optimizer, x, y)
    once = model.parameters()[0].grad
    nn.train_step(model, loss, optimizer, x, y)
    np.testing.assert_array_equal(model.parameters()[0].grad, once)


def test_test_examples_are_not_learnt_from() -> None:
    x, y = task()
    one, two = net(), net()
    train(one, RNG(2), epochs=2)
    train(two, RNG(2), epochs=2, test=(x[:7] + 100, y[:7]))
    for name, value in one.state_dict().items():
        np.testing.assert_array_equal(value, two.state_dict()[name])


def test_schedule_steps_once_an_epoch() -> None:
    model = net()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    schedule = nn.StepLR(optimizer, step_size=2, gamma=0.5)
    history = train(model, RNG(0), epochs=5, optimizer=optimizer, schedule=schedule)
    assert history.lr == [0.1, 0.1, 0.05, 0.05, 0.025]


def test_after_epoch_may_stop() -> None:
    seen: list[tuple[int, int]] = []

    def after(epoch: int, history: nn.History) -> bool:
        seen.append((epoch, len(history.train_loss)))
        return epoch == 3

    history = train(net(), RNG(0), epochs=9, after_epoch=after)
    assert seen == [(1, 1), (2, 2), (3, 3)]
    assert len(history.train_loss) == 3


def test_augment_gets_batches_and_the_generator() -> None:
    sizes: list[int] = []

    def augment(x: Any, rng: np.random.Generator) -> Any:
        sizes.append(len(x))
        return x + rng.normal(0, 1e-3, x.shape).astype(x.dtype)

    train(net(), RNG(0), epochs=1, augment=augment)
    assert sizes == [32, 32, 32]


def test_divergence_is_said() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3, rng=RNG(0)))
    x, y = task()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    x[50] = np.nan
    with pytest.raises(FloatingPointError, match=r"fit: the loss is nan in epoch 1, batch \d"):
        nn.fit(model, optimizer, x, y, epochs=1, batch_size=32, rng=RNG(0), progress=False)


def test_fit_refusals() -> None:
    model = net()
    optimizer = nn.SGD(model.parameters())
    x, y = task()
    for a, b in ((x, y[:-1]), (x[:0], y[:0])):
        with pytest.raises(ValueError, match=r"fit: \d+ examples and \d+ classes"):
            nn.fit(model, optimizer, a, b, epochs=1, batch_size=4, rng=RNG(0), progress=False)


def test_the_bar_is_shown_and_hidden(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    x, y = task()
    for progress in (True, False):
        model = net()
        nn.fit(model, nn.SGD(model.parameters()), x, y, epochs=1, batch_size=32, rng=RNG(0),
               progress=progress)  # fmt: skip
        captured = capsys.readouterr()
        assert ("training" in captured.err) == progress
        assert captured.out == ""


def test_predict_is_batched_and_puts_the_mode_back() -> None:
    model = net(dropout=0.5)
    x, _ = task()
    model.train()
    next(iter(model)).eval()  # one layer frozen by hand stays so
    modes = [module.training for module in model.modules()]
    small, large = nn.predict(model, x, batch_size=7), nn.predict(model, x, batch_size=500)
    np.testing.assert_allclose(small, large, atol=1e-6)
    assert [module.training for module in model.modules()] == modes
    assert small.shape == (96, 3)
    with pytest.raises(RuntimeError, match="backward needs a forward"):  # nothing was kept
        model.backward(np.ones((5, 3), np.float32))


def test_evaluate_by_hand() -> None:
    x = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 0.0]])
    loss, accuracy = nn.evaluate(nn.Flatten(), x, np.array([0, 1, 1, 0]))
    right, wrong = -np.log(np.exp(2) / (np.exp(2) + 1)), -np.log(1 / (np.exp(2) + 1))
    assert loss == pytest.approx((3 * right + wrong) / 4)
    assert accuracy == 3 / 4


# ---------------------------------------------------------------- checkpoints


@pytest.mark.parametrize("kind", ["sgd", "adam"])
def test_a_training_goes_on_as_if_nothing_had_happened(tmp_path: Path, kind: str) -> None:
    def build() -> tuple[Any, Any, Any, Any]:
        rng = RNG(5)
        model = nn.Sequential(
            nn.Conv2d(1, 4, 3, rng=rng), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(),
            nn.Dropout(0.2, rng=rng), nn.Linear(16, 3, rng=rng),
        )  # fmt: skip
        optimizer: nn.Optimizer = (
            nn.SGD(model.parameters(), 0.1, momentum=0.9)
            if kind == "sgd"
            else nn.Adam(model.parameters(), 0.01)
        )
        return model, optimizer, nn.CosineAnnealingLR(optimizer, 6), rng

    def go(model: Any, optimizer: Any, schedule: Any, rng: Any, epochs: int) -> None:
        train(model, rng, epochs, optimizer=optimizer, schedule=schedule)

    whole = build()
    go(*whole, epochs=5)
    half = build()
    go(*half, epochs=2)
    path = tmp_path / "half.npz"
    nn.save_checkpoint(path, *half, notes={"epochs": 2})
    resumed = build()
    go(*resumed, epochs=1)  # somewhere else altogether
    assert nn.load_checkpoint(path, *resumed) == {"epochs": 2}
    go(*resumed, epochs=3)
    for name, value in whole[0].state_dict().items():
        np.testing.assert_array_equal(value, resumed[0].state_dict()[name])
    assert whole[1].lr == resumed[1].lr


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.MT19937, np.random.Philox])
def test_every_generator_can_be_saved(tmp_path: Path, bits: Any) -> None:
    rng = np.random.Generator(bits(3))
    rng.normal(size=7)
    model = nn.Linear(2, 2, rng=rng)
    nn.save_checkpoint(tmp_path / "a", model, rng=rng)
    expected = rng.random(5)
    other = np.random.Generator(bits(9))
    nn.load_checkpoint(tmp_path / "a", model, rng=other)
    np.testing.assert_array_equal(other.random(5), expected)


def test_an_interrupted_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.npz"
    first, second = net(1), net(2)
    nn.save_checkpoint(path, first)

    def stop(file: Any, **arrays: Any) -> None:
        file.write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", stop)
    with pytest.raises(KeyboardInterrupt):
        nn.save_checkpoint(path, second)
    monkeypatch.undo()
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]
    nn.load_checkpoint(path, second)
    np.testing.assert_array_equal(first.state_dict()["0.weight"], second.state_dict()["0.weight"])


def test_a_damaged_file_is_said_and_changes_nothing(tmp_path: Path) -> None:
    model = net()
    path = tmp_path / "net.npz"
    nn.save_checkpoint(path, net(9))
    whole = path.read_bytes()
    before = model.state_dict()
    # Cut short; not a zip at all; one byte of a weight turned, which the checksum in zip notes.
    turned = bytearray(whole)
    turned[len(whole) // 3] ^= 0xFF
    for content in (whole[: len(whole) // 2], b"", b"weights", bytes(turned)):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"load_checkpoint: net\.npz is damaged or no check"):
            nn.load_checkpoint(path, model)
    for name, value in model.state_dict().items():
        np.testing.assert_array_equal(value, before[name])


def test_other_files_and_lacking_parts_are_said(tmp_path: Path) -> None:
    model = net()
    optimizer = nn.SGD(model.parameters())
    np.savez(tmp_path / "other.npz", x=np.zeros(2))
    with pytest.raises(ValueError, match=r"other\.npz is no checkpoint of this course"):
        nn.load_checkpoint(tmp_path / "other.npz", model)
    nn.save_checkpoint(tmp_path / "bare", model)
    with pytest.raises(ValueError, match="bare was saved without rng and optimizer"):
        nn.load_checkpoint(tmp_path / "bare", model, optimizer, rng=RNG(0))
    with pytest.raises(KeyError, match="missing"):
        nn.load_checkpoint(tmp_path / "bare", nn.Linear(2, 3, rng=None))
    with pytest.raises(TypeError, match="notes hold a set"):
        nn.save_checkpoint(tmp_path / "bad", model, notes={"a": {1}})
    assert not (tmp_path / "bad").exists()


def test_nothing_in_the_file_can_run(tmp_path: Path) -> None:
    nn.save_checkpoint(tmp_path / "a.npz", net(), notes={"text": "é"})
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        assert json.loads(str(file["about"]))["notes"] == {"text": "é"}
        assert all(file[name].dtype.kind in "fiU" for name in file.files)
