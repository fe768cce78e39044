"""Answers to exercise 4.3, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

GROUPED = """
c, k = len(x) // groups, len(w) // groups
maps = []
for g in range(groups):
    maps.append(conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]))
return np.concatenate(maps)
"""

FILLED = """
C, H, W = x.shape
K, c, kH, kW = w.shape
y = np.zeros((K, H - kH + 1, W - kW + 1))
for k in range(K):
    g = k // (K // groups)
    for i in range(H - kH + 1):
        for j in range(W - kW + 1):
            y[k, i, j] = np.sum(x[g * c : (g + 1) * c, i : i + kH, j : j + kW] * w[k])
return y
"""

RIGHT: list[str] = [
    GROUPED,
    FILLED,
    "return conv2d(x, w, groups=groups)",
    but(FILLED, "k // (K // groups)", "k * groups // K"),
    but(GROUPED, "np.concatenate(maps)", "np.vstack(maps)"),
    """
    pairs = zip(np.split(x, groups), np.split(w, groups))
    return np.concatenate([conv2d(part, filters) for part, filters in pairs])
    """,
    """
    c = w.shape[1]
    full = np.zeros((len(w), len(x), *w.shape[2:]))
    for k in range(len(w)):
        g = k * groups // len(w)
        full[k, g * c : (g + 1) * c] = w[k]
    return conv2d(x, full)
    """,
    """
    kH, kW = w.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(1, 2))
    windows = windows.reshape(groups, -1, *windows.shape[1:])
    filters = w.reshape(groups, -1, *w.shape[1:])
    y = np.einsum("gcijpq,gkcpq->gkij", windows, filters)
    return y.reshape(len(w), *y.shape[2:])
    """,
    """
    from scipy.signal import correlate
    c, k = len(x) // groups, len(w) // groups
    return np.array([
        correlate(x[i // k * c : i // k * c + c], w[i], mode="valid")[0] for i in range(len(w))
    ])
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g::groups]"), "channels are dealt out like cards"),
    (but(FILLED, "x[g * c : (g + 1) * c,", "x[g::groups,"), "channels are dealt out like cards"),
    (but(FILLED, "k // (K // groups)", "k % groups"), "filters are dealt out like cards"),
    (
        but(GROUPED, "w[g * k : (g + 1) * k]", "w[g::groups]"),
        "filters are dealt out like cards, and the maps stand in that order",
    ),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g::groups]",
            "w[g * k : (g + 1) * k]",
            "w[g::groups]",
        ),
        "channels and filters are both dealt out like cards",
    ),
    (
        "c = w.shape[1]\nmaps = [conv2d(x[k // groups * c : (k // groups + 1) * c], w[k : k + 1]) "
        "for k in range(len(w))]\nreturn np.concatenate(maps)",
        "filter k is put in group k // groups",
    ),
    ("return conv2d(x[: len(x) // groups], w)", "every filter sees the first channels"),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[:c]"), "every filter sees the first channels"),
    (but(FILLED, "x[g * c : (g + 1) * c", "x[:c"), "every filter sees the first channels"),
    (
        "return conv2d(x, np.concatenate([w] * groups, axis=1))",
        "every filter sees all channels, its weights repeated",
    ),
    ("return conv2d(x, w)", "filters and channels that meet do not belong together"),
    (
        but(GROUPED, "x[g * c : (g + 1) * c]", "x"),
        "filters and channels that meet do not belong together",
    ),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w[:k]"), "every group uses the first filters"),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g : g + c]"), "groups start one channel apart"),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w[g : g + k]"), "groups start one filter apart"),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g : g + c]",
            "w[g * k : (g + 1) * k]",
            "w[g : g + k]",
        ),
        "groups start one apart in channels and filters",
    ),
    (
        but(GROUPED, "x[g * c : (g + 1) * c]", "x[g * groups : (g + 1) * groups]"),
        "a group is taken to have as many channels as there are groups",
    ),
    (
        but(GROUPED, "w[g * k : (g + 1) * k]", "w[g * groups : (g + 1) * groups]"),
        "a group is taken to have as many filters as there are groups",
    ),
    (but(GROUPED, "c, k =", "k, c ="), "channels and filters are sliced with each other's count"),
    (
        but(
            GROUPED,
            "x[g * c : (g + 1) * c]",
            "x[g * k : (g + 1) * k]",
            "w[g * k : (g + 1) * k]",
            "w[g * c : (g + 1) * c]",
        ),
        "channels and filters are sliced with each other's count",
    ),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w"), "every filter is applied to every group"),
    (but(GROUPED, "np.concatenate(maps)", "sum(maps)"), "the maps of the groups are added"),
    (
        but(GROUPED, "np.concatenate(maps)", "np.sum(maps, axis=0)"),
        "the maps of the groups are added",
    ),
    (
        but(GROUPED, "k]))", "k]).sum(axis=0))", "np.concatenate", "np.array"),
        "each group gives one map",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.array(maps)"),
        "the groups are stacked on an axis of their own",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.stack(maps)"),
        "the groups are stacked on an axis of their own",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.hstack(maps)"),
        "the maps are joined below each other",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps, axis=1)"),
        "the maps are joined below each other",
    ),
    (
        but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps, axis=-1)"),
        "the maps are joined side by side",
    ),
    (but(GROUPED, "np.concatenate(maps)", "np.dstack(maps)"), "the maps are joined side by side"),
    (
        but(GROUPED, "\nreturn", "\n    return"),
        "only the first group comes out: the return stands inside the loop",
    ),
    (
        but(
            GROUPED,
            "maps.append(conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k]))",
            "y = conv2d(x[g * c : (g + 1) * c], w[g * k : (g + 1) * k])",
            "np.concatenate(maps)",
            "y",
        ),
        "only the last group is kept",
    ),
    (but(GROUPED, "in range(groups)", "in range(groups - 1)"), "the last group is left out"),
    (but(FILLED, "* w[k]", "* w[k, :, ::-1, ::-1]"), "the kernels are flipped"),
    (but(GROUPED, "np.concatenate(maps)", "maps"), None),
    (but(GROUPED, "range(groups)", "range(1, groups + 1)"), None),
    (but(GROUPED, "(g + 1) * c", "(g + 1) * c - 1"), None),
    (but(GROUPED, "x[g * c : (g + 1) * c]", "x[g * c]"), None),
    (but(GROUPED, "//", "/"), None),
    (but(FILLED, "W - kW + 1))", "W - kW + 1), dtype=x.dtype)"), None),
    (but(GROUPED, "k]))", "k], padding=1))"), None),
    (but(GROUPED, "np.concatenate(maps)", "np.mean(maps, axis=0)"), None),
    (but(GROUPED, "np.concatenate(maps)", "np.concatenate(maps[::-1])"), None),
    ("x /= groups\n" + GROUPED.strip(), None),
    ("return conv2d(x, w, groups=len(x))", None),
    (
        but(GROUPED, "w[g * k : (g + 1) * k]", "w[:, g * c : (g + 1) * c]"),
        "filters and channels that meet do not belong together",
    ),
    (but(GROUPED, "w[g * k : (g + 1) * k]", "w[g : g + 1]"), "every group has one filter only"),
    (
        but(GROUPED, "len(w) // groups", "len(x) // groups"),
        "a group is taken to have as many filters as channels",
    ),
    (but(GROUPED, "np.concatenate(maps)", "maps"), None),
    (but(GROUPED, "len(x) // groups", "len(x) / groups"), None),
]
