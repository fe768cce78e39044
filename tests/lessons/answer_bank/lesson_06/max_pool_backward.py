"""Answers to exercise 6.2, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

BACK = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        window = x[i * S : i * S + F, j * S : j * S + F]
        a, b = divmod(np.argmax(window), F)
        grad[i * S + a, j * S + b] += g[i, j]
return grad
"""

UNRAVELLED = """
grad = np.zeros(x.shape)
for i, j in np.ndindex(*g.shape):
    window = x[i * S : i * S + F, j * S : j * S + F]
    a, b = np.unravel_index(window.argmax(), window.shape)
    grad[i * S + a, j * S + b] += g[i, j]
return grad
"""

SEARCHED = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        best, place = -np.inf, None
        for a in range(F):
            for b in range(F):
                if x[i * S + a, j * S + b] > best:
                    best, place = x[i * S + a, j * S + b], (i * S + a, j * S + b)
        grad[place] += g[i, j]
return grad
"""

MASKED = """
grad = np.zeros(x.shape)
for i in range(g.shape[0]):
    for j in range(g.shape[1]):
        rows, columns = slice(i * S, i * S + F), slice(j * S, j * S + F)
        window = x[rows, columns]
        grad[rows, columns] += g[i, j] * (window == window.max())
return grad
"""

RIGHT: list[str] = [
    BACK,
    UNRAVELLED,
    SEARCHED,
    """
    grad = np.zeros(x.shape)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            window = x[i * S : i * S + F, j * S : j * S + F]
            a, b = np.argwhere(window == window.max())[0]
            grad[i * S + a, j * S + b] += g[i, j]
    return grad
    """,
    """
    M_H, M_W = g.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    a, b = np.divmod(windows.reshape(M_H, M_W, -1).argmax(axis=2), F)
    rows = np.arange(M_H)[:, None] * S + a
    columns = np.arange(M_W) * S + b
    grad = np.zeros(x.shape)
    np.add.at(grad, (rows, columns), g)
    return grad
    """,
    """
    grad = np.zeros(x.size)
    numbers = np.arange(x.size).reshape(x.shape)
    for i, j in np.ndindex(*g.shape):
        window = np.s_[i * S : i * S + F, j * S : j * S + F]
        grad[numbers[window].ravel()[np.argmax(x[window])]] += g[i, j]
    return grad.reshape(x.shape)
    """,
    """
    grad = np.zeros(x.shape)
    for i, j in np.ndindex(*g.shape):
        left = True
        window = x[i * S : i * S + F, j * S : j * S + F]
        for a, b in np.ndindex(F, F):
            if left and window[a, b] == window.max():
                grad[i * S + a, j * S + b] += g[i, j]
                left = False
    return grad
    """,
    """
    from course_utils import ops
    return ops.max_pool2d_backward(g[None], x[None].astype(float), F, stride=S)[0]
    """,
]

WRONG: list[tuple[str, str | None]] = [
    (
        "grad = np.zeros(x.shape)\nfor i, j in np.ndindex(*g.shape):\n"
        "    largest = x[i * S : i * S + F, j * S : j * S + F].max()\n"
        "    p, q = np.argwhere(x == largest)[0]\n    grad[p, q] += g[i, j]\nreturn grad",
        "the winner is looked for in the whole input",
    ),
    (
        but(BACK, "grad[i * S + a, j * S + b]", "grad[i * S, j * S]"),
        "the first value of each window gets the gradient",
    ),
    (but(BACK, "window = x[", "window = g["), None),
    (but(BACK, "grad[i * S + a, j * S + b]", "grad[i * F + a, j * F + b]"), None),
    (but(MASKED, "window == window.max()", "window >= window.mean()"), None),
    (
        but(BACK, "shape[0])", "shape[0] - 1)", "shape[1])", "shape[1] - 1)"),
        "the last row and column of windows hand nothing back",
    ),
    (MASKED, "every maximum of a window gets the whole gradient"),
    (
        but(MASKED, "window.max())", "window.max()) / np.sum(window == window.max())"),
        "equal values share the gradient",
    ),
    (
        but(MASKED, "(window == window.max())", "np.ones((F, F)) / F**2"),
        "the gradient is shared by the whole window",
    ),
    (
        but(MASKED, " * (window == window.max())", ""),
        "every value of the window gets the whole gradient",
    ),
    (but(BACK, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(SEARCHED, "+=", "="), "later windows overwrite what earlier ones passed on"),
    (but(SEARCHED, "> best", ">= best"), "the last maximum gets it, not the first"),
    (
        but(
            UNRAVELLED,
            "np.unravel_index(window.argmax(), window.shape)",
            "np.argwhere(window == window.max())[-1]",
        ),
        "the last maximum gets it, not the first",
    ),
    (
        but(BACK, "a, b = divmod(np.argmax(window), F)", "b, a = divmod(np.argmax(window.T), F)"),
        "the first maximum column by column",
    ),
    (
        but(
            SEARCHED,
            "for a in range(F)",
            "for q in range(F)",
            "for b in range(F)",
            "for a in range(F)",
            "for q in",
            "for b in",
        ),
        "the first maximum column by column",
    ),
    (but(BACK, "a, b = div", "b, a = div"), "row and column of the winner are exchanged"),
    (
        but(
            BACK,
            "a, b = divmod(np.argmax(window), F)",
            "n = np.argmax(window)\n        a, b = n % F, n // F",
        ),
        "row and column of the winner are exchanged",
    ),
    (
        but(BACK, "(window), F)", "(window), S)"),
        "the winner's place is taken apart with S instead of F",
    ),
    (
        but(BACK, "(window), F)", "(window), x.shape[1])"),
        "the winner's place is taken apart with the width of x",
    ),
    (
        but(UNRAVELLED, "window.shape)", "x.shape)"),
        "the winner's place is taken apart with the width of x",
    ),
    (but(SEARCHED, "-np.inf, None", "0, (i * S, j * S)"), "the search for the largest starts at 0"),
    (but(BACK, "np.argmax(window)", "np.argmax(np.abs(window))"), "the largest magnitude gets it"),
    (but(BACK, "argmax", "argmin"), "the smallest value gets it"),
    (
        but(BACK, "+= g[i, j]", "+= g[i, j] * window[a, b]"),
        "the gradient is multiplied by the value",
    ),
    (
        but(BACK, "+= g[i, j]", "+= window.max()"),
        "the value itself stands where the gradient belongs",
    ),
    (but(BACK, "+= g[i, j]", "+= 1"), "the gradient that arrives is taken to be all ones"),
    (
        but(BACK, "[i * S + a, j * S + b]", "[a, b]"),
        "the place in the window is taken for the place in x",
    ),
    (
        but(BACK, "[i * S + a, j * S + b]", "[i + a, j + b]"),
        "the stride is left out of the winner's place",
    ),
    (but(BACK, " * S", ""), "windows start one apart"),
    (but(SEARCHED, " * S", ""), "windows start one apart"),
    (but(BACK, "* S", "* F"), "windows start F apart"),
    (
        but(BACK, "i * S + F", "i * S + S", "j * S + F", "j * S + S", "), F)", "), S)"),
        "windows of S × S instead of F × F",
    ),
    (but(SEARCHED, "range(F)", "range(S)"), None),
    (
        "grad = np.zeros(x.shape)\ngrad[np.unravel_index(x.argmax(), x.shape)] = g.sum()\n"
        "return grad",
        "the largest value of the whole input gets everything",
    ),
    (
        but(BACK, "\nreturn", "\n    return"),
        "only the first row of windows hands back: the return stands inside the loop",
    ),
    (
        but(BACK, "\nreturn", "\n        return"),
        "only the first window hands back: the return stands inside the loops",
    ),
    (
        but(BACK, "np.zeros(x.shape)", "np.zeros_like(x)"),
        "the fractions are cut off where x holds whole numbers",
    ),
    (but(MASKED, "+=", "="), None),
    (but(BACK, "np.zeros(x.shape)", "np.zeros(g.shape)"), None),
    (but(BACK, "return grad", "return grad.T"), None),
    (but(BACK, "return grad", "return grad / F**2"), None),
    (but(BACK, "return grad", "return grad.tolist()"), None),
    (but(BACK, "np.argmax(window)", "np.max(window)"), None),
    (but(BACK, "a, b = divmod(np.argmax(window), F)", "a, b = np.argmax(window)"), None),
    (but(UNRAVELLED, "window.argmax()", "x.argmax()"), None),
    ("return np.where(x == x.max(), g.sum(), 0)", None),
    ("return np.kron(g, np.ones((F, F))) * (x > 0)", None),
    (but(BACK, "np.zeros(x.shape)", "x"), None),
    (but(BACK, "np.zeros(x.shape)", "x.copy()"), None),
    (but(BACK, "+=", "-="), None),
    (but(BACK, "range(g.shape[0])", "range(x.shape[0])"), None),
    (but(BACK, "grad[i * S + a, j * S + b] += g[i, j]", "g[i, j] = grad[i, j]"), None),
    # a tolerance hands the gradient to a smaller value that happens to stand first
    (but(BACK, "np.argmax(window)", "np.argmax(np.isclose(window, window.max()))"), None),
    (but(BACK, "np.argmax(window)", "np.argmax(window >= window.max() - 1e-12)"), None),
    (but(BACK, "np.argmax(window)", "np.argmax(window.round(9))"), None),
]
