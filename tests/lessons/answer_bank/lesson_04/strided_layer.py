"""Answers to exercise 4.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

LOOPS = """
C, H, W = x.shape
K, C, kH, kW = w.shape
padded = np.pad(x, ((0, 0), (P, P), (P, P)))
M_H = (H + 2 * P - kH) // S + 1
M_W = (W + 2 * P - kW) // S + 1
y = np.zeros((K, M_H, M_W))
for i in range(M_H):
    for j in range(M_W):
        window = padded[:, S * i : S * i + kH, S * j : S * j + kW]
        for k in range(K):
            y[k, i, j] = np.sum(window * w[k]) + b[k]
return y
"""

WINDOW = "padded[:, S * i : S * i + kH, S * j : S * j + kW]"
PAD = "np.pad(x, ((0, 0), (P, P), (P, P)))"

RIGHT: list[str] = [
    LOOPS,
    but(
        LOOPS,
        f"padded = {PAD}",
        "padded = np.zeros((C, H + 2 * P, W + 2 * P))\npadded[:, P : P + H, P : P + W] = x",
    ),
    but(LOOPS, "M_H = (H + 2 * P - kH) // S + 1", "M_H = (padded.shape[1] - kH) // S + 1"),
    """
    x = np.pad(x, ((0, 0), (P, P), (P, P)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    y = np.einsum("cijuv,kcuv->kij", windows[:, ::S, ::S], w)
    return y + b[:, None, None]
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (but(LOOPS, " // S + 1", " + 1", WINDOW, WINDOW.replace("S * ", "")), "the stride is ignored"),
    (
        but(LOOPS, WINDOW, WINDOW.replace("S * ", "")),
        "the windows move by one pixel, though there are as many as for stride S",
    ),
    (
        but(LOOPS, "S * j : S * j + kW", "j : j + kW", "- kW) // S + 1", "- kW) + 1"),
        "the stride is taken for the rows only",
    ),
    (
        but(
            LOOPS,
            PAD,
            PAD + "[:, ::S, ::S]",
            WINDOW,
            WINDOW.replace("S * ", ""),
            "M_H = (H + 2 * P - kH) // S + 1",
            "M_H = padded.shape[1] - kH + 1",
            "M_W = (W + 2 * P - kW) // S + 1",
            "M_W = padded.shape[2] - kW + 1",
        ),
        "the pixels inside a window are S apart",
    ),
    (
        but(
            LOOPS,
            WINDOW,
            "padded[:, S * i : S * i + S * kH : S, S * j : S * j + S * kW : S]",
            "2 * P - kH)",
            "2 * P - S * (kH - 1) - 1)",
            "2 * P - kW)",
            "2 * P - S * (kW - 1) - 1)",
        ),
        "the pixels inside a window are S apart",
    ),
    (but(LOOPS, PAD, "x", "+ 2 * P", "+ 0 * P"), "the padding is left out"),
    (
        but(LOOPS, PAD, "np.pad(x, ((0, 0), (P, 0), (P, 0)))", "+ 2 * P", "+ P"),
        "the zeros at the bottom and the right are left out",
    ),
    (
        but(LOOPS, PAD, "np.pad(x, ((0, 0), (0, P), (0, P)))", "+ 2 * P", "+ P"),
        "the zeros at the top and the left are left out",
    ),
    (but(LOOPS, PAD, "np.pad(x, P)"), "the channels are padded too"),
    (
        but(
            LOOPS,
            PAD,
            "x",
            "+ 2 * P",
            "+ 0 * P",
            "return y",
            "return np.pad(y, ((0, 0), (P, P), (P, P)))",
        ),
        "the result is padded instead of the picture",
    ),
    (
        but(LOOPS, "(P, P)))", "(P, P)), mode='edge')"),
        "the border repeats the edge of the picture",
    ),
    (
        but(LOOPS, "C, H, W = x.shape", "S, P = P, S\nC, H, W = x.shape"),
        "stride and padding are exchanged",
    ),
    (but(LOOPS, "+ 2 * P", ""), "the size is that without padding"),
    (but(LOOPS, "+ 2 * P", "+ P"), "the zeros at the bottom and the right are left out"),
    (but(LOOPS, " // S + 1", " // S"), "the + 1 is missing in the size"),
    (
        but(LOOPS, "- kH) // S + 1", "- kH + 1) // S", "- kW) // S + 1", "- kW + 1) // S"),
        "the stride divides the + 1 as well",
    ),
    (but(LOOPS, " + b[k]", ""), "the bias is left out"),
    (
        but(LOOPS, "w[k])", "w[k, :, ::-1, ::-1])"),
        "the kernels are flipped, which makes it a true convolution",
    ),
    (but(LOOPS, "w[k])", "w[k, 0])"), "one kernel is used for all channels"),
    (but(LOOPS, " // S + 1", " / S + 1"), None),
    (but(LOOPS, "window * w[k]", "window @ w[k]"), None),
]
