"""What a convolution costs: the number of its parameters and of its multiply-adds."""

from __future__ import annotations

from math import prod

from course_utils.ops.options import Ints, flag, integer, integers


def count_parameters(
    in_channels: int, out_channels: int, kernel_size: Ints = 1, groups: int = 1, bias: bool = True
) -> int:
    r"""
    Count the parameters that a convolution learns.

    .. math:: K \left( \frac{C}{g} \, k_H k_W + 1 \right)

    where the 1 is the bias. A linear layer is the case of a 1×1 kernel.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels C of the input and K of the output; both divisible by `groups`.
    kernel_size : int or (int, int), default 1
        Height and width of the kernel; one number means a square. For a signal, give ``(k, 1)``.
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
    C, K, g = _read_channels("count_parameters", in_channels, out_channels, groups)
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

    Multiplications by padding are counted; the bias is not.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels C of the input and K of the output; both divisible by `groups`.
    kernel_size : int or (int, int), default 1
        Height and width of the kernel; one number means a square.
    output_size : int or (int, int), default 1
        Height and width M of the output; one number means a square.
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
    C, K, g = _read_channels("count_macs", in_channels, out_channels, groups)
    kernel = integers("count_macs", "kernel_size", kernel_size, 2, 1)
    M = integers("count_macs", "output_size", output_size, 2, 1)
    return K * (C // g) * prod(kernel) * prod(M)


def _read_channels(operation: str, C: int, K: int, groups: int) -> tuple[int, int, int]:
    C = integer(operation, "in_channels", C, 1)
    K = integer(operation, "out_channels", K, 1)
    g = integer(operation, "groups", groups, 1)
    for name, channels in (("in_channels", C), ("out_channels", K)):
        if channels % g:
            raise ValueError(f"{operation}: groups {g} does not divide {name} {channels}")
    return C, K, g
