import assert from "node:assert/strict";
import { test } from "node:test";
import {
  patchWords,
  percent,
  shortNumber,
  tenths,
  unitWords,
} from "../../../course_utils/explorers/digit/words.js";

test("probabilities and scores keep their places", () => {
  assert.deepEqual(
    [percent(1), percent(0.0004), tenths(-12.34), tenths(31), tenths(-0.01)],
    ["100.0 %", "0.0 %", "−12.3", "31.0", "0.0"],
  );
});

test("small numbers have more decimals", () => {
  assert.deepEqual([0.01234, -1.234, 12.345].map(shortNumber), ["0.0123", "−1.23", "12.35"]);
});

test("a patch of the occlusion map says what the score is without its pixels", () => {
  const facts = { patch: 5, patch_step: 3, scores: [0, 1.5, 9], target: 2 };
  assert.deepEqual(patchWords(facts, [0, 4, 5], 1.25), {
    words: "Without rows 12–16, columns 15–19 the score of 2 is 7.75 instead of 9.",
    box: { top: 12, left: 15, side: 5 },
  });
});

const pool = { name: "max pool", field: 16, jump: 4, offset: 0 };

test("a unit of a map says its number, its slope and what it sees", () => {
  const column = { stage: pool, shape: [16, 5, 5] };
  assert.deepEqual(unitWords(column, [2, 3, 3], 0.5, -0.25, 3), {
    words:
      "max pool, map 2, row 3, column 3: 0.5; one more here would change the score of 3 by −0.25." +
      " It sees rows 12–27, columns 12–27.",
    box: { top: 12, left: 12, side: 16 },
  });
  const { words } = unitWords(column, [2, 3, 3], 0.5, null, 3);
  assert.equal(words, "max pool, map 2, row 3, column 3: 0.5. It sees rows 12–27, columns 12–27.");
});

test("a dense unit sees everything, a pixel only itself", () => {
  const dense = { stage: { name: "dense layer", field: 0 }, shape: [84] };
  assert.deepEqual(unitWords(dense, [7, 0, 0], 2, null, 3), {
    words: "dense layer, unit 7: 2. It sees the whole picture.",
    box: null,
  });
  assert.deepEqual(unitWords({ stage: null, shape: [1, 32, 32] }, [0, 4, 9], 1, null, 3), {
    words: "input, row 4, column 9: 1.",
    box: { top: 4, left: 9, side: 1 },
  });
});
