"""NumPy reference operations, each forward beside its backward, compared one to one with PyTorch.

Names, argument order and meaning are those of ``torch.nn.functional``; the first argument, which
PyTorch calls ``input``, is called ``x``. Every differentiable ``f`` has an
``f_backward(grad_output, <exactly the arguments of f>)``, which returns the gradients with respect
to the array arguments of ``f``, in their order, or a single array if ``f`` has only one. None
stands for an argument that was not given, and for one with respect to which PyTorch does not
differentiate: whole numbers such as labels and indices, the weights of classes, running
statistics.

float32 stays float32 and float64 stays float64; integers count as float64, also where PyTorch
knows no such operation on integers or does not mix them with floats; other kinds of number are
refused. Shapes and options that PyTorch refuses are refused here too, in a message that names the
operation, the argument, what was given and what was expected.
"""

from course_utils.ops.activations import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from course_utils.ops.adaptive_pooling import adaptive_avg_pool2d, adaptive_avg_pool2d_backward
from course_utils.ops.average_pooling import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
)
from course_utils.ops.batch_normalization import batch_norm, batch_norm_backward
from course_utils.ops.convolution import conv1d, conv1d_backward, conv2d, conv2d_backward
from course_utils.ops.convolve_correlate import convolve, correlate
from course_utils.ops.counts import count_macs, count_parameters
from course_utils.ops.dropout_masks import dropout, dropout_backward, dropout_mask
from course_utils.ops.fast.threads import get_num_threads, set_num_threads
from course_utils.ops.gradient_check import (
    GradientCheck,
    error_against_step,
    gradcheck,
    numerical_gradient,
)
from course_utils.ops.linear_layer import linear, linear_backward
from course_utils.ops.losses import (
    cross_entropy,
    cross_entropy_backward,
    mse_loss,
    mse_loss_backward,
)
from course_utils.ops.max_pooling import (
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from course_utils.ops.output_sizes import output_size, transposed_output_size
from course_utils.ops.padding import same_padding
from course_utils.ops.receptive_fields import ReceptiveField, receptive_field
from course_utils.ops.response_normalization import (
    local_response_norm,
    local_response_norm_backward,
)
from course_utils.ops.softmaxes import log_softmax, log_softmax_backward, softmax, softmax_backward
from course_utils.ops.toeplitz import toeplitz_matrix
from course_utils.ops.transposed_convolution import (
    conv_transpose1d,
    conv_transpose1d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
)
from course_utils.ops.unpooling import max_unpool2d, max_unpool2d_backward

__all__ = [
    "GradientCheck",
    "ReceptiveField",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_backward",
    "avg_pool1d",
    "avg_pool1d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm",
    "batch_norm_backward",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv_transpose1d",
    "conv_transpose1d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "convolve",
    "correlate",
    "count_macs",
    "count_parameters",
    "cross_entropy",
    "cross_entropy_backward",
    "dropout",
    "dropout_backward",
    "dropout_mask",
    "error_against_step",
    "get_num_threads",
    "gradcheck",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "local_response_norm",
    "local_response_norm_backward",
    "log_softmax",
    "log_softmax_backward",
    "max_pool1d",
    "max_pool1d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "max_unpool2d",
    "max_unpool2d_backward",
    "mse_loss",
    "mse_loss_backward",
    "numerical_gradient",
    "output_size",
    "receptive_field",
    "relu",
    "relu_backward",
    "same_padding",
    "set_num_threads",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "tanh",
    "tanh_backward",
    "toeplitz_matrix",
    "transposed_output_size",
]
