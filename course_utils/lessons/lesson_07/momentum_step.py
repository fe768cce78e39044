"""Exercise 7.7: momentum."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def momentum_step(w, v, grad, lr, momentum):
    """Take one step with a new gradient; v is the sum before. Returns the new w and new sum."""
    v = momentum * v + grad  # every older gradient loses the same share once more
    return w - lr * v, v


EXERCISE = Exercise(
    id="07.momentum_step",
    title="A step with memory",
    minutes=7,
    difficulty=2,
    reference=momentum_step,
    cases=[
        Case(
            np.array([1.0]),
            np.array([2.0]),
            np.array([4.0]),
            0.1,
            0.5,
            note="v = 0.5·2 + 4 = 5, w = 1 − 0.1·5 = 0.5",
        ),
        Case(np.array([3.0]), np.array([0.0]), np.array([2.0]), 0.5, 0.9, note="first step: 2, 2"),
        Case(
            np.array([1.0]),
            np.array([1.0]),
            np.array([2.0]),
            0.1,
            0.9,
            note="v = 0.9·1 + 2 = 2.9, w = 1 − 0.1·2.9 = 0.71",
        ),
        Case(
            np.array([2.0, 4.0]),
            np.array([0.0, 2.0]),
            np.array([1, 2]),
            0.5,
            0.25,
            note="v = 1 and 0.25·2 + 2 = 2.5, w = 2 − 0.5·1 = 1.5 and 4 − 0.5·2.5 = 2.75",
        ),
        Case(*rounded_normals(51, (3,), (3,), (3,), scale=2.0), 0.05, 0.9),
        Case(*rounded_normals(52, (2, 2), (2, 2), (2, 2), scale=2.0), 0.3, 0.0),
        Case(*rounded_normals(53, (4,), (4,), (4,), scale=2.0), 1.0, 0.99),
    ],
    hints=[
        "Write v₃ and v₂ out, one below the other. Which terms of v₃ stand in v₂, and with which "
        "factor?",
        "All but g₃, and each is momentum times as large: v₃ = g₃ + momentum · v₂.",
        "v = momentum * v + grad, then w - lr * v with the new v; return both. Make new arrays "
        "rather than changing the old.",
    ],
)


def _step(velocity, move):
    """Make a step from a rule for v (of v, grad, lr, momentum) and one for w (of w, v, grad …)."""

    def step(w, v, grad, lr, momentum):
        new = velocity(v, grad, lr, momentum)
        return move(w, v, new, grad, lr, momentum), new

    return step


def _velocity(v, grad, lr, momentum):
    return momentum * v + grad


EXERCISE.misconception(
    "the step uses the old v", "First v is renewed with the gradient, then w moves along the new v."
)(_step(_velocity, lambda w, v, new, grad, lr, momentum: w - lr * v))


def _move(w, v, new, grad, lr, momentum):
    return w - lr * new


EXERCISE.misconception(
    "the gradient is weighted by 1 − momentum",
    "That is a running average, as in Adam. Here the gradient enters v in full.",
)(_step(lambda v, grad, lr, momentum: momentum * v + (1 - momentum) * grad, _move))

EXERCISE.misconception(
    "the shares of old v and gradient are exchanged",
    "momentum is the share of the old v that is kept, and the gradient enters in full: momentum "
    "* v + grad.",
)(_step(lambda v, grad, lr, momentum: (1 - momentum) * v + momentum * grad, _move))

EXERCISE.misconception(
    "momentum weights the gradient instead of the old v",
    "momentum is the share of the old v that is kept: momentum * v + grad. Without it nothing is "
    "ever forgotten.",
)(_step(lambda v, grad, lr, momentum: v + momentum * grad, _move))

EXERCISE.misconception(
    "momentum weights the gradient too",
    "momentum is the share of the old v that is kept; the gradient enters in full: momentum * v "
    "+ grad.",
)(_step(lambda v, grad, lr, momentum: momentum * (v + grad), _move))

EXERCISE.misconception(
    "the whole old v is kept",
    "Only the share `momentum` of the old v is kept: momentum * v + grad. Otherwise all "
    "gradients since the start would pull alike.",
)(_step(lambda v, grad, lr, momentum: v + grad, _move))

EXERCISE.misconception(
    "the old v is forgotten",
    "That is plain gradient descent. v keeps a share of the old v: momentum * v + grad.",
)(_step(lambda v, grad, lr, momentum: grad, _move))

EXERCISE.misconception(
    "the old sum is added once for every power",
    "v holds all older gradients, each with its own power of momentum already. One more factor "
    "makes all of them a step older: momentum * v + grad.",
)(_step(lambda v, grad, lr, momentum: grad + momentum * v + momentum**2 * v, _move))

EXERCISE.misconception(
    "the new gradient stands for the older ones",
    "The older gradients were others than this one; their sum is in v: momentum * v + grad.",
)(_step(lambda v, grad, lr, momentum: grad + momentum * grad, _move))

EXERCISE.misconception(
    "momentum and learning rate are exchanged",
    "momentum is the share of the old v that is kept; lr is the length of the step.",
)(
    _step(
        lambda v, grad, lr, momentum: lr * v + grad,
        lambda w, v, new, grad, lr, momentum: w - momentum * new,
    )
)

EXERCISE.misconception("uphill", "The gradient points to where the loss grows: subtract.")(
    _step(_velocity, lambda w, v, new, grad, lr, momentum: w + lr * new)
)

EXERCISE.misconception(
    "v has the opposite sign",
    "Subtracting the gradient in v and adding v to w is a rule of its own. In PyTorch's v "
    "gathers gradients, v = momentum * v + grad, and w − lr·v goes downhill.",
)(
    _step(
        lambda v, grad, lr, momentum: momentum * v - grad,
        lambda w, v, new, grad, lr, momentum: w + lr * new,
    )
)

EXERCISE.misconception(
    "the gradient is subtracted in v, and v from w",
    "The two minus signs make w go uphill. v gathers gradients, momentum * v + grad, and only w "
    "− lr·v has a minus.",
)(_step(lambda v, grad, lr, momentum: momentum * v - grad, _move))

EXERCISE.misconception(
    "the learning rate inside v",
    "With a constant rate w moves alike once v began at 0, but v differs, and with a changing "
    "rate w does too. PyTorch multiplies by lr when it moves w.",
)(
    _step(
        lambda v, grad, lr, momentum: momentum * v + lr * grad,
        lambda w, v, new, grad, lr, momentum: w - new,
    )
)

EXERCISE.misconception(
    "the learning rate inside v, with the opposite sign",
    "That is how some libraries write it (v is then the step itself). In PyTorch's v gathers "
    "gradients, v = momentum * v + grad, and lr comes in when w moves.",
)(
    _step(
        lambda v, grad, lr, momentum: momentum * v - lr * grad,
        lambda w, v, new, grad, lr, momentum: w + new,
    )
)

EXERCISE.misconception(
    "the learning rate comes in twice", "lr belongs to the step, w − lr·v, and not into v as well."
)(_step(lambda v, grad, lr, momentum: momentum * v + lr * grad, _move))

EXERCISE.misconception(
    "the learning rate is left out", "v says where to go, lr how far: w − lr·v."
)(_step(_velocity, lambda w, v, new, grad, lr, momentum: w - new))

EXERCISE.misconception(
    "the learning rate reaches the gradient only",
    "lr multiplies all of the new v, the remembered share as well: w − lr·v.",
)(
    _step(
        _velocity,
        lambda w, v, new, grad, lr, momentum: w - lr * grad - momentum * v,
    )
)

EXERCISE.misconception(
    "momentum is remembered but not used", "w has to move along v, not along the gradient alone."
)(_step(_velocity, lambda w, v, new, grad, lr, momentum: w - lr * grad))

EXERCISE.misconception(
    "Nesterov's variant",
    "grad + momentum·v is the look-ahead direction of Nesterov; asked for is plain momentum.",
)(
    _step(
        _velocity,
        lambda w, v, new, grad, lr, momentum: w - lr * (grad + momentum * new),
    )
)


@EXERCISE.misconception(
    "the old v is returned",
    "w is right. The new v is needed by the next step: return it, not the one that came in.",
)
def _(w, v, grad, lr, momentum):
    return momentum_step(w, v, grad, lr, momentum)[0], v


EXERCISE.misconception("the old w is returned", "v is right. Then w moves: w − lr·v.")(
    _step(_velocity, lambda w, v, new, grad, lr, momentum: w)
)

EXERCISE.misconception(
    "the step is returned instead of the new w",
    "lr·v is what is subtracted. Return what is left: w − lr·v.",
)(_step(_velocity, lambda w, v, new, grad, lr, momentum: lr * new))


@EXERCISE.misconception("v is returned before w", "The new w first, then the new v.")
def _(*arguments):
    return momentum_step(*arguments)[::-1]


@EXERCISE.misconception(
    "only w is returned", "The next step needs the new v as well: return w and v."
)
def _(*arguments):
    return momentum_step(*arguments)[0]
