"""Pictures, signals and labelled sets, with shape, dtype, range and source written down.

What stands here without a word about a network ships inside the course's dependencies.
"""

from course_utils.data.dataset import Dataset
from course_utils.data.pictures import picture, picture_names, picture_source
from course_utils.data.signals import EEG, eeg

__all__ = [
    "EEG",
    "Dataset",
    "eeg",
    "picture",
    "picture_names",
    "picture_source",
]
