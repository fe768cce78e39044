// Numbers and places in words.
import { formatNumber } from "../shared/numbers.js";
import { fieldOf } from "./stages.js";

export const percent = (p) => `${(100 * p).toFixed(1)} %`;
export const tenths = (v) => (Math.abs(v) < 0.05 ? "0.0" : v.toFixed(1).replace("-", "−"));
export const shortNumber = (value) => formatNumber(value, Math.abs(value) < 0.1 ? 4 : 2);

// What a patch of the occlusion map says: {words, box}, box being the pixels that it covers.
export function patchWords({ patch, patch_step: step, scores, target }, [, i, j], fall) {
  const box = { top: step * i, left: step * j, side: patch };
  const [without, score] = [scores[target] - fall, scores[target]].map(shortNumber);
  const words = `Without ${spanOf(box)} the score of ${target} is ${without} instead of ${score}.`;
  return { words, box };
}

// What a unit of a layer, or a pixel of the input, says: {words, box}, box being the pixels that it
// sees. `slope` is null where the gradient has not got there yet.
export function unitWords({ stage, shape }, cell, value, slope, target) {
  const [map, row, column] = cell;
  const box = stage ? fieldOf(stage, cell) : { top: row, left: column, side: 1 };
  const where =
    shape.length === 3
      ? `${stage ? `map ${map}, ` : ""}row ${row}, column ${column}`
      : `unit ${map}`;
  const change =
    slope === null
      ? ""
      : `; one more here would change the score of ${target} by ${shortNumber(slope)}`;
  const sees = stage ? ` It sees ${box ? spanOf(box) : "the whole picture"}.` : "";
  const name = stage ? stage.name : "input";
  return { words: `${name}, ${where}: ${shortNumber(value)}${change}.${sees}`, box };
}

const spanOf = ({ top, left, side }) =>
  `rows ${top}–${top + side - 1}, columns ${left}–${left + side - 1}`;
