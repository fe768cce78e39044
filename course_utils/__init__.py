"""What the lessons share: tested operations, exercises, explorers and the tools around them.

Nothing heavy is imported here; a lesson imports the parts that it uses.
"""

__version__ = "0.1.0"
