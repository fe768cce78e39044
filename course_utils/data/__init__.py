"""Pictures, signals and labelled sets, with shape, dtype, range and source written down.

What stands here without a word about a network ships inside the course's dependencies.
"""

from course_utils.data.dataset import Dataset
from course_utils.data.digits import digits
from course_utils.data.faces import faces
from course_utils.data.pictures import picture, picture_names, picture_source
from course_utils.data.signals import EEG, eeg

__all__ = [
    "EEG",
    "Dataset",
    "digits",
    "eeg",
    "faces",
    "picture",
    "picture_names",
    "picture_source",
]
