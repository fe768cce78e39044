"""Answers to exercise 5.6, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

SLICES = """
C, H, W = x.shape
M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
columns = np.zeros((C, kH, kW, M_H, M_W))
for a in range(kH):
    for b in range(kW):
        columns[:, a, b] = x[:, a : a + M_H * S : S, b : b + M_W * S : S]
return columns.reshape(C * kH * kW, M_H * M_W)
"""

WINDOWS = """
windows = np.lib.stride_tricks.sliding_window_view(x, (kH, kW), axis=(1, 2))[:, ::S, ::S]
return windows.transpose(0, 3, 4, 1, 2).reshape(len(x) * kH * kW, -1)
"""

LISTED = """
C, H, W = x.shape
columns = []
for i in range(0, H - kH + 1, S):
    for j in range(0, W - kW + 1, S):
        columns.append(x[:, i : i + kH, j : j + kW].reshape(-1))
return np.array(columns).T
"""

INDEXED = """
C, H, W = x.shape
M_H, M_W = (H - kH) // S + 1, (W - kW) // S + 1
columns = np.zeros((C * kH * kW, M_H * M_W))
for c in range(C):
    for a in range(kH):
        for b in range(kW):
            for i in range(M_H):
                for j in range(M_W):
                    columns[(c * kH + a) * kW + b, i * M_W + j] = x[c, i * S + a, j * S + b]
return columns
"""

RIGHT: list[str] = [
    SLICES,
    WINDOWS,
    LISTED,
    INDEXED,
    but(LISTED, ".reshape(-1)", ".ravel()", "np.array(columns).T", "np.stack(columns, axis=1)"),
    but(SLICES, "a : a + M_H * S : S", "a : H - kH + a + 1 : S"),
    but(SLICES, "np.zeros((C, kH, kW, M_H, M_W))", "np.empty((C, kH, kW, M_H, M_W))"),
    """
    import torch
    return torch.nn.functional.unfold(torch.tensor(x[None]).double(), (kH, kW), stride=S)[0].numpy()
    """,
]

RETURNED = "only the first row of each window is copied: the return stands inside the loop"
FASTEST = "the channel changes fastest within a column"
BESIDE = "as many windows as the stride asks for, but side by side"

WRONG: list[tuple[str, str | None]] = [
    (but(LISTED, ".T", ""), "windows as rows"),
    (
        but(WINDOWS, ".reshape(len(x) * kH * kW, -1)", ".reshape(len(x) * kH * kW, -1).T"),
        "windows as rows",
    ),
    (
        but(WINDOWS, ".transpose(0, 3, 4, 1, 2)", ""),
        "the axes are merged in the order in which they stand",
    ),
    (but(LISTED, "np.array(columns).T", "np.array(columns).reshape(C * kH * kW, -1)"), None),
    (but(WINDOWS, "0, 3, 4, 1, 2", "3, 4, 0, 1, 2"), FASTEST),
    (but(LISTED, "kW].reshape", "kW].transpose(1, 2, 0).reshape"), FASTEST),
    (but(WINDOWS, "0, 3, 4, 1, 2", "0, 4, 3, 1, 2"), "the window is read column by column"),
    (
        but(INDEXED, "(c * kH + a) * kW + b", "(c * kW + b) * kH + a"),
        "the window is read column by column",
    ),
    (but(WINDOWS, "0, 3, 4, 1, 2", "0, 3, 4, 2, 1"), "the windows are counted column by column"),
    (but(INDEXED, "i * M_W + j", "j * M_H + i"), "the windows are counted column by column"),
    (but(LISTED, "kW].reshape", "kW][:, ::-1, ::-1].reshape"), "the windows are turned around"),
    (but(LISTED, "+ 1, S)", "+ 1)"), "the stride is ignored"),
    (but(WINDOWS, "[:, ::S, ::S]", ""), "the stride is ignored"),
    (but(INDEXED, "i * S + a, j * S + b", "i + a, j + b"), BESIDE),
    (but(SLICES, "M_H * S : S", "M_H", "M_W * S : S", "M_W"), BESIDE),
    (but(INDEXED, "S + 1", "S"), "the last row and column of windows are missing"),
    (but(LISTED, "- kH + 1", "- kH", "- kW + 1", "- kW"), None),
    (but(LISTED, "x[:, i", "x[:1, i"), "only the first channel"),
    (but(LISTED, "kW].reshape", "kW].sum(axis=0).reshape"), "the channels are summed"),
    (but(SLICES, "\nreturn", "\n    return"), RETURNED),
    (but(SLICES, ".reshape(C * kH * kW, M_H * M_W)", ""), "the five axes are left apart"),
    (but(SLICES, "\nreturn", "\n        return"), None),
    (but(SLICES, "b : b + M_W * S : S", "b : b + M_W : S"), None),
    (but(SLICES, "(W - kW)", "(H - kW)"), None),
    (but(SLICES, "range(kW)", "range(kW - 1)"), None),
    (but(LISTED, "append(x[:, i : i + kH, j : j + kW]", "append(x[:, i : i + S, j : j + S]"), None),
    ("return x.reshape(len(x) * kH * kW, -1)", None),
    ("x *= 2\n" + SLICES.strip(), None),
    (but(LISTED, "np.array(columns).T", "columns"), None),
]
