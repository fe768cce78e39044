"""Answers to exercise 5.7, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SLICES = """
C, H, W = shape
M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
windows = columns.reshape(C, kH, kW, M_H, M_W)
x = np.zeros(shape)
for a in range(kH):
    for b in range(kW):
        x[:, a : a + M_H * S : S, b : b + M_W * S : S] += windows[:, a, b]
return x
"""

PLACES = """
C, H, W = shape
x = np.zeros((C, H, W))
place = 0
for i in range(0, H - kH + 1, S):
    for j in range(0, W - kW + 1, S):
        x[:, i : i + kH, j : j + kW] += columns[:, place].reshape(C, kH, kW)
        place += 1
return x
"""

INDEXED = """
C, H, W = shape
M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
x = np.zeros((C, H, W))
for c in range(C):
    for a in range(kH):
        for b in range(kW):
            for i in range(M_H):
                for j in range(M_W):
                    x[c, i * S + a, j * S + b] += columns[(c * kH + a) * kW + b, i * M_W + j]
return x
"""

RIGHT: list[str] = [
    SLICES,
    PLACES,
    INDEXED,
    but(SLICES, "a : a + M_H * S : S", "a : H - kH + a + 1 : S"),
    """
    C, H, W = shape
    numbers = np.arange(C * H * W).reshape(shape)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, (kH, kW), axis=(1, 2))[:, ::S, ::S]
    places = windows.transpose(0, 3, 4, 1, 2).ravel()
    return np.bincount(places, columns.ravel(), minlength=C * H * W).reshape(shape)
    """,
    """
    import torch
    c = torch.tensor(columns[None]).double()
    return torch.nn.functional.fold(c, shape[1:], (kH, kW), stride=S)[0].numpy()
    """,
]

RETURNED = "only the first row of each window is handed back: the return stands inside the loop"
COUNTED = "the windows are taken to be counted column by column"
STANDS = "the window is taken to stand column by column"
FASTEST = "the channel is taken to change fastest within a column"

WRONG: list[tuple[str, str | None]] = [
    (but(SLICES, "+=", "="), "each copy overwrites the one before"),
    (but(PLACES, "kW] +=", "kW] ="), "later windows overwrite earlier ones"),
    (
        """
        C, H, W = shape
        x, copies = np.zeros(shape), np.zeros(shape)
        place = 0
        for i in range(0, H - kH + 1, S):
            for j in range(0, W - kW + 1, S):
                x[:, i : i + kH, j : j + kW] += columns[:, place].reshape(C, kH, kW)
                copies[:, i : i + kH, j : j + kW] += 1
                place += 1
        copies[copies == 0] = 1
        return x / copies
        """,
        "averaged where windows overlap",
    ),
    (but(INDEXED, "i * S + a, j * S + b", "i + a, j + b"), "the stride is ignored"),
    (but(SLICES, "M_H * S : S", "M_H", "M_W * S : S", "M_W"), "the stride is ignored"),
    (
        but(
            SLICES,
            "C, kH, kW, M_H, M_W",
            "C, M_H, M_W, kH, kW",
            "windows[:, a, b]",
            "windows[..., a, b]",
        ),
        "the axes are split in the wrong order: places first",
    ),
    (
        but(
            SLICES,
            "C, kH, kW, M_H, M_W",
            "kH, kW, C, M_H, M_W",
            "windows[:, a, b]",
            "windows[a, b]",
        ),
        FASTEST,
    ),
    (but(PLACES, "C, kH, kW)\n", "kH, kW, C).transpose(2, 0, 1)\n"), FASTEST),
    (
        but(
            SLICES,
            "C, kH, kW, M_H, M_W",
            "M_H, M_W, C, kH, kW",
            "windows[:, a, b]",
            "windows[..., a, b].transpose(2, 0, 1)",
        ),
        "the rows are taken for the windows",
    ),
    (but(INDEXED, "(c * kH + a) * kW + b", "(c * kW + b) * kH + a"), STANDS),
    (but(PLACES, "C, kH, kW)\n", "C, kW, kH).swapaxes(1, 2)\n"), STANDS),
    (but(INDEXED, "i * M_W + j", "j * M_H + i"), COUNTED),
    (but(PLACES, "C, kH, kW)\n", "C, kH, kW)[:, ::-1, ::-1]\n"), "the windows are turned around"),
    (but(PLACES, "C, kH, kW)\n", "C, kH, kW).sum(axis=0)\n"), "the channels are summed"),
    (but(SLICES, "\nreturn", "\n    return"), RETURNED),
    (
        but(
            SLICES,
            "zeros(shape)",
            "zeros(shape, dtype=int)",
            "+= windows[:, a, b]",
            "+= windows[:, a, b].astype(int)",
        ),
        "the fractions are cut off",
    ),
    (but(SLICES, "zeros", "ones"), None),
    (but(SLICES, "\nreturn", "\n        return"), None),
    (but(SLICES, "range(kW)", "range(kW - 1)"), None),
    (but(PLACES, "        place += 1\n", ""), None),
    (but(PLACES, "+ 1, S)", "+ 1)"), None),
    (but(SLICES, "windows[:, a, b]", "windows[:, b, a]"), None),
    (but(SLICES, "zeros(shape)", "zeros((H, W))"), None),
    (but(SLICES, "return x", "return x.reshape(-1)"), None),
    ("return columns.reshape(shape)", None),
    ("columns *= 2\n" + SLICES.strip(), None),
]
