"""Answers to exercise 10.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SHORT = """
B, C, H, W = x.shape
thin = x[:, :, ::stride, ::stride]
y = np.zeros((B, K, thin.shape[2], thin.shape[3]))
before = (K - C) // 2
y[:, before : before + C] = thin
return y
"""

SHORT_PAD = """
extra = K - x.shape[1]
before = extra // 2
behind = extra - before
return np.pad(x[:, :, ::stride, ::stride], ((0, 0), (before, behind), (0, 0), (0, 0)))
"""

SHORT_JOIN = """
thin = x[:, :, ::stride, ::stride]
B, C, H, W = thin.shape
before = (K - C) // 2
first, second = np.zeros((B, before, H, W)), np.zeros((B, K - C - before, H, W))
return np.concatenate([first, thin, second], axis=1)
"""

SHORT_LOOPS = """
B, C, H, W = x.shape
Hs, Ws = -(-H // stride), -(-W // stride)
before = (K - C) // 2
y = np.zeros((B, K, Hs, Ws))
for b in range(B):
    for c in range(C):
        for i in range(Hs):
            for j in range(Ws):
                y[b, before + c, i, j] = x[b, c, i * stride, j * stride]
return y
"""

RIGHT: list[str] = [
    SHORT,
    SHORT_PAD,
    SHORT_JOIN,
    SHORT_LOOPS,
    but(SHORT, "thin.shape[2], thin.shape[3]", "(H - 1) // stride + 1, (W - 1) // stride + 1"),
    but(SHORT, "thin.shape[3]))", "thin.shape[3]), dtype=x.dtype)"),
    but(SHORT, "x[:, :, ::stride, ::stride]",
        "x[..., range(0, H, stride), :][..., range(0, W, stride)]"),
    """
    C = x.shape[1]
    w = np.eye(K, C, -((K - C) // 2))
    return np.einsum("kc,bchw->bkhw", w, x[:, :, ::stride, ::stride])
    """,
    """
    from course_utils.ops import conv2d
    C = x.shape[1]
    w = np.zeros((K, C, 1, 1))
    for c in range(C):
        w[(K - C) // 2 + c, c] = 1
    return conv2d(x.astype(float), w, stride=stride)
    """,
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(SHORT, "y[:, before : before + C]", "y[:, :C]"), "all zero channels behind"),
    (but(SHORT_PAD, "(before, behind)", "(0, extra)"), "all zero channels behind"),
    (but(SHORT, "y[:, before : before + C]", "y[:, K - C :]"), "all zero channels before"),
    (but(SHORT_PAD, "extra // 2", "-(-extra // 2)"), "half, rounded up, before"),
    (but(SHORT_PAD, "(before, behind)", "(behind, before)"), "half, rounded up, before"),
    ("""
     from course_utils.ops import avg_pool2d
     B, C, H, W = x.shape
     Hs, Ws = -(-H // stride), -(-W // stride)
     y = np.zeros((B, K, Hs, Ws))
     before = (K - C) // 2
     for i in range(Hs):
         for j in range(Ws):
             part = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
             y[:, before : before + C, i, j] = np.mean(part, axis=(2, 3))
     return y
     """,
     "means of windows"),
    (but(SHORT_LOOPS, "i * stride, j * stride", "i, j"), "the upper left corner is cut out"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x"), "the picture is not thinned out"),
    (but(SHORT, "::stride, ::stride", "stride - 1 :: stride, stride - 1 :: stride"),
     "the last pixel of each step is kept"),
    (but(SHORT, "::stride, ::stride", "::stride"), "only rows are thinned out"),
    (but(SHORT, "y[:, before : before + C] = thin",
         "for k in range(K):\n    y[:, k] = thin[:, k % C]"),
     "the old channels are repeated"),
    (but(SHORT, "y[:, before : before + C] = thin",
         "for c in range(C):\n    y[:, c * (K // C)] = thin[:, c]"),
     "the old channels are spread out"),
    (but(SHORT_LOOPS, "-(-H // stride), -(-W // stride)", "H // stride, W // stride"),
     "the size is rounded down"),
    (but(SHORT, "thin.shape[2], thin.shape[3]", "H // stride, W // stride"),
     "no room for the last row and column"),
    (but(SHORT_PAD, "(before, behind)", "(before, before)"),
     "as many zero channels behind as before"),
    ("p = K // 4\nreturn np.pad(x[:, :, ::stride, ::stride], ((0, 0), (p, p), (0, 0), (0, 0)))",
     "K // 4 zero channels on each side"),
    (but(SHORT_PAD, "(before, behind)", "(extra, extra)"), "K − C zero channels on each side"),
    (but(SHORT, "::stride, ::stride", "::2, ::2"), "a stride of 2 always"),
    ("""
     B, C, H, W = x.shape
     Hs, Ws = -(-H // stride), -(-W // stride)
     y = np.zeros((B, K, Hs, Ws))
     before = (K - C) // 2
     for i in range(Hs):
         for j in range(Ws):
             part = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
             y[:, before : before + C, i, j] = part.max(axis=(2, 3))
     return y
     """,
     "the largest value of each window"),
    (but(SHORT, "::stride, ::stride", ":, ::stride"), "only columns are thinned out"),
    ("return x[:, :, ::stride, ::stride]", "no channels are added"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x[:, ::stride, ::stride]"),
     "the stride on the channels"),
    (but(SHORT, "x[:, :, ::stride, ::stride]", "x[::stride, ::stride]"), None),
    (but(SHORT, "before = (K - C) // 2", "before = (K - C) / 2"), None),
    (but(SHORT, "(K - C) // 2", "C // 2"), "C // 2 zero channels before"),
    (but(SHORT, "before = (K - C) // 2", "before = K // 2"), "K // 2 zero channels before"),
    (but(SHORT_PAD, "extra // 2", "extra", "(before, behind)", "(before, 0), (0, behind)"), None),
    (but(SHORT_PAD, "((0, 0), (before, behind), (0, 0), (0, 0))",
         "((0, 0), (0, 0), (before, behind), (0, 0))"),
     "rows of zeros instead of channels"),
    (but(SHORT_PAD, "((0, 0), (before, behind), (0, 0), (0, 0))",
         "((before, behind), (0, 0), (0, 0), (0, 0))"),
     "pictures of zeros instead of channels"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "thin = np.zeros((B, C, H, W))\nfor i in range(0, H, stride):\n"
         "    for j in range(0, W, stride):\n        thin[:, :, i, j] = x[:, :, i, j]"),
     "pixels are set to zero instead of left out"),
    (but(SHORT, "before : before + C", "before:-before"), "the slice ends at −before"),
    (but(SHORT, "before : before + C", "before : K - before"), "the slice ends at K − before"),
    (but(SHORT, "before : before + C", "before:C"), "the slice ends at C"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "from course_utils.ops import avg_pool2d\nthin = avg_pool2d(x.astype(float), stride)"),
     "average pooling"),
    (but(SHORT, "thin = x[:, :, ::stride, ::stride]",
         "from course_utils.ops import max_pool2d\nthin = max_pool2d(x.astype(float), stride)"),
     "max pooling"),
    (but(SHORT, "thin.shape[2], thin.shape[3]", "H // stride + 1, W // stride + 1"),
     "room for one row and column too many"),
    ("thin = x[:, :, ::stride, ::stride]\nreturn np.repeat(thin, K // x.shape[1], axis=1)",
     "each old channel is repeated beside itself"),
    (but(SHORT_JOIN, "[first, thin, second]", "[first, thin]"), "no zero channels behind"),
    (but(SHORT_PAD, "before, behind), (0, 0), (0, 0))", "before, behind), (0, 0), (0, 0)), 'edge'"),
     None),
    (but(SHORT, "np.zeros", "np.ones"), "ones instead of zeros"),
    (but(SHORT, "return y", "return thin + y"), None),
    (but(SHORT_JOIN, "axis=1", "axis=0"), None),
    (but(SHORT_JOIN, ", axis=1", ""), None),
]  # fmt: skip
