"""How large a result is: the size of a convolution or a pool along one axis, and the way back."""

from __future__ import annotations

from course_utils.ops.options import Ints, flag, integer, integers


def output_size(
    n: int,
    f: int,
    stride: int = 1,
    padding: Ints = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    r"""
    Count the positions of a window along one axis.

    .. math:: M = \left\lfloor \frac{N + 2P - d(F-1) - 1}{S} \right\rfloor + 1

    With `ceil_mode` the division is rounded up, and a last window that would begin beyond the
    input and its leading padding is dropped, as in PyTorch's pooling.

    Parameters
    ----------
    n : int
        Size N of the input.
    f : int
        Size F of the filter or window.
    stride : int, default 1
        Step S from one position to the next.
    padding : int or (int, int), default 0
        Samples P added on each side; of a pair, the first is added before and the second after.
    dilation : int, default 1
        Distance d between neighbouring samples of the filter.
    ceil_mode : bool, default False
        Round up instead of down.

    Returns
    -------
    int
        The number M of positions, at least 1.

    Raises
    ------
    ValueError
        If an option is out of range, or if the dilated filter is larger than the padded input
        (with `ceil_mode`, if not even a part of it fits).
    TypeError
        If an option is not a whole number.

    See Also
    --------
    transposed_output_size : the size in the other direction.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html

    Examples
    --------
    >>> output_size(224, 7, stride=2, padding=3)
    112
    >>> output_size(6, 3, stride=2), output_size(6, 3, stride=2, ceil_mode=True)
    (2, 3)
    >>> output_size(4, 5)
    Traceback (most recent call last):
        ...
    ValueError: output_size: a filter of 5 (dilation 1: it spans 5) does not fit into 4 samples
    """
    N = integer("output_size", "n", n, 0)
    F = integer("output_size", "f", f, 1)
    S = integer("output_size", "stride", stride, 1)
    before, after = integers("output_size", "padding", padding, 2, 0)
    d = integer("output_size", "dilation", dilation, 1)
    ceil = flag("output_size", "ceil_mode", ceil_mode)
    span, padded = d * (F - 1) + 1, N + before + after
    M = (padded - span + (S - 1 if ceil else 0)) // S + 1
    if ceil and N + before <= (M - 1) * S:  # the last window would see only padding
        M -= 1
    if M < 1:
        into = f"{N} samples" + (f" padded to {padded}" if padded != N else "")
        raise ValueError(
            f"output_size: a filter of {F} (dilation {d}: it spans {span}) does not fit into {into}"
        )
    return M


def transposed_output_size(
    n: int,
    f: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    r"""
    Compute the size of a transposed convolution's result along one axis.

    .. math:: N = (M - 1) S - 2P + d(F - 1) + p_{out} + 1

    Several input sizes N share one output size M when S > 1, because of the floor;
    `output_padding` says which of them is meant.

    Parameters
    ----------
    n : int
        Size M of the input, which is the output of the convolution that is transposed.
    f : int
        Size F of the filter.
    stride : int, default 1
        Step S of that convolution.
    padding : int, default 0
        Padding P of that convolution.
    output_padding : int, default 0
        Samples added at the end, fewer than `stride` or fewer than `dilation`.
    dilation : int, default 1
        Distance d between neighbouring samples of the filter.

    Returns
    -------
    int
        The size N, at least 1.

    Raises
    ------
    ValueError
        If an option is out of range or if padding leaves nothing.
    TypeError
        If an option is not a whole number.

    See Also
    --------
    output_size : the size in the forward direction.

    References
    ----------
    .. [1] https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html

    Examples
    --------
    >>> [output_size(n, 3, stride=2, padding=1) for n in (7, 8)]
    [4, 4]
    >>> [transposed_output_size(4, 3, 2, 1, output_padding=p) for p in (0, 1)]
    [7, 8]
    """
    M = integer("transposed_output_size", "n", n, 0)
    F = integer("transposed_output_size", "f", f, 1)
    S = integer("transposed_output_size", "stride", stride, 1)
    P = integer("transposed_output_size", "padding", padding, 0)
    extra = integer("transposed_output_size", "output_padding", output_padding, 0)
    d = integer("transposed_output_size", "dilation", dilation, 1)
    if extra >= max(S, d):
        raise ValueError(
            f"transposed_output_size: output_padding is {extra}, "
            f"expected less than stride {S} or dilation {d}"
        )
    N = (M - 1) * S - 2 * P + d * (F - 1) + extra + 1
    if N < 1:
        raise ValueError(
            f"transposed_output_size: padding {P} leaves nothing: "
            f"n={M}, f={F}, stride={S}, dilation={d} give size {N}"
        )
    return N
