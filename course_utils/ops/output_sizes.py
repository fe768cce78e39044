"""Shapes before numbers: how large a result is, what it sees, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple, SupportsIndex

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
    input and its leading padding is dropped, as PyTorch's pooling does.

    Parameters
    ----------
    n : int
        Size N of the input.
    f : int
        Size F of the filter or window.
    stride : int, default 1
        Step S from one position to the next.
    padding : int or (int, int), default 0
        Samples P added on each side; a pair adds its first before and its second after.
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
        (with `ceil_mode`, if not even a part of it has a place).
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
    if ceil and N + before <= (M - 1) * S:  # that window would see only padding at the end
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
    Size of a transposed convolution's result along one axis.

    .. math:: N = (M - 1) S - 2P + d(F - 1) + p_{out} + 1

    Several input sizes N share one output size M when S > 1, because of the floor;
    `output_padding` says which of them is meant.

    Parameters
    ----------
    n : int
        Size M of what is transposed back.
    f : int
        Size F of the filter.
    stride : int, default 1
        Step S of the convolution whose transpose it is.
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
            f"transposed_output_size: padding {P} takes away all there is: "
            f"n={M}, f={F}, stride={S}, dilation={d} give size {N}"
        )
    return N


def same_padding(f: int, dilation: int = 1) -> tuple[int, int]:
    """
    Padding that keeps the size at stride 1, as PyTorch's ``padding="same"``.

    d(F − 1) samples are added in all. When that is odd, the extra one goes to the end; a symmetric
    P = (F − 1)/2 exists only where d(F − 1) is even.

    Parameters
    ----------
    f : int
        Size F of the filter.
    dilation : int, default 1
        Distance d between neighbouring samples of the filter.

    Returns
    -------
    before, after : int
        Samples to add on each side.

    Raises
    ------
    ValueError
        If an option is less than 1.
    TypeError
        If an option is not a whole number.

    Examples
    --------
    >>> same_padding(5), same_padding(4), same_padding(4, dilation=2)
    ((2, 2), (1, 2), (3, 3))
    """
    total = integer("same_padding", "dilation", dilation, 1) * (
        integer("same_padding", "f", f, 1) - 1
    )
    return total // 2, total - total // 2


class ReceptiveField(NamedTuple):
    """
    What one position of a layer's output sees of the network's input, along one axis.

    Position i sees the input samples ``offset + i * jump`` up to and including
    ``offset + i * jump + size - 1``.
    """

    size: int
    """Number of input samples seen, from the first to the last."""
    jump: int
    """Distance in the input between the fields of neighbouring positions."""
    offset: int
    """First input sample that position 0 sees; negative where it reaches into the padding."""


def receptive_field(
    layers: Iterable[SupportsIndex | Sequence[SupportsIndex]],
) -> list[ReceptiveField]:
    r"""
    Receptive field after each of a stack of layers, along one axis.

    .. math::
        r_l = r_{l-1} + d_l (F_l - 1) j_{l-1}, \qquad
        j_l = j_{l-1} S_l, \qquad
        o_l = o_{l-1} - P_l j_{l-1}

    from :math:`r_0 = j_0 = 1` and :math:`o_0 = 0`.

    Parameters
    ----------
    layers : iterable of int or sequence of int
        For each convolution or pooling layer its kernel F, or a row
        (kernel F, stride S, padding P, dilation d), of which the end may be left out
        (S = 1, P = 0, d = 1).

    Returns
    -------
    list of ReceptiveField
        One (size, jump, offset) per layer.

    Raises
    ------
    ValueError
        If a row is empty, has more than four entries, or one out of range.
    TypeError
        If an entry is not a whole number.

    References
    ----------
    .. [1] A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural
       networks", Distill, 2019. https://distill.pub/2019/computing-receptive-fields/

    Examples
    --------
    Two 3×3 layers see as much as one 5×5:

    >>> receptive_field([3, 3])[-1].size == receptive_field([5])[-1].size
    True
    >>> receptive_field([(11, 4, 2), (3, 2)])
    [ReceptiveField(size=11, jump=4, offset=-2), ReceptiveField(size=19, jump=8, offset=-2)]
    """
    names, least, defaults = ("kernel", "stride", "padding", "dilation"), (1, 1, 0, 1), (1, 0, 1)
    field = ReceptiveField(size=1, jump=1, offset=0)
    fields = []
    for index, layer in enumerate(layers):
        row = tuple(layer) if isinstance(layer, Sequence) else (layer,)
        if not 1 <= len(row) <= 4:
            raise ValueError(
                f"receptive_field: layer {index} is {layer!r}, "
                "expected a kernel size or (kernel, stride, padding, dilation)"
            )
        F, S, P, d = (
            integer("receptive_field", f"{name} of layer {index}", value, smallest)
            for name, value, smallest in zip(
                names, row + defaults[len(row) - 1 :], least, strict=True
            )
        )
        field = ReceptiveField(
            size=field.size + d * (F - 1) * field.jump,
            jump=field.jump * S,
            offset=field.offset - P * field.jump,
        )
        fields.append(field)
    return fields


def count_parameters(
    in_channels: int, out_channels: int, kernel_size: Ints = 1, groups: int = 1, bias: bool = True
) -> int:
    r"""
    Count what a convolution has to learn.

    .. math:: K \left( \frac{C}{g} \, k_H k_W + 1 \right)

    the one being the bias. A linear layer is the case of a 1×1 kernel.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels C of the input and K of the output; both divisible by `groups`.
    kernel_size : int or (int, int), default 1
        Kernel height and width; one number means a square. For one axis, give ``(k, 1)``.
    groups : int, default 1
        Number g of groups.
    bias : bool, default True
        Whether each output channel has a bias.

    Returns
    -------
    int
        The number of parameters.

    Raises
    ------
    ValueError
        If an option is out of range or `groups` does not divide the channels.
    TypeError
        If an option is not a whole number.

    Examples
    --------
    >>> count_parameters(3, 64, 7, bias=False)
    9408
    >>> count_parameters(512 * 7 * 7, 4096)
    102764544
    """
    C, K, g = _channels("count_parameters", in_channels, out_channels, groups)
    kernel = integers("count_parameters", "kernel_size", kernel_size, 2, 1)
    return K * (C // g * prod(kernel) + int(flag("count_parameters", "bias", bias)))


def count_macs(
    in_channels: int,
    out_channels: int,
    kernel_size: Ints = 1,
    output_size: Ints = 1,
    groups: int = 1,
) -> int:
    r"""
    Count the multiply-adds of a convolution on one image.

    .. math:: K \, \frac{C}{g} \, k_H k_W \, M_H M_W

    Multiplications with padding are counted; the bias is not.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels C of the input and K of the output; both divisible by `groups`.
    kernel_size : int or (int, int), default 1
        Kernel height and width; one number means a square.
    output_size : int or (int, int), default 1
        Height and width M of the output.
    groups : int, default 1
        Number g of groups.

    Returns
    -------
    int
        The number of multiplications, each with its addition.

    Raises
    ------
    ValueError
        If an option is out of range or `groups` does not divide the channels.
    TypeError
        If an option is not a whole number.

    Examples
    --------
    >>> count_macs(3, 64, 7, 112)
    118013952
    """
    C, K, g = _channels("count_macs", in_channels, out_channels, groups)
    kernel = integers("count_macs", "kernel_size", kernel_size, 2, 1)
    M = integers("count_macs", "output_size", output_size, 2, 1)
    return K * (C // g) * prod(kernel) * prod(M)


def _channels(operation: str, C: int, K: int, groups: int) -> tuple[int, int, int]:
    C = integer(operation, "in_channels", C, 1)
    K = integer(operation, "out_channels", K, 1)
    g = integer(operation, "groups", groups, 1)
    for name, channels in (("in_channels", C), ("out_channels", K)):
        if channels % g:
            raise ValueError(f"{operation}: groups {g} does not divide {name} {channels}")
    return C, K, g
