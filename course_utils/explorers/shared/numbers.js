// Numbers: how they are read, written and stepped.

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// A number for reading: at most `digits` decimals, no trailing zeros, a true minus sign.
export function formatNumber(value, digits = 3) {
  return plainNumber(value, digits).replace("-", "−");
}

// The same for a field, where it is typed over: an ASCII minus.
export function plainNumber(value, digits = 4) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 0.5 * 10 ** -digits)) return value.toExponential(1);
  const text = value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

// For a small cell: fixed decimals and no leading zero (−.16), so that "0" is exactly zero and ".00"
// is not. `trim` drops zeros at the end.
export function cellNumber(value, digits, narrow = false, trim = false) {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 999.5) return plainNumber(Math.round(value), 0).replace("-", "−");
  if (value === 0) return "0";
  if (Number.isInteger(value)) return formatNumber(value, 0);
  const places =
    Math.abs(value) >= 99.5 ? 0 : Math.abs(value) >= 9.95 ? Math.min(digits, 1) : digits;
  let text = value.toFixed(places).replace("-", "−");
  if (trim && Number(value.toFixed(places)) !== 0)
    text = text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return narrow ? text.replace(/^(−?)0\./, "$1.") : text;
}

// What was typed, as {value} or {problem: words}. Takes 1/9, .5, 1e-3 and a true minus sign.
export function parseNumber(text) {
  const typed = String(text).trim().replace(/[−–]/g, "-");
  if (typed === "") return { problem: "the field is empty: type a number such as -1, 0.5 or 1/9" };
  const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (/^[+-]?\d+,\d+$/.test(typed)) {
    return {
      problem: `“${typed}” has a comma: write the decimal point, ${typed.replace(",", ".")}`,
    };
  }
  const parts = typed.split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => plain.test(part))) {
    return { problem: `“${typed}” is not a number: type one such as -1, 0.5 or 1/9` };
  }
  if (parts.length === 2 && Number(parts[1]) === 0)
    return { problem: `“${typed}” divides by zero` };
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? { value } : { problem: `“${typed}” is too large` };
}

// Whole numbers only, for strides and sizes.
export function parseWhole(text) {
  const typed = String(text).trim();
  if (/^[+-]?\d+$/.test(typed)) return { value: Number(typed) };
  return { problem: `“${typed}” is not a whole number` };
}

// Add a step and land on a multiple of it where the value is near one: 0.30000000000000004 is 0.3.
export function nudge(value, step) {
  const next = value + step;
  return Number(next.toFixed(6));
}

const RAISED = Object.fromEntries([..."-0123456789"].map((sign, n) => [sign, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"[n]]));
export const superscript = (whole) => [...String(whole)].map((sign) => RAISED[sign]).join("");
