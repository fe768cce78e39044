"""The windows of kernels and pools."""


def span(side: int, dilation: int) -> int:
    """Cells that a dilated kernel covers along one axis: d (F − 1) + 1."""
    return dilation * (side - 1) + 1
