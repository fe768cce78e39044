"""Exercise 2.2: a kernel in as few column-row pairs as an allowance permits."""

import numpy as np

from course_utils.exercises import Case, Exercise, rounded_normals


def compress_kernel(w, missed):
    """Sum of the fewest column-row pairs that misses at most the share `missed` of w (kH, kW)."""
    U, s, Vt = np.linalg.svd(w)  # w = Σ_r s[r] · outer(U[:, r], Vt[r]), largest s first
    pairs = 1
    while np.sum(s[pairs:] ** 2) > missed * np.sum(s**2):  # these pairs still miss too much
        pairs += 1
    return (U[:, :pairs] * s[:pairs]) @ Vt[:pairs]


EXERCISE = Exercise(
    id="02.compress_kernel",
    title="As few pairs as it takes",
    minutes=12,
    difficulty=3,
    reference=compress_kernel,
    cases=[
        Case(
            np.array([[1.0, 2.0], [3.0, 6.0]]),
            0.1,
            note="the column 1, 3 times the row 1, 2: one pair misses nothing",
        ),
        Case(
            np.array([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            0.2,
            note="two pairs, of size 3 and 1: keeping the 3 alone misses 1² of 3² + 1², 0.1",
        ),
        Case(
            np.array([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            0.05,
            note="the 3 alone misses 1 / (9 + 1) = 0.1, more than 0.05: both pairs are needed",
        ),
        Case(
            np.array([[0.0, 4.0, 0.0, 0.0], [5.0, 0.0, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0]]),
            0.2,
            note="sizes 5, 4, 3, squares 25 + 16 + 9 = 50: two pairs miss 9/50 = 0.18, one 0.5",
        ),
        Case(
            np.array([[0.0, 0.0, 1.0], [0.0, 2.0, 0.0], [3.0, 0.0, 0.0]]),
            0.3,
            note="sizes 3, 2, 1, squares 9 + 4 + 1 = 14: one pair misses 5/14 = 0.36, two 1/14",
        ),
        Case(
            np.diag([2.0, 1.9, 1.8, 1.7]),
            0.5,
            note="squares 4, 3.61, 3.24, 2.89, together 13.74: two pairs miss 6.13, less than half",
        ),
        Case(
            np.diag([10.0, 1.0, 0.9, 0.8]),
            0.012,
            note="squares 100, 1, 0.81, 0.64, together 102.45: two pairs miss 1.45, too much; "
            "three miss 0.64, less than 0.012 times 102.45",
        ),
        Case(np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]), 0.0),
        # so weak that an absolute tolerance would let everything but the first pair go
        Case(rounded_normals(26, (4, 3))[0] / 1e7, 0.02),
        Case(rounded_normals(21, (3, 3))[0] / 4, 0.1),
        Case(rounded_normals(22, (2, 5))[0] * 3, 0.3),
        Case(rounded_normals(23, (6, 4))[0], 0.15),
        Case(rounded_normals(24, (5, 7))[0], 0.03),
        Case(rounded_normals(25, (5, 5))[0], 0.4),
    ],
    hints=[
        (
            "Pairs are worth keeping in the order in which the decomposition gives them. How much "
            "of w is missing once the first of them are added up? By (2.13) you need not build "
            "the sum to know."
        ),
        (
            "What the first r pairs miss is s[r]² + s[r + 1]² + …, and w has the squares of all s "
            "in it. Try r = 1, 2, … until the one is at most `missed` times the other."
        ),
        (
            "U, s, Vt = np.linalg.svd(w). The first r pairs add up to "
            "(U[:, :r] * s[:r]) @ Vt[:r], or to a loop over s[q] * np.outer(U[:, q], Vt[q])."
        ),
    ],
)


def _first(w, pairs):
    """Add the first pairs up."""
    U, s, Vt = np.linalg.svd(w)
    return (U[:, :pairs] * s[:pairs]) @ Vt[:pairs]


def _pairs_needed(s, missed):
    """Count the pairs as the model solution does."""
    squares = np.sum(s**2)
    return next(r for r in range(1, len(s) + 1) if np.sum(s[r:] ** 2) <= missed * squares)


def _counting(rule):
    """Keep another number of pairs, from the singular values and the share that may be missed."""

    def compressed(w, missed):
        return _first(w, rule(np.linalg.svd(w, compute_uv=False), missed))

    return compressed


def _until(fits):
    """Keep the fewest pairs for which a wrong condition holds."""
    return _counting(
        lambda s, missed: next((r for r in range(1, len(s) + 1) if fits(s, r, missed)), len(s))
    )


EXERCISE.misconception(
    "the singular values are added up, not their squares",
    "What is missed is measured in squares, and by (2.13) those of w are the squares of the "
    "singular values. Sum s[r:]², and compare it with the sum of all s².",
)(_until(lambda s, r, missed: np.sum(s[r:]) <= missed * np.sum(s)))

EXERCISE.misconception(
    "the share is taken of the lengths, not of their squares",
    "The square root of what is missed is a share of the length of w. The allowance speaks of "
    "the squares: leave the root (np.linalg.norm) out on both sides.",
)(_until(lambda s, r, missed: np.sqrt(np.sum(s[r:] ** 2)) <= missed * np.sqrt(np.sum(s**2))))

EXERCISE.misconception(
    "the allowance is taken for a number, not for a share of w",
    "`missed` is a share: the squares left out may add up to `missed` times all squares of w. A "
    "kernel ten times as strong needs as many pairs.",
)(_until(lambda s, r, missed: np.sum(s[r:] ** 2) <= missed))

EXERCISE.misconception(
    "only the next pair is counted as missed",
    "With the first r pairs kept, all the others are missing, not only pair r: the sum of s[r:]².",
)(_until(lambda s, r, missed: r == len(s) or s[r] ** 2 <= missed * np.sum(s**2)))

EXERCISE.misconception(
    "each pair is compared with the largest",
    "A pair that is small beside the first may still be too much to leave out together with the "
    "others. Compare all that is left out, the sum of s[r:]², with the sum of all s².",
)(_counting(lambda s, missed: int(np.sum(s >= missed * s[0]))))

EXERCISE.misconception(
    "what is kept is compared with what may be missed",
    "The first r pairs hold the share sum(s[:r]²) / sum(s²) of w, and miss the rest. It is the "
    "rest that has to be at most `missed`.",
)(_until(lambda s, r, missed: np.sum(s[:r] ** 2) >= missed * np.sum(s**2)))

EXERCISE.misconception(
    "one pair too few is kept",
    "Counting starts at 0: s[r:] are the singular values after the first r. Where that rest is "
    "small enough, r pairs are kept, so U[:, :r], s[:r] and Vt[:r].",
)(_counting(lambda s, missed: max(_pairs_needed(s, missed) - 1, 0)))

EXERCISE.misconception(
    "one pair too many is kept",
    "A pair more than the allowance asks for. Where the first r leave out little enough, those "
    "r are the answer, so U[:, :r], s[:r] and Vt[:r].",
)(_counting(lambda s, missed: min(_pairs_needed(s, missed) + 1, len(s))))

EXERCISE.misconception(
    "one pair is kept, whatever may be missed",
    "The first pair is the nearest separable kernel. Where it misses more than the share "
    "`missed`, the second has to be added, and so on.",
)(_counting(lambda s, missed: 1))

EXERCISE.misconception(
    "all pairs are kept",
    "Adding all pairs gives w back, and misses nothing. Fewer do, as long as what they miss is "
    "at most the share `missed`.",
)(_counting(lambda s, missed: len(s)))


@EXERCISE.misconception(
    "only the last pair that is needed is returned",
    "The pairs have to be added up: the first, the second, and so on as far as needed.",
)
def _(w, missed):
    U, s, Vt = np.linalg.svd(w)
    last = _pairs_needed(s, missed) - 1
    return s[last] * np.outer(U[:, last], Vt[last])


@EXERCISE.misconception(
    "the smallest pairs are kept instead of the largest",
    "The singular values come sorted, largest first. To miss as little as possible, keep the "
    "first ones (Eckart and Young, 1936).",
)
def _(w, missed):
    U, s, Vt = np.linalg.svd(w)
    last = range(len(s) - _pairs_needed(s, missed), len(s))
    return sum(s[r] * np.outer(U[:, r], Vt[r]) for r in last)


def _assembled(pair):
    """Add up pairs that are wrong one by one, from U, s, Vt and the number of the pair."""

    def compressed(w, missed):
        U, s, Vt = np.linalg.svd(w)
        return sum(pair(U, s, Vt, r) for r in range(_pairs_needed(s, missed)))

    return compressed


EXERCISE.misconception(
    "the singular values are left out",
    "U[:, r] and Vt[r] both have length 1. The size of the pair is s[r], which belongs to the "
    "product as a factor.",
)(_assembled(lambda U, s, Vt, r: np.outer(U[:, r], Vt[r])))

EXERCISE.misconception(
    "the singular values come in twice",
    "s[r] is the size of the whole pair. Multiply the column by it or the row, not both.",
)(_assembled(lambda U, s, Vt, r: s[r] ** 2 * np.outer(U[:, r], Vt[r])))

EXERCISE.misconception(
    "columns of Vt are taken for rows",
    "np.linalg.svd returns V already transposed: the directions are the rows Vt[0], Vt[1], ….",
)(_assembled(lambda U, s, Vt, r: s[r] * np.outer(U[:, r], Vt[:, r])))

EXERCISE.misconception(
    "rows of U are taken for columns",
    "Of U the columns are the directions, U[:, 0], U[:, 1], …; of Vt, which comes transposed, the "
    "rows.",
)(_assembled(lambda U, s, Vt, r: s[r] * np.outer(U[r], Vt[r])))


@EXERCISE.misconception(
    "the result stands transposed",
    "np.outer(column, row): the first argument runs downwards, kH of them, the second to the "
    "right. So U[:, r] comes first and Vt[r] second.",
)
def _(w, missed):
    return compress_kernel(w, missed).T
