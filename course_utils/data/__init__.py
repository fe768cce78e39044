"""Pictures, signals and labelled sets, each with its shape, dtype, range and source.

Pictures, signals, digits, a sample of MNIST and faces ship inside packages that the course
installs; MNIST, FashionMNIST and CIFAR-10 are fetched once where there is a network.
"""

from course_utils.data.augmentation import random_flip, random_shift
from course_utils.data.cifar_files import cifar10
from course_utils.data.dataset import Dataset
from course_utils.data.downloads import DatasetUnavailable
from course_utils.data.face_patches import faces
from course_utils.data.handwritten_digits import digits
from course_utils.data.mnist_files import fashion_mnist, mnist
from course_utils.data.mnist_sample import mnist_5k
from course_utils.data.pictures import picture, picture_names, picture_source
from course_utils.data.signals import EEG, eeg

__all__ = [
    "EEG",
    "Dataset",
    "DatasetUnavailable",
    "cifar10",
    "digits",
    "eeg",
    "faces",
    "fashion_mnist",
    "mnist",
    "mnist_5k",
    "picture",
    "picture_names",
    "picture_source",
    "random_flip",
    "random_shift",
]
