"""What one position of a network's output sees of its input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, SupportsIndex

from course_utils.ops.options import integer


class ReceptiveField(NamedTuple):
    """
    The part of the network's input that one position of a layer's output sees, along one axis.

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
    Compute the receptive field after each layer of a stack, along one axis.

    .. math::
        r_l = r_{l-1} + d_l (F_l - 1) j_{l-1}, \qquad
        j_l = j_{l-1} S_l, \qquad
        o_l = o_{l-1} - P_l j_{l-1}

    starting from :math:`r_0 = j_0 = 1` and :math:`o_0 = 0`.

    Parameters
    ----------
    layers : iterable of int or sequence of int
        For each convolution or pooling layer its kernel F, or a row
        (kernel F, stride S, padding P, dilation d) whose end may be left out
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
