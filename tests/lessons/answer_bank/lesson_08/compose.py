"""Answers to exercise 8.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

COMPOSE = """
J, C, F, _ = u.shape
K, _, G, _ = v.shape
w = np.zeros((K, C, F + G - 1, F + G - 1))
for k in range(K):
    for c in range(C):
        for j in range(J):
            for a in range(G):
                for b in range(G):
                    w[k, c, a : a + F, b : b + F] += v[k, j, a, b] * u[j, c]
return w
"""

SCIPY = """
from scipy.signal import convolve2d
K, J = v.shape[:2]
C = u.shape[1]
return np.array([
    [sum(convolve2d(v[k, j], u[j, c]) for j in range(J)) for c in range(C)] for k in range(K)
])
"""

IMPULSE = """
J, C, F, _ = u.shape
K, _, G, _ = v.shape
padded = np.pad(u, ((0, 0), (0, 0), (G - 1, G - 1), (G - 1, G - 1)))
windows = np.lib.stride_tricks.sliding_window_view(padded, (G, G), axis=(2, 3))
return np.einsum("jcpqab,kjab->kcpq", windows, v[:, :, ::-1, ::-1])
"""

RIGHT: list[str] = [
    COMPOSE,
    SCIPY,
    IMPULSE,
    but(SCIPY, "convolve2d(v[k, j], u[j, c])", "convolve2d(u[j, c], v[k, j], mode='full')"),
]

WRONG: list[tuple[str, str | None]] = [
    (but(COMPOSE, "v[k, j, a, b]", "v[k, j, G - 1 - a, G - 1 - b]"), "v is turned around"),
    (but(IMPULSE, "v[:, :, ::-1, ::-1]", "v"), "v is turned around"),
    (but(SCIPY, "v[k, j]", "v[k, j, ::-1, ::-1]"), "v is turned around"),
    (but(COMPOSE, "u[j, c]", "u[j, c, ::-1, ::-1]"), "u is turned around"),
    (
        """
        J, C, F, _ = u.shape
        K, _, G, _ = v.shape
        w = np.zeros((K, C, F + G - 1, F + G - 1))
        for a in range(G):
            for b in range(G):
                w[:, :, a : a + F, b : b + F] = np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
        return w
        """,
        "contributions overwrite each other",
    ),
    (but(COMPOSE, "J, C, F, _ = u.shape", "J, C, F, _ = u.shape\nJ = 1"),
     "only the first map between the layers"),
    (but(SCIPY, "for j in range(J)) for c", "for j in range(J)) / J for c"),
     "the maps between the layers are averaged"),
    (but(COMPOSE, "v[k, j, a, b] * u[j, c]", "v[k, :, a, b].sum() * u[j, c]"),
     "the maps are added up before v weighs them"),
    (but(COMPOSE, "v[k, j, a, b]", "v[k, j, b, a]"), "rows and columns of v are exchanged"),
    (
        """
        J, C, F, _ = u.shape
        K, _, G, _ = v.shape
        w = np.zeros((K, C, F + G - 1, F + G - 1))
        for a in range(G):
            for b in range(G):
                w[:, :, a : a + F, b : b + F] += np.einsum("kj,jcpq->kcpq", v[:, :, a, b], u)
        cut = (G - 1) // 2
        return w[:, :, cut : cut + F, cut : cut + F]
        """,
        "the result is cut to the size of u",
    ),
    (but(SCIPY, "u[j, c])", "u[j, c], mode='same')"), None),
    (
        but(COMPOSE, "for a in range(G)", "for a in [G // 2]", "for b in range(G)",
            "for b in [G // 2]"),
        "only the middle weight of v",
    ),
    (but(COMPOSE, "return w", "return w.swapaxes(0, 1)"), "channels before filters"),
    (but(COMPOSE, "+=", "="), None),
    (but(COMPOSE, "F + G - 1, F + G - 1", "F + G, F + G"), None),
    (but(COMPOSE, "np.zeros(", "np.zeros_like("), None),
    ("return np.einsum('kjab,jcab->kcab', v, u)", "the kernels are multiplied weight by weight"),
]  # fmt: skip
