"""How far a window can move, from which the mistakes of this lesson count."""


def room(N, F, P=0, d=1):
    """How far the window can move."""
    return N + 2 * P - d * (F - 1) - 1
