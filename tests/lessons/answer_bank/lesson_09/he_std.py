"""Answers to exercise 9.1, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

HE = "return np.sqrt(2 / np.prod(shape[1:]))"

HE_LOOP = """
terms = 1
for size in shape[1:]:
    terms *= size
return (2 / terms) ** 0.5
"""

HE_CASES = """
K, C = shape[:2]
area = 1 if len(shape) == 2 else np.prod(shape[2:])
return np.sqrt(2.0 / (C * area))
"""

RIGHT: list[str] = [
    HE,
    HE_LOOP,
    HE_CASES,
    "import math\nreturn math.sqrt(2 / math.prod(shape[1:]))",
    "return np.sqrt(2 * shape[0] / np.prod(shape))",
    "return float(np.sqrt(2) / np.sqrt(np.zeros(shape[1:]).size))",
    "return (np.prod(shape[1:]) / 2) ** -0.5",
    "import functools\nreturn np.sqrt(2 / functools.reduce(lambda a, b: a * b, shape[1:]))",
    "return np.sqrt(2 / np.empty(shape)[0].size)",
]

WRONG: list[tuple[str, str | None]] = [
    ("return 2 / np.prod(shape[1:])", "the variance instead of its root"),
    (but(HE_LOOP, " ** 0.5", ""), "the variance instead of its root"),
    ("return 1 / np.sqrt(np.prod(shape[1:]))", "without the 2"),
    ("K, area = shape[0], np.prod(shape[2:])\nreturn np.sqrt(2 / (K * area))",
     "outputs counted instead of inputs"),
    (but(HE_CASES, "C * area", "K * area"), "outputs counted instead of inputs"),
    ("fan_in = shape[1]\nreturn np.sqrt(2 / fan_in)", "the kernel's area is left out"),
    ("n = shape[0]\nreturn np.sqrt(2 / n)", "the number of filters is used"),
    (but(HE, "shape[1:]", "shape[2:]"), "only the kernel's area is counted"),
    (but(HE, "shape[1:]", "shape"), "all the weights of the layer are counted"),
    (but(HE_LOOP, "shape[1:]", "shape"), "all the weights of the layer are counted"),
    ("area = np.prod(shape[2:])\nfan_in, fan_out = shape[1] * area, shape[0] * area\n"
     "return np.sqrt(2 / (fan_in + fan_out))",
     "Xavier's rule"),
    ("return 2 / np.sqrt(np.prod(shape[1:]))", "the 2 outside the root"),
    ("return 1 / np.sqrt(2 * np.prod(shape[1:]))", "divided by 2 instead of multiplied"),
    (but(HE, "shape[1:]", "shape[1:3]"), "one side of the kernel is forgotten"),
    ("return np.sqrt(np.prod(shape[1:]) / 2)", "upside down"),
    ("K, C, kH, kW = shape\nreturn np.sqrt(2 / (C * kH * kW))", "the shape is unpacked into four"),
    ("n = shape[1] * shape[2] * shape[3]\nreturn np.sqrt(2 / n)", "a fourth axis is always read"),
    (but(HE, "np.prod", "np.sum"), "the axes are added instead of multiplied"),
    ("n = 0\nfor size in shape[1:]:\n    n += size\nreturn np.sqrt(2 / n)",
     "the axes are added instead of multiplied"),
    (but(HE, "shape[1:]", "shape[:-1]"), "the last axis is left out instead of the first"),
    ("return np.sqrt(2 * np.prod(shape[1:]))", "multiplied by the fan in"),
    ("return np.sqrt(2) / np.prod(shape[1:])", "the root of the 2 alone"),
    (but(HE, "2 /", "6 /"), "the bound of a uniform draw"),
    (but(HE_CASES, "len(shape) == 2", "len(shape) < 4", "np.prod(shape[2:])", "shape[2] ** 2"),
     None),
    (but(HE, "shape[1:]", "shape[1:-1]"), None),
    (but(HE, "2 /", "3 /"), None),
    (but(HE, "2 /", "2 //"), None),
    ("return np.sqrt(2 / shape[1:])", None),
    ("return np.random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)", None),
    ("return np.sqrt(2 / len(shape))", None),
    (but(HE_CASES, "K, C = shape[:2]", "C, K = shape[:2]", "C * area", "C + area"), None),
]  # fmt: skip
