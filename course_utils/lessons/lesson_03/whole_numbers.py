"""Why a float is not right, where a size or a place is asked for."""

FLOATS = (
    "/, np.floor, np.ceil and math.fmod give a float even where the number is whole. Sizes and "
    "places are used as lengths and indices, and these have to be ints: divide with //, or put "
    "int(...) around the result."
)
