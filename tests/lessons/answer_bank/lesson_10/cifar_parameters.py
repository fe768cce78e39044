"""Answers to exercise 10.6, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

COUNT = """
n = (depth - 2) // 6
total = 9 * 3 * 16 + 2 * 16
C = 16
for K in (16, 32, 64):
    total += 9 * C * K + 2 * K
    total += (2 * n - 1) * (9 * K * K + 2 * K)
    if shortcut == "B" and C != K:
        total += C * K + 2 * K
    C = K
total += 64 * 10 + 10
return total
"""

COUNT_LAYERS = """
n = (depth - 2) // 6
channels = [3, 16] + [16] * (2 * n) + [32] * (2 * n) + [64] * (2 * n)
layers = [(C, K, 3) for C, K in zip(channels, channels[1:])]
if shortcut == "B":
    layers += [(16, 32, 1), (32, 64, 1)]
total = 0
for C, K, k in layers:
    total += K * C * k * k
    total += 2 * K
return total + 10 * (64 + 1)
"""

COUNT_BLOCKS = """
def conv_bn(C, K, area=9):
    return K * C * area + K + K

def basic(C, K):
    return conv_bn(C, K) + conv_bn(K, K)

n = (depth - 2) // 6
total, C = conv_bn(3, 16), 16
for K in (16, 32, 64):
    for _ in range(n):
        total += basic(C, K)
        if shortcut == "B" and C != K:
            total += conv_bn(C, K, 1)
        C = K
return total + 64 * 10 + 10
"""

RIGHT: list[str] = [
    COUNT,
    COUNT_LAYERS,
    COUNT_BLOCKS,
    but(COUNT, "(depth - 2) // 6", "depth // 6"),
    but(COUNT, "return total", "return np.sum([total])"),
    but(COUNT, "(depth - 2) // 6", "round((depth - 2) / 6)"),
    "n = depth // 6\nreturn 97216 * n - 21926 + 2752 * (shortcut == 'B')",
    """
    n = (depth - 2) // 6
    return 464 + sum(
        (C * 9 + 2) * K + (2 * n - 1) * (K * 9 + 2) * K
        for C, K in [(16, 16), (16, 32), (32, 64)]
    ) + 650 + {"A": 0, "B": 2752}[shortcut]
    """,
    """
    from course_utils.nn.models import CifarResNet
    return CifarResNet(depth, shortcut, rng=None).count_parameters()
    """,
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(COUNT, " + 2 * K", "", " + 2 * 16", ""), "normalisations are not counted"),
    (but(COUNT_LAYERS, "    total += 2 * K\n", ""), "normalisations are not counted"),
    (but(COUNT_LAYERS, "total += 2 * K", "total += K"), "one number for each normalised map"),
    (but(COUNT_BLOCKS, "+ K + K", "+ 4 * K"), "running statistics are counted"),
    (but(COUNT_BLOCKS, "+ K + K", "+ K + 2 * K"), "convolutions with biases"),
    (but(COUNT, 'shortcut == "B"', "False"), "the shortcut does not matter"),
    (but(COUNT, 'shortcut == "B" and ', ""), "projections always"),
    (but(COUNT, '== "B"', '== "A"'), "A and B exchanged"),
    (but(COUNT_BLOCKS, "conv_bn(C, K, 1)", "C * K"),
     "projections without normalisation"),
    (but(COUNT_BLOCKS, "conv_bn(C, K, 1)", "conv_bn(C, K)"),
     "projections of 3 × 3"),
    (but(COUNT, " and C != K", ""), "a projection in each stage"),
    (but(COUNT_BLOCKS, " and C != K", ""), "a projection in each block"),
    (but(COUNT, " + 10\n", "\n"), "the dense layer's bias is left out"),
    (but(COUNT_BLOCKS, " + 64 * 10 + 10", ""), "the dense layer is left out"),
    (but(COUNT, "9 * C * K", "9 * K * K"), "every convolution of a stage has equal channels"),
    (but(COUNT_BLOCKS, " + conv_bn(K, K)", ""), "one convolution in each block"),
    (but(COUNT_LAYERS, "(2 * n)", "n"), "one convolution in each block"),
    (but(COUNT, "9 * 3 * 16 + 2 * 16", "0"), "the first layer is left out"),
    (but(COUNT, "(depth - 2) // 6", "depth // 6 + 1"), "one block too many"),
    (but(COUNT_BLOCKS, "range(n)", "range(n + 1)"), "one block too many"),
    (but(COUNT, "9 * 3 * 16", "9 * 16"), "grey pictures"),
    (but(COUNT, "2 * n - 1", "2 * n"), "2n convolutions after the first of a stage"),
    (but(COUNT, "64 * 10 + 10", "8 * 8 * 64 * 10 + 10"), "the dense layer sees every pixel"),
    (but(COUNT, " + 2 * 16", ""), "the first layer is not normalised"),
    (but(COUNT, "C = 16\nfor", "C = 3\nfor"), "the first stage sees the colours"),
    (but(COUNT_BLOCKS, "return conv_bn(C, K) + conv_bn(K, K)", "return conv_bn(C, K) + K * K * 9"),
     "one normalisation in each block"),
    (but(COUNT, "(9 * K * K + 2 * K)", "9 * K * K"), "one normalisation in each stage"),
    (but(COUNT, "9 * C * K + 2 * K", "9 * C * K"),
     "the normalisation of a stage's first convolution is left out"),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) // 2"), "n = (depth − 2) / 2"),
    (but(COUNT, "    C = K\n", ""), "the last stage sees 16 channels"),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) / 6"), None),
    (but(COUNT_BLOCKS, "(depth - 2) // 6", "(depth - 2) / 6"), None),
    (but(COUNT, "(depth - 2) // 6", "depth"), None),
    (but(COUNT, "(depth - 2) // 6", "(depth - 2) // 3"), None),
    (but(COUNT, "\n    C = K\ntotal", "\n    C = K\n    total"), None),
    (but(COUNT, "return total", "return total / 1e6"), None),
    (but(COUNT_BLOCKS, "K * C * area", "K * area"),
     "filters are taken for flat, without the depth C"),
    (but(COUNT, "9 * ", "3 * "), None),
    (but(COUNT, "(16, 32, 64)", "(64, 128, 256, 512)"), None),
    (but(COUNT, "\nreturn", "\n    return", "total += 64", "    total += 64"), None),
    (but(COUNT_BLOCKS, "        C = K\n", ""), None),
    (but(COUNT, "64 * 10 + 10", "64 * 100 + 100"), None),
]  # fmt: skip
