"""The training loop: seeded and counted."""

from typing import Any

import numpy as np
import pytest
import torch

from course_utils import nn
from tests.nn.small_training import RNG, net, task, train

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


def test_it_learns() -> None:
    model = net()
    x, y = task()
    before = nn.evaluate(model, x, y)[1]
    history = train(model, RNG(2), test=(x, y))
    assert before is not None
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


@pytest.mark.parametrize("n", [3, 64, 65, 96, 97])
@pytest.mark.parametrize("drop_last", [False, True])
def test_batches_are_as_many_as_a_dataloader_has(n: int, drop_last: bool) -> None:
    x, y = task(n)
    examples = torch.utils.data.TensorDataset(torch.from_numpy(y))
    loader = torch.utils.data.DataLoader(examples, batch_size=3, drop_last=drop_last)
    sizes: list[int] = []

    def augment(x: Any, rng: np.random.Generator) -> Any:
        sizes.append(len(x))
        return x

    model = net()
    nn.fit(
        model, nn.SGD(model.parameters()), x, y, epochs=2, batch_size=3, rng=RNG(0),
        augment=augment, drop_last=drop_last, progress=False,
    )  # fmt: skip
    assert sizes == 2 * [len(labels) for (labels,) in loader]


def test_loss_is_the_mean_over_the_examples_that_were_seen() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3, rng=RNG(0))).double()
    x, y = task(50)
    order = RNG(3).permutation(50)[:36]  # two batches of 18; 14 are left out
    history = nn.fit(
        model, nn.SGD(model.parameters(), lr=0.0), x.astype(np.float64), y, epochs=1,
        batch_size=18, rng=RNG(3), drop_last=True, progress=False,
    )  # fmt: skip
    seen = nn.evaluate(model, x[order].astype(np.float64), y[order])[0]
    assert history.train_loss == [pytest.approx(seen, rel=1e-12)]


def test_a_last_batch_of_one_before_a_batch_norm_says_what_to_do() -> None:
    x, y = task(17)

    def build() -> nn.Module:
        layers = (
            nn.Conv2d(1, 3, 3, rng=RNG(0)), nn.AdaptiveAvgPool2d(1), nn.BatchNorm2d(3),
            nn.Flatten(),
        )  # fmt: skip
        return nn.Sequential(*layers)

    def train_in_fours(model: nn.Module, drop_last: bool) -> nn.History:
        return nn.fit(
            model, nn.SGD(model.parameters()), x, y, epochs=1, batch_size=4, rng=RNG(0),
            drop_last=drop_last, progress=False,
        )  # fmt: skip

    with pytest.raises(
        ValueError, match=r"BatchNorm2d: x has shape \(1, 3, 1, 1\).*drop_last=True"
    ):
        train_in_fours(build(), drop_last=False)
    model = build()
    assert np.isfinite(train_in_fours(model, drop_last=True).train_loss[0])
    assert model.state_dict()["2.num_batches_tracked"] == 4


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
    for size, words in ((0, "fit: batch_size is 0"), (97, "fit: 96 examples fill no batch of 97")):
        with pytest.raises(ValueError, match=words):
            nn.fit(model, optimizer, x, y, epochs=1, batch_size=size, rng=RNG(0), drop_last=True)


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
    model[0].eval()  # one layer frozen by hand stays so
    modes = [module.training for module in model.modules()]
    small, large = nn.predict(model, x, batch_size=7), nn.predict(model, x, batch_size=500)
    np.testing.assert_allclose(small, large, atol=1e-6)
    assert [module.training for module in model.modules()] == modes
    assert small.shape == (96, 3)
    with pytest.raises(RuntimeError, match="backward needs a forward"):  # nothing was kept
        model.backward(np.ones((5, 3), np.float32))


def test_a_loss_for_each_example_is_refused() -> None:
    x, y = task()
    model, loss = net(), nn.CrossEntropyLoss(reduction="none")
    with pytest.raises(ValueError, match=r"train_step: the loss has shape \(96,\), expected one"):
        nn.train_step(model, loss, nn.SGD(model.parameters()), x, y)
    with pytest.raises(ValueError, match=r"evaluate: the loss has shape \(96,\), expected one num"):
        nn.evaluate(model, x, y, loss)


def test_evaluate_by_hand() -> None:
    x = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 0.0]])
    loss, accuracy = nn.evaluate(nn.Flatten(), x, np.array([0, 1, 1, 0]))
    right, wrong = -np.log(np.exp(2) / (np.exp(2) + 1)), -np.log(1 / (np.exp(2) + 1))
    assert loss == pytest.approx((3 * right + wrong) / 4)
    assert accuracy == 3 / 4
