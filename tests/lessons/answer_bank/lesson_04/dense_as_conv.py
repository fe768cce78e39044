"""Answers to exercise 4.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

RIGHT: list[str] = [
    "return A.reshape(len(A), C, kH, kW)",
    "return A.reshape(-1, C, kH, kW)",
    "return np.reshape(A, (A.shape[0], C, kH, kW)).copy()",
    "return A.T.reshape(C, kH, kW, len(A)).transpose(3, 0, 1, 2)",
    "return np.array([row.reshape(C, kH, kW) for row in A])",
    "return np.array([[np.split(channel, kH) for channel in np.split(row, C)] for row in A])",
    """
    w = np.zeros((len(A), C, kH, kW))
    for k in range(len(A)):
        for c in range(C):
            for a in range(kH):
                for b in range(kW):
                    w[k, c, a, b] = A[k, (c * kH + a) * kW + b]
    return w
    """,
    """
    filters = np.empty((len(A), C, kH, kW))
    filters.flat = A
    return filters
    """,
    "return A.reshape(len(A), kW, kH, C, order='F').transpose(0, 3, 2, 1)",
]

PLACED = RIGHT[6]

WRONG: list[tuple[str, str | None]] = [
    (
        "return A.reshape(len(A), kH, kW, C).transpose(0, 3, 1, 2)",
        "channels are taken to run fastest",
    ),
    ("return np.moveaxis(A.reshape(-1, kH, kW, C), -1, 1)", "channels are taken to run fastest"),
    (
        but(PLACED, "(c * kH + a) * kW + b", "(a * kW + b) * C + c"),
        "channels are taken to run fastest",
    ),
    ("return A.reshape(len(A), kH, kW, C)", "the channels are left standing last"),
    (
        'return A.reshape(len(A), C, kH, kW, order="F")',
        'the row is read in column order (order="F")',
    ),
    (
        "return A.reshape(C, kH, kW, len(A)).transpose(3, 0, 1, 2)",
        "the filters are taken to run fastest",
    ),
    ("return A.reshape(len(A), C, kH, kW)[:, :, ::-1, ::-1]", "the kernels are flipped"),
    ("return np.flip(A.reshape(len(A), C, kH, kW), axis=(2, 3))", "the kernels are flipped"),
    ("return A[:, ::-1].reshape(len(A), C, kH, kW)", "each row of A is read backwards"),
    ("return A.T.reshape(len(A), C, kH, kW)", "the weight matrix is transposed first"),
    ("return A.reshape(len(A), C, kW, kH).transpose(0, 1, 3, 2)", "rows are taken for columns"),
    (but(PLACED, "(c * kH + a) * kW + b", "(c * kW + b) * kH + a"), "rows are taken for columns"),
    ("return A.reshape(len(A), C, kW, kH)", "height and width are exchanged in the shape"),
    (
        "return A.reshape(len(A), C, kH, kW).transpose(0, 1, 3, 2)",
        "the kernels are transposed afterwards",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "c * kH * kW + a * kH + b"),
        "a row is taken to be kH long",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "(c + a) * kW + b"),
        "a channel is taken to be one row long",
    ),
    (
        but(PLACED, "(c * kH + a) * kW + b", "a * kW + b"),
        "every channel gets the weights of the first",
    ),
    ("return A.reshape(C, len(A), kH, kW)", "filters and channels are exchanged"),
    ("return A.reshape(C, -1, kH, kW)", "filters and channels are exchanged"),
    (
        "return A.reshape(-1, C, kH, kW).transpose(1, 0, 2, 3)",
        "filters and channels are exchanged afterwards",
    ),
    ("return A.reshape(-1, kH, kW)", "filters and channels share one axis"),
    ("return A.reshape(len(A), C, -1)", "one axis for all the weights of a channel"),
    ("return A.reshape(1, len(A), C, kH, kW)", "there is an axis too many, for a batch"),
    ("return A.reshape(-1, C, kH, kW)[None]", "there is an axis too many, for a batch"),
    ("return A[0].reshape(C, kH, kW)", "only the first filter is made"),
    ("return A.reshape(1, C, kH, kW)", "A is taken to hold one filter"),
    ("return A", "A is handed back as it is"),
    ("return A.T", None),
    ("return A.reshape(len(A), C, kH, kW).tolist()", None),
    ("return A.reshape(len(A), C, kH, kW) / (kH * kW)", None),
    ("A.shape = (len(A), C, kH, kW)", None),
    ("A.reshape(len(A), C, kH, kW)", None),
    ("return np.resize(A, (C, kH, kW))", "only the first filter is made"),
    ("return A.reshape(len(A), C, kH, kW).astype(int)", None),
    ("return A.reshape(kH, kW, C, len(A)).transpose(3, 2, 0, 1)", None),
    ("return A.reshape(C, kH, kW)", "the axis of the filters is left out"),
    ("return A.reshape(10, C, kH, kW)", None),
]
