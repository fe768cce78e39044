"""Answers to exercise 9.5, right and wrong."""

from tests.lessons.answer_bank.small_changes import but

FOLDED = """
scale = gamma / np.sqrt(var + eps)
new_weight = weight * scale[:, None, None, None]
new_bias = (bias - mean) * scale + beta
return new_weight, new_bias
"""

FOLDED_LOOP = """
K = weight.shape[0]
new_weight, new_bias = np.zeros(weight.shape), np.zeros(K)
for k in range(K):
    s = (var[k] + eps) ** 0.5
    new_weight[k] = gamma[k] * weight[k] / s
    new_bias[k] = gamma[k] * (bias[k] - mean[k]) / s + beta[k]
return new_weight, new_bias
"""

FOLDED_MATRIX = """
scale = np.diag(gamma * (var + eps) ** -0.5)
rows = weight.reshape(len(weight), -1)
return (scale @ rows).reshape(weight.shape), scale @ (bias - mean) + beta
"""

RIGHT: list[str] = [
    FOLDED,
    FOLDED_LOOP,
    FOLDED_MATRIX,
    but(FOLDED, "weight * scale[:, None, None, None]", "np.einsum('kcij,k->kcij', weight, scale)"),
    but(FOLDED, "weight * scale[:, None, None, None]", "weight * scale.reshape(-1, 1, 1, 1)"),
    but(FOLDED, "weight * scale[:, None, None, None]", "(weight.T * scale).T"),
    but(FOLDED, "(bias - mean) * scale + beta", "bias * scale + (beta - mean * scale)"),
    but(FOLDED, "weight * scale[:, None, None, None]",
        "np.array([s * filter for s, filter in zip(scale, weight)])"),
]  # fmt: skip

WRONG: list[tuple[str, str | None]] = [
    (but(FOLDED, "(bias - mean) * scale + beta", "bias - mean * scale + beta"),
     "the convolution's bias is not scaled"),
    (but(FOLDED, "(bias - mean) * scale + beta", "beta - mean * scale"),
     "the convolution's bias is lost"),
    (but(FOLDED, "(bias - mean) * scale", "bias * scale"), "the mean is lost"),
    (but(FOLDED, " * scale + beta", " * scale"), "β is lost"),
    (but(FOLDED, "gamma / np.sqrt", "1 / np.sqrt"), "γ is lost"),
    (but(FOLDED_LOOP, " ** 0.5", ""), "divided by the variance"),
    (but(FOLDED, "np.sqrt(var + eps)", "np.sqrt(var)"), "ε is left out"),
    (but(FOLDED, "bias - mean", "bias + mean"), "the mean is added"),
    (but(FOLDED, "(bias - mean) * scale + beta", "(bias - mean + beta) * scale"), "β is scaled"),
    (but(FOLDED, "return new_weight", "return weight"), "the weights are left as they were"),
    (but(FOLDED, "scale[:, None, None, None]", "scale"),
     "the scale along the last axis of the weights"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[None, :, None, None]"),
     "the scale along the input channels"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[:, None, None]"),
     "the scale along the input channels"),
    (but(FOLDED, "scale[:, None, None, None]", "scale[:, None]"),
     "the scale along the rows of the kernel"),
    (but(FOLDED, "np.sqrt(var + eps)", "(np.sqrt(var) + eps)"), "ε outside the root"),
    (but(FOLDED, "(bias - mean) * scale + beta", "bias - mean + beta"),
     "neither bias nor mean is scaled"),
    (but(FOLDED, "(bias - mean) * scale + beta", "bias * scale - mean + beta"),
     "the mean is not scaled"),
    (but(FOLDED, "return new_weight, new_bias", "return new_weight, bias"),
     "the bias is left as it was"),
    (but(FOLDED, "gamma / np.sqrt", "gamma * np.sqrt"), "multiplied by the standard deviation"),
    (but(FOLDED, "gamma / np", "beta / np", "+ beta", "+ gamma"), "γ and β exchanged"),
    (but(FOLDED, "new_weight = weight * scale[:, None, None, None]",
         "weight *= scale[:, None, None, None]", "return new_weight", "return weight"),
     "the weights are overwritten"),
    ("""
     scale = gamma / np.sqrt(var + eps)
     for k in range(len(weight)):
         weight[k] = weight[k] * scale[k]
     return weight, (bias - mean) * scale + beta
     """,
     "the fractions of the weights are cut off"),
    (but(FOLDED_LOOP, "np.zeros(weight.shape)", "np.zeros_like(weight)"),
     "the fractions of the weights are cut off"),
    (but(FOLDED_LOOP, "np.zeros(weight.shape)", "np.zeros_like(weight)", "np.zeros(K)",
         "np.zeros_like(bias)"),
     "the fractions of weights and bias are cut off"),
    (but(FOLDED, "return new_weight, new_bias", "return new_bias, new_weight"), None),
    (but(FOLDED, "weight * scale", "(weight - mean[:, None, None, None]) * scale"), None),
    (but(FOLDED, "new_bias = (bias - mean) * scale + beta", "new_bias = scale + beta"), None),
    (but(FOLDED, "gamma / np.sqrt(var + eps)", "gamma / np.sqrt(weight.var() + eps)"), None),
    (but(FOLDED, "weight * scale", "weight + scale"), None),
    (but(FOLDED, "(bias - mean)", "(mean - bias)"), None),
    (but(FOLDED_LOOP, "gamma[k] * (bias[k]", "(bias[k]"), "γ is lost in the bias"),
    (but(FOLDED_LOOP, "gamma[k] * weight[k]", "weight[k]"), "γ is lost in the weights"),
    (but(FOLDED_LOOP, "- mean[k]) / s", "- mean[k])"),
     "the bias is multiplied by γ, but not divided"),
    (but(FOLDED_LOOP, "gamma[k] * (bias[k] - mean[k]) / s", "gamma[k] * bias[k] - mean[k] / s"),
     None),
    (but(FOLDED_LOOP, "\nreturn", "\n    return"), None),
]  # fmt: skip
