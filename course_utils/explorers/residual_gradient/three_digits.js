// For reading: 0.00123 is 1.23e−3, and what is near one stays as it is.
export function threeDigits(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 0.01 && size < 9999.5 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
  return text.replace("e+", "e").replaceAll("-", "−");
}
