"""Answers to exercise 4.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

COST = """
weights = K * (C // groups) * F * F
M_H = (H + 2 * P - F) // S + 1
M_W = (W + 2 * P - F) // S + 1
return weights + K, weights * M_H * M_W
"""

PLACES = "H + 2 * P - F) // S + 1\nM_W = (W + 2 * P - F) // S + 1"

RIGHT: list[str] = [
    COST,
    but(COST, "K * (C // groups) * F * F", "K * C * F**2 // groups"),
    but(COST, "weights + K, weights * M_H * M_W", "[weights + K, weights * M_H * M_W]"),
    but(COST, "C // groups", "int(C / groups)"),
    but(
        COST,
        "return weights + K, weights * M_H * M_W",
        "return np.array([weights + K, weights * M_H * M_W])",
    ),
    """
    from course_utils.ops import output_size
    per_filter = C // groups * F * F
    places = output_size(H, F, S, P) * output_size(W, F, S, P)
    return K * (per_filter + 1), K * per_filter * places
    """,
    """
    rows = len(range(0, H + 2 * P - F + 1, S))
    columns = len(range(0, W + 2 * P - F + 1, S))
    w = np.zeros((K, C // groups, F, F))
    return w.size + K, w.size * rows * columns
    """,
    """
    parameters = macs = 0
    for k in range(K):
        parameters += F * F * C // groups + 1
        macs += F * F * C // groups * ((H + 2 * P - F) // S + 1) * ((W + 2 * P - F) // S + 1)
    return parameters, macs
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(COST, "weights + K,", "weights,"), "the biases are forgotten"),
    (but(COST, "weights + K,", "weights + 1,"), "one bias for the whole layer"),
    (but(COST, "weights + K,", "weights + C,"), "one bias for each channel of the input"),
    (
        but(COST, "return weights + K", "return K * (C // groups) * (F * F + 1)"),
        "one bias for each channel of each filter",
    ),
    (but(COST, "weights + K,", "weights + groups,"), "one bias for each group"),
    (but(COST, "weights + K,", "weights + K * M_H * M_W,"), "one bias for each place of each map"),
    (
        but(COST, "K * (C // groups) * F", "K * F"),
        "filters are taken for flat, without the depth C",
    ),
    (
        but(COST, ", weights * M_H", ", K * F * F * M_H"),
        "the depth is left out of the multiply-adds",
    ),
    (
        but(COST, "K * (C // groups)", "(C // groups)", "weights + K", "weights + 1"),
        "only one filter is counted",
    ),
    (
        but(COST, ", weights * M_H", ", (C // groups) * F * F * M_H"),
        "the multiply-adds of one filter only",
    ),
    (but(COST, "F * F", "F"), "a kernel is taken to have F weights instead of F·F"),
    (
        but(COST, ", weights * M_H * M_W", ", weights * H * W"),
        "the products are counted at every place of the input",
    ),
    (
        but(COST, ", weights * M_H * M_W", ", weights * (H + 2 * P) * (W + 2 * P)"),
        "the products are counted at every place of the padded input",
    ),
    (
        but(COST, "(H + 2 * P - F) // S + 1", "H // S", "(W + 2 * P - F) // S + 1", "W // S"),
        "the places are N // S",
    ),
    (but(COST, "// S + 1", "// S"), "the + 1 is missing in the number of places"),
    (but(COST, " + 2 * P", ""), "the padding is left out"),
    (but(COST, "2 * P", "P"), "the padding is counted once"),
    (but(COST, "// S", ""), "the stride is ignored"),
    (but(COST, "2 * P", "2 * S", "// S", "// P"), "stride and padding are exchanged"),
    (
        but(
            COST,
            "M_H = (H + 2 * P - F) // S",
            "M_H = -(-(H + 2 * P - F) // S)",
            "M_W = (W + 2 * P - F) // S",
            "M_W = -(-(W + 2 * P - F) // S)",
        ),
        "the number of places is rounded up",
    ),
    (
        but(
            COST,
            "// S + 1",
            "/ S + 1",
            "weights * M_H * M_W",
            "weights * int(np.ceil(M_H)) * int(np.ceil(M_W))",
        ),
        "the number of places is rounded up",
    ),
    (but(COST, "M_H * M_W", "M_H**2"), "M_H is used for both sides"),
    (but(COST, "M_W = (W", "M_W = (H"), "M_H is used for both sides"),
    (but(COST, "M_H * M_W", "M_W * M_W"), "M_W is used for both sides"),
    (but(COST, " * M_W", ""), "only the places of one side are counted"),
    (
        but(COST, ", weights * M_H", ", (weights + K) * M_H"),
        "the biases are counted among the multiply-adds",
    ),
    (
        but(COST, "F * F\n", "F * F + K\n", "weights + K,", "weights,"),
        "the biases are counted among the multiply-adds",
    ),
    (
        but(COST, ", weights * M_H", ", 2 * weights * M_H"),
        "a multiply-add is counted as two operations",
    ),
    (
        but(COST, ", weights * M_H", ", K * M_H"),
        "the values of the output are counted in place of the products",
    ),
    (
        but(COST, "weights + K, weights * M_H * M_W", "weights * M_H * M_W, weights + K"),
        "the multiply-adds stand before the parameters",
    ),
    (but(COST, "(C // groups)", "C"), "the groups are ignored"),
    (
        but(COST, ", weights * M_H", ", K * C * F * F * M_H"),
        "the groups are ignored in the multiply-adds",
    ),
    (
        but(COST, "return weights + K", "return K * C * F * F + K"),
        "the groups are ignored in the parameters",
    ),
    (
        but(COST, "K * (C", "(K // groups) * (C"),
        "both channels and filters are divided by the groups",
    ),
    (but(COST, "C // groups", "C * groups"), "the groups multiply instead of dividing"),
    (
        but(COST, "return weights + K", "return (K * C * F * F + K) // groups"),
        "the biases are divided by the groups too",
    ),
    (but(COST, "C // groups", "C / groups"), "the numbers are right, but floats instead of ints"),
    (but(COST, "weights + K, weights * M_H * M_W", "weights + K"), None),
    (but(COST, "weights + K, weights * M_H * M_W", "{'parameters': weights + K}"), None),
    (but(COST, "// S + 1", "/ S + 1"), None),
    (but(COST, "weights + K, weights", "str(weights + K), weights"), None),
    (but(COST, "F * F", "F ^ 2"), None),
    (but(COST, "K * (C // groups) * F * F", "K + (C // groups) * F * F"), None),
    (but(COST, "M_H * M_W", "M_H + M_W"), None),
    (but(COST, "// S + 1", "// (S + 1)"), None),
    (but(COST, "+ 2 * P - F", "+ 2 * P + F"), None),
    (
        but(COST, "weights = K *", "K = K // groups\nweights = K *"),
        "filters and biases are divided by the groups too",
    ),
    (
        but(COST, "weights = K *", "weights = (K // groups) *"),
        "both channels and filters are divided by the groups",
    ),
    (but(COST, "- F) // S + 1", "- F + 1) // S"), "the 1 stands inside the division by the stride"),
]
