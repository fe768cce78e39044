"""Answers to exercise 7.8, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LOOP = """
w = list(w)
v = list(v)
losses = []
for start in range(0, len(order), batch_size):
    batch = order[start : start + batch_size]
    loss, gradients = loss_and_gradients(w, batch)
    losses.append(loss)
    for k in range(len(w)):
        w[k], v[k] = step(w[k], v[k], gradients[k])
return w, v, losses
"""

RIGHT: list[str] = [
    LOOP,
    but(LOOP, "return w, v, losses", "return [w, v, losses]"),
    but(LOOP, "list(w)", "w.copy()", "list(v)", "[array.copy() for array in v]"),
    """
    losses = []
    while len(order):
        loss, gradients = loss_and_gradients(w, order[:batch_size])
        pairs = [step(a, b, g) for a, b, g in zip(w, v, gradients)]
        w, v = [a for a, b in pairs], [b for a, b in pairs]
        losses.append(loss)
        order = order[batch_size:]
    return w, v, losses
    """,
    """
    losses = []
    for batch in np.split(order, range(batch_size, len(order), batch_size)):
        loss, gradients = loss_and_gradients(w, batch)
        losses = losses + [loss]
        w, v = zip(*map(step, w, v, gradients))
    return list(w), list(v), losses
    """,
    """
    count = -(-len(order) // batch_size)
    losses = [0.0] * count
    w, v = [*w], [*v]
    for i in range(count):
        losses[i], grads = loss_and_gradients(w, order[i * batch_size : (i + 1) * batch_size])
        for k, grad in enumerate(grads):
            w[k], v[k] = step(w[k], v[k], grad)
    return w, v, losses
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (
        but(LOOP, "len(order), batch", "len(order) - batch_size + 1, batch"),
        "a last batch that is smaller is left out",
    ),
    (
        but(
            LOOP,
            "order[start : start + batch_size]",
            "np.arange(len(order))[start : start + batch_size]",
        ),
        "the order is not followed",
    ),
    (
        but(
            LOOP,
            "order[start : start + batch_size]",
            "range(start, min(start + batch_size, len(order)))",
        ),
        "the order is not followed",
    ),
    (
        but(LOOP, "order[start : start + batch_size]", "order[:batch_size]"),
        "every batch is the first one",
    ),
    (
        but(LOOP, "order[start : start + batch_size]", "order", ", batch_size)", ", len(order))"),
        "one batch for all examples",
    ),
    (
        but(
            LOOP,
            "for start in range(0, len(order), batch_size):",
            "for batch in order:",
            "    batch = order[start : start + batch_size]\n",
            "",
        ),
        "every example is a batch of its own",
    ),
    (
        but(LOOP, "order[start : start + batch_size]", "order[start]"),
        "each batch gives one example",
    ),
    (
        but(LOOP, "return w", "    return w"),
        "only the first batch is learnt from: the return stands inside the loop",
    ),
    (
        but(
            LOOP,
            "w = list(w)",
            "w_0 = w\nw = list(w)",
            "gradients(w, batch)",
            "gradients(w_0, batch)",
        ),
        "the gradients are always taken at the first weights",
    ),
    (
        but(LOOP, "v = list(v)", "v_0 = v\nv = list(v)", "step(w[k], v[k]", "step(w[k], v_0[k]"),
        "v begins anew in every batch",
    ),
    (but(LOOP, "w[k], v[k] = step", "w[k], _ = step"), "the new v is not kept"),
    (but(LOOP, "w[k], v[k] = step", "step"), "the weights are not moved"),
    (
        but(LOOP, "for k in range(len(w)):", "for k in range(1):"),
        "only the first array of weights is moved",
    ),
    (
        but(LOOP, "gradients[k])", "loss_and_gradients(w, batch)[1][k])"),
        "gradients are computed anew for every array of weights",
    ),
    (
        but(
            LOOP,
            "    losses.append(loss)\n",
            "",
            "gradients[k])\n",
            "gradients[k])\n    losses.append(loss_and_gradients(w, batch)[0])\n",
        ),
        "the loss is taken after the step",
    ),
    (but(LOOP, "return w, v, losses", "return w, v, loss"), "only the last loss is returned"),
    (
        but(LOOP, "return w, v, losses", "return w, v, np.mean(losses)"),
        "the mean of the losses is returned",
    ),
    (
        """
        w, v, losses, total = list(w), list(v), [], [0.0] * len(w)
        for start in range(0, len(order), batch_size):
            loss, gradients = loss_and_gradients(w, order[start : start + batch_size])
            losses.append(loss)
            total = [a + b for a, b in zip(total, gradients)]
        for k in range(len(w)):
            w[k], v[k] = step(w[k], v[k], total[k])
        return w, v, losses
        """,
        "the gradients of all batches are added up for one step",
    ),
    (
        but(
            LOOP,
            "    for k in range(len(w)):\n        w[k], v[k] = step(w[k], v[k], gradients[k])",
            "    w, v = step(w, v, gradients)",
        ),
        "whole lists are handed to step",
    ),
    (but(LOOP, "start + batch_size]", "batch_size]"), "every batch ends at the same place"),
    (but(LOOP, "return w, v", "return v, w"), "v is returned before w"),
    (but(LOOP, "return w, v, losses", "return w, losses"), "v is not returned"),
    (but(LOOP, "return w, v, losses", "return losses"), "only the losses are returned"),
    (but(LOOP, "w = list(w)\n", ""), None),
    (but(LOOP, "v = list(v)\n", ""), None),
    (but(LOOP, "losses.append(loss)", "losses = [loss]"), None),
    (but(LOOP, "return w, v, losses", "print(losses)"), None),
    (but(LOOP, "w[k], v[k] = step", "v[k], w[k] = step"), None),
    (but(LOOP, "start + batch_size]", "start + batch_size - 1]"), None),
    (but(LOOP, "range(0, len", "range(1, len"), None),
    (but(LOOP, "loss, gradients =", "gradients, loss ="), None),
    (but(LOOP, "step(w[k], v[k], gradients[k])", "w[k] - gradients[k], v[k]"), None),
    (
        but(
            LOOP,
            "w[k], v[k] = step(w[k], v[k], gradients[k])",
            "w[k] = step(w[k], v[k], gradients[k])",
        ),
        None,
    ),
    (
        but(
            LOOP,
            "range(len(w))",
            "range(len(w) - 1, -1, -1)",
            "order[start",
            "np.sort(order)[start",
        ),
        None,
    ),
]
