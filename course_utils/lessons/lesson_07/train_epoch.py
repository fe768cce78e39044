"""Exercise 7.8: one pass of training."""

import numpy as np

from course_utils.exercises import Case, Exercise


def train_epoch(loss_and_gradients, step, w, v, order, batch_size):
    """One pass through order, a batch at a time: returns lists of the new w, the new v, losses."""
    w, v, losses = list(w), list(v), []  # new lists: those of the caller stay as they are
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]  # the last one may be smaller
        loss, gradients = loss_and_gradients(w, batch)  # at the weights as they are now
        losses.append(loss)
        for k in range(len(w)):
            w[k], v[k] = step(w[k], v[k], gradients[k])
    return w, v, losses


def toy_loss(w, batch):
    """Take half the squared distance of w[0] · w[1] to the mean of the batch as loss."""
    gap = float(np.sum(w[0] * w[1])) - float(np.mean(batch))
    return gap**2 / 2, [gap * w[1], gap * w[0]]


def half_step(w, v, g):
    """Move by half the new v, which keeps half of the old."""
    v = 0.5 * v + g
    return w - 0.5 * v, v


def plain_step(w, v, g):
    """Move by the gradient, and count the steps in v."""
    return w - g, v + 1


EXERCISE = Exercise(
    id="07.train_epoch",
    title="The loop that learns",
    minutes=12,
    difficulty=3,
    reference=train_epoch,
    cases=[
        Case(
            toy_loss,
            plain_step,
            [np.array([2.0]), np.array([1.0])],
            [np.array([0.0]), np.array([0.0])],
            np.array([1]),
            1,
            note="one batch, (1): toy_loss gives (2·1 − 1)²/2 = 0.5 with gradients 1 and 2, and "
            "plain_step subtracts them: w = 1 and −1, v = 1 and 1",
        ),
        Case(
            toy_loss,
            plain_step,
            [np.array([1.0]), np.array([1.0])],
            [np.array([0.0]), np.array([0.0])],
            np.array([0, 3]),
            1,
            note="batch (0): loss 0.5, gradients 1 and 1, so w becomes 0 and 0; batch (3): loss "
            "(0 − 3)²/2 = 4.5, gradients 0 and 0; v counts two steps",
        ),
        Case(
            toy_loss,
            half_step,
            [np.array([1.0]), np.array([2.0])],
            [np.array([0.5]), np.array([0.0])],
            np.array([3, 1, 4]),
            2,
            note="two batches: (3, 1), and (4), which is smaller",
        ),
        Case(
            toy_loss,
            half_step,
            [np.array([0.6, 0.2, -0.4]), np.array([1.0, 0.8, 0.3])],
            [np.array([0.1, 0.0, 0.2]), np.array([0.3, -0.1, 0.0])],
            np.array([4, 0, 2, 5, 1, 3, 6]),
            3,
        ),
        Case(
            toy_loss,
            plain_step,
            [np.array([[0.3, 0.1], [0.2, 0.4]]), np.array([[0.5, 0.1], [0.2, 0.3]])],
            [np.zeros((2, 2)), np.zeros((2, 2))],
            np.array([2, 0, 1, 3]),
            2,
        ),
    ],
    hints=[
        "for start in range(0, len(order), batch_size) gives the places where batches begin; "
        "order[start : start + batch_size] is one of them, the last perhaps smaller.",
        "In each round: loss_and_gradients(w, batch) gives the loss and a list of gradients; note "
        "the loss; then let `step` move every w[k].",
        "Begin with w, v = list(w), list(v), new lists with the same arrays, and in each round "
        "write w[k], v[k] = step(w[k], v[k], gradients[k]), so that the next round starts there.",
    ],
)


def _loop(loss_and_gradients, step, w, v, batches):
    """Go through batches as the reference does."""
    w, v, losses = list(w), list(v), []
    for batch in batches:
        loss, gradients = loss_and_gradients(w, batch)
        losses.append(loss)
        for k in range(len(w)):
            w[k], v[k] = step(w[k], v[k], gradients[k])
    return w, v, losses


def _batches(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


@EXERCISE.misconception(
    "a last batch that is smaller is left out",
    "range(len(order) // batch_size) counts whole batches only, and the examples that are left "
    "over would not be learnt from. range(0, len(order), batch_size) begins one more.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    whole = len(order) // batch_size * batch_size
    return _loop(loss_and_gradients, step, w, v, _batches(order[:whole], batch_size))


@EXERCISE.misconception(
    "the order is not followed",
    "A batch is a piece of `order`, in which the examples have been shuffled: order[start : start "
    "+ batch_size], not the numbers from start on.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    numbers = np.arange(len(order))
    return _loop(loss_and_gradients, step, w, v, _batches(numbers, batch_size))


@EXERCISE.misconception(
    "every batch is the first one",
    "order[:batch_size] is the same in each round. The next batch begins where the last one ended.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    count = len(_batches(order, batch_size))
    return _loop(loss_and_gradients, step, w, v, [order[:batch_size]] * count)


@EXERCISE.misconception(
    "one batch for all examples",
    "All of `order` at once gives one step. Cut it into batches of batch_size, each with a step "
    "of its own.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    return _loop(loss_and_gradients, step, w, v, [order])


@EXERCISE.misconception(
    "every example is a batch of its own",
    "order[start] is one number. A batch is a piece of the order: order[start : start + "
    "batch_size].",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    return _loop(loss_and_gradients, step, w, v, _batches(order, 1))


@EXERCISE.misconception(
    "each batch gives one example",
    "order[start] is a single number. A batch is a piece of the order: order[start : start + "
    "batch_size].",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    firsts = [batch[:1] for batch in _batches(order, batch_size)]
    return _loop(loss_and_gradients, step, w, v, firsts)


@EXERCISE.misconception(
    "only the first batch is learnt from: the return stands inside the loop",
    "The function returns in the first round of the loop. Indent return as far as the for, so "
    "that it comes after the loop.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    return _loop(loss_and_gradients, step, w, v, [order[:batch_size]])


@EXERCISE.misconception(
    "the gradients are always taken at the first weights",
    "Each step has moved the weights, and the next batch has to be judged at the new ones: hand "
    "loss_and_gradients the w that the last step returned.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    start = list(w)
    return _loop(
        lambda _, batch: loss_and_gradients(start, batch), step, w, v, _batches(order, batch_size)
    )


@EXERCISE.misconception(
    "v begins anew in every batch",
    "v is the memory of momentum: what one step returns, the next one takes. Otherwise nothing is "
    "remembered.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    new = list(v)
    w, losses = list(w), []
    for batch in _batches(order, batch_size):
        loss, gradients = loss_and_gradients(w, batch)
        losses.append(loss)
        for k in range(len(w)):
            w[k], new[k] = step(w[k], v[k], gradients[k])
    return w, new, losses


@EXERCISE.misconception(
    "the new v is not kept",
    "step returns two arrays, the new w[k] and the new v[k]; keep both: w[k], v[k] = step(…).",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    def forgetful(weight, memory, gradient):
        return step(weight, memory, gradient)[0], memory

    return _loop(loss_and_gradients, forgetful, w, v, _batches(order, batch_size))


@EXERCISE.misconception(
    "the weights are not moved",
    "step returns the new w[k] and the new v[k] and changes nothing itself: w[k], v[k] = step(…).",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    losses = [loss_and_gradients(w, batch)[0] for batch in _batches(order, batch_size)]
    return list(w), list(v), losses


@EXERCISE.misconception(
    "only the first array of weights is moved",
    "w is a list of arrays, the weights and biases of all layers, and each of them moves along "
    "its own gradient.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    w, v, losses = list(w), list(v), []
    for batch in _batches(order, batch_size):
        loss, gradients = loss_and_gradients(w, batch)
        losses.append(loss)
        w[0], v[0] = step(w[0], v[0], gradients[0])
    return w, v, losses


@EXERCISE.misconception(
    "gradients are computed anew for every array of weights",
    "With w[0] already moved, the gradient of w[1] is that of another network. Ask for the "
    "gradients once in each batch, and then move all arrays.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    w, v, losses = list(w), list(v), []
    for batch in _batches(order, batch_size):
        losses.append(loss_and_gradients(w, batch)[0])
        for k in range(len(w)):
            w[k], v[k] = step(w[k], v[k], loss_and_gradients(w, batch)[1][k])
    return w, v, losses


@EXERCISE.misconception(
    "the loss is taken after the step",
    "Noted is the loss at the weights with which the batch was met, which loss_and_gradients "
    "returns beside the gradients.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    w, v, losses = list(w), list(v), []
    for batch in _batches(order, batch_size):
        _, gradients = loss_and_gradients(w, batch)
        for k in range(len(w)):
            w[k], v[k] = step(w[k], v[k], gradients[k])
        losses.append(loss_and_gradients(w, batch)[0])
    return w, v, losses


@EXERCISE.misconception(
    "only the last loss is returned",
    "losses is a list with one loss for each batch: begin with an empty one, and append.",
)
def _(*arguments):
    w, v, losses = train_epoch(*arguments)
    return w, v, losses[-1]


@EXERCISE.misconception(
    "the mean of the losses is returned",
    "Asked for is the list of the losses, one for each batch; whoever calls can average.",
)
def _(*arguments):
    w, v, losses = train_epoch(*arguments)
    return w, v, float(np.mean(losses))


@EXERCISE.misconception(
    "the gradients of all batches are added up for one step",
    "That is one step of plain gradient descent. Here each batch has a step of its own, and the "
    "next batch meets the weights as they are then.",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    found = [loss_and_gradients(w, batch) for batch in _batches(order, batch_size)]
    sums = [sum(parts) for parts in zip(*(gradients for _, gradients in found), strict=True)]
    pairs = [step(*triple) for triple in zip(w, v, sums, strict=True)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs], [loss for loss, _ in found]


@EXERCISE.misconception(
    "whole lists are handed to step",
    "step moves one array, and w, v and the gradients are lists of arrays: let k run over them, "
    "w[k], v[k] = step(w[k], v[k], gradients[k]).",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    losses = []
    for batch in _batches(order, batch_size):
        loss, gradients = loss_and_gradients(w, batch)
        losses.append(loss)
        w, v = step(w, v, gradients)
    return w, v, losses


@EXERCISE.misconception(
    "every batch ends at the same place",
    "order[start : batch_size] is empty from the second batch on. A batch ends batch_size after "
    "it began: order[start : start + batch_size].",
)
def _(loss_and_gradients, step, w, v, order, batch_size):
    starts = range(0, len(order), batch_size)
    return _loop(loss_and_gradients, step, w, v, [order[start:batch_size] for start in starts])


@EXERCISE.misconception("v is returned before w", "First the new w, then the new v, then losses.")
def _(*arguments):
    w, v, losses = train_epoch(*arguments)
    return v, w, losses


@EXERCISE.misconception(
    "v is not returned",
    "The next pass goes on with the memory of this one: return w, v and the losses.",
)
def _(*arguments):
    w, _, losses = train_epoch(*arguments)
    return w, losses


@EXERCISE.misconception(
    "only the losses are returned",
    "The new weights are what was learnt. They are returned, since the caller's stay as they "
    "were: w, v, losses.",
)
def _(*arguments):
    return train_epoch(*arguments)[2]
