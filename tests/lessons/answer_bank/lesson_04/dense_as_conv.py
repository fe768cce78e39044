"""Answers to exercise 4.4, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

RIGHT: list[str] = [
    "return W.reshape(len(W), C, kH, kW)",
    "return W.reshape(-1, C, kH, kW)",
    "return np.reshape(W, (W.shape[0], C, kH, kW)).copy()",
    "return W.T.reshape(C, kH, kW, len(W)).transpose(3, 0, 1, 2)",
    "return np.array([row.reshape(C, kH, kW) for row in W])",
    "return np.array([[np.split(channel, kH) for channel in np.split(row, C)] for row in W])",
    """
    w = np.zeros((len(W), C, kH, kW))
    for k in range(len(W)):
        for c in range(C):
            for a in range(kH):
                for b in range(kW):
                    w[k, c, a, b] = W[k, (c * kH + a) * kW + b]
    return w
    """,
    """
    filters = np.empty((len(W), C, kH, kW))
    filters.flat = W
    return filters
    """,
    "return W.reshape(len(W), kW, kH, C, order='F').transpose(0, 3, 2, 1)",
]

PLACED = RIGHT[6]

WRONG: list[tuple[str, str | None]] = [
    (
        "return W.reshape(len(W), kH, kW, C).transpose(0, 3, 1, 2)",
        "channels are taken to run fastest",
    ),
    ("return np.moveaxis(W.reshape(-1, kH, kW, C), -1, 1)", "channels are taken to run fastest"),
    (
        but(PLACED, "(c * kH + a) * kW + b", "(a * kW + b) * C + c"),
        "channels are taken to run fastest",
    ),
    ("return W.reshape(len(W), kH, kW, C)", "the channels are left standing last"),
    (
        'return W.reshape(len(W), C, kH, kW, order="F")',
        'the row is read in column order (order="F")',
    ),
    (
        "return W.reshape(C, kH, kW, len(W)).transpose(3, 0, 1, 2)",
        "the filters are taken to run fastest",
    ),
    ("return W.reshape(len(W), C, kH, kW)[:, :, ::-1, ::-1]", "the kernels are flipped"),
    ("return np.flip(W.reshape(len(W), C, kH, kW), axis=(2, 3))", "the kernels are flipped"),
    ("return W[:, ::-1].reshape(len(W), C, kH, kW)", "each row of W is read backwards"),
    ("return W.T.reshape(len(W), C, kH, kW)", "the weight matrix is transposed first"),
    ("return W.reshape(len(W), C, kW, kH).transpose(0, 1, 3, 2)", "rows are taken for columns"),
    (but(PLACED, "(c * kH + a) * kW + b", "(c * kW + b) * kH + a"), "rows are taken for columns"),
    ("return W.reshape(len(W), C, kW, kH)", "height and width are exchanged in the shape"),
    (
        "return W.reshape(len(W), C, kH, kW).transpose(0, 1, 3, 2)",
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
    ("return W.reshape(C, len(W), kH, kW)", "filters and channels are exchanged"),
    ("return W.reshape(C, -1, kH, kW)", "filters and channels are exchanged"),
    (
        "return W.reshape(-1, C, kH, kW).transpose(1, 0, 2, 3)",
        "filters and channels are exchanged afterwards",
    ),
    ("return W.reshape(-1, kH, kW)", "filters and channels share one axis"),
    ("return W.reshape(len(W), C, -1)", "one axis for all the weights of a channel"),
    ("return W.reshape(1, len(W), C, kH, kW)", "there is an axis too many, for a batch"),
    ("return W.reshape(-1, C, kH, kW)[None]", "there is an axis too many, for a batch"),
    ("return W[0].reshape(C, kH, kW)", "only the first filter is made"),
    ("return W.reshape(1, C, kH, kW)", "W is taken to hold one filter"),
    ("return W", "W is handed back as it is"),
    ("return W.T", None),
    ("return W.reshape(len(W), C, kH, kW).tolist()", None),
    ("return W.reshape(len(W), C, kH, kW) / (kH * kW)", None),
    ("W.shape = (len(W), C, kH, kW)", None),
    ("W.reshape(len(W), C, kH, kW)", None),
    ("return np.resize(W, (C, kH, kW))", "only the first filter is made"),
    ("return W.reshape(len(W), C, kH, kW).astype(int)", None),
    ("return W.reshape(kH, kW, C, len(W)).transpose(3, 2, 0, 1)", None),
    ("return W.reshape(C, kH, kW)", "the axis of the filters is left out"),
    ("return W.reshape(10, C, kH, kW)", None),
]
