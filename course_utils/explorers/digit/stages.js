// The stages of the network: their numbers, and what of the input they see.

// One array for each shape, out of one that holds them all.
export function split(values, shapes) {
  let from = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    from += size;
    return values.subarray(from - size, from);
  });
}

// Pixels of the input that a unit sees: {top, left, side}, or null for all of them.
export function fieldOf(stage, [, row, column]) {
  if (!stage.field) return null;
  return {
    top: stage.offset + stage.jump * row,
    left: stage.offset + stage.jump * column,
    side: stage.field,
  };
}
