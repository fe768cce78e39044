"""One epoch of LeNet-5 on digits of 32 × 32 beside PyTorch on the same CPU, float32."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from course_utils import data, nn
from course_utils.nn.models import lenet5
from tests import reference_models


@pytest.mark.parametrize("batch_size", [32, 128])
def test_epoch_of_lenet5(pair: Callable[..., None], batch_size: int) -> None:
    digits = data.digits(size=32, dtype=np.float32)
    x, y = digits.x_train, digits.y_train
    tx, ty = torch.from_numpy(x), torch.from_numpy(y)
    batches = [slice(i, i + batch_size) for i in range(0, len(x), batch_size)]
    our_net = lenet5(rng=np.random.default_rng(0))
    our_optimizer = nn.SGD(our_net.parameters(), lr=0.01, momentum=0.9)
    their_net = reference_models.lenet5()
    their_optimizer = torch.optim.SGD(their_net.parameters(), lr=0.01, momentum=0.9)
    loss = nn.CrossEntropyLoss()

    def ours() -> None:
        for b in batches:
            nn.train_step(our_net, loss, our_optimizer, x[b], y[b])

    def theirs() -> None:
        for b in batches:
            their_optimizer.zero_grad()
            torch.autograd.backward(torch.nn.functional.cross_entropy(their_net(tx[b]), ty[b]))
            their_optimizer.step()

    pair("LeNet-5, one epoch", f"batches of {batch_size}", ours, theirs, rounds=7)
