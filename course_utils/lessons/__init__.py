"""The exercises of every lesson: one folder a lesson, one file an exercise.

A file reads from top to bottom: the model solution as the learner sees it, the `Exercise` with its
cases and hints, then each misconception as one piece, name, reason and wrong function together.
Lesson NN lists its exercises, in their order, as ``lesson_NN.EXERCISES``; the engine in
``course_utils.exercises`` imports a lesson when one of its exercises is first asked for.
"""
