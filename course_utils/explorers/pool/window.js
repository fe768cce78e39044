// The window of an output: its cells, and in words how its value is made and its gradient handed back.
import { clamp, formatNumber, superscript } from "../shared/numbers.js";

// The window of output (i, j): its cells in the input, whether they are there, value and share.
export function windowAt({ moved, kernel_size, stride, padding, shares }, [i, j]) {
  const [rows, columns] = kernel_size;
  return Array.from({ length: rows * columns }, (_, n) => {
    const [a, b] = [Math.floor(n / columns), n % columns];
    const cell = [i * stride[0] - padding[0] + a, j * stride[1] - padding[1] + b];
    const x = moved[cell[0]]?.[cell[1]];
    return { cell, real: x !== undefined, x, share: shares[i][j][n] };
  });
}

// The output whose window is centred nearest to a cell of the input.
export function outputNear({ kernel_size, stride, padding, output }, cell) {
  const shape = [output.length, output[0].length];
  return cell.map((at, k) =>
    clamp(Math.round((at + padding[k] - (kernel_size[k] - 1) / 2) / stride[k]), 0, shape[k] - 1),
  );
}

// How an output is made: "= max(2, 1, 0, 2), reached 2 times".
export function forwardWords({ kind, p, count_include_pad: all }, window, tied) {
  const values = window.filter(({ real }) => real).map(({ x }) => formatNumber(x));
  if (kind === "max") {
    return `= max(${values.join(", ")})${tied > 1 ? `, reached ${tied} times` : ""}`;
  }
  if (kind === "average") {
    return `= (${values.join(" + ")}) / ${all ? window.length : values.length}`;
  }
  const powers = values.map((value) => `|${value}|${p === 1 ? "" : superscript(p)}`).join(" + ");
  return p === 1 ? `= ${powers}` : `= (${powers})^(1/${p})`;
}

// Where the upstream gradient `g` of an output `y` goes: "g[0, 1] = 3 goes to x[0, 2]".
export function backwardWords({ kind, p }, window, [i, j], g, y) {
  const taking = window.filter(({ real, share }) => real && share !== 0);
  const start = `g[${i}, ${j}] = ${formatNumber(g)}`;
  if (kind === "lp") {
    if (!taking.length) return `${start} goes nowhere: all are zero`;
    const ratio = p === 1 ? "" : ` · (|x| / ${formatNumber(y)})${superscript(p - 1)}`;
    return `${start}: each cell gets g · sign(x)${ratio}`;
  }
  if (kind === "max" && taking.length === 1) {
    return `${start} goes to x[${taking[0].cell.join(", ")}]`;
  }
  const each = formatNumber(g * taking[0].share);
  const lost = kind === "average" && Math.abs(taking.length * taking[0].share - 1) > 1e-9;
  const rest = lost ? ", the rest to the padding" : "";
  return `${start}: ${each} to each of ${taking.length} cells${rest}`;
}
