import assert from "node:assert/strict";
import { test } from "node:test";
import { sending } from "../../../course_utils/explorers/digit/sending.js";

function outbox() {
  const sent = [];
  const box = sending({ change: (values) => sent.push(values) }, () => [0, 1, 0.2]);
  return { sent, ...box };
}

test("all steps of one event are sent at once, as bytes", async () => {
  const { sent, post } = outbox();
  for (let n = 0; n < 5; n += 1) post();
  assert.equal(sent.length, 0);
  await null;
  assert.equal(sent.length, 1);
  assert.deepEqual([...new Uint8Array(sent[0].drawn.buffer)], [0, 255, 51]);
});

test("an answer to one's own strokes never replaces the drawing, another's does", async () => {
  const { sent, post, isForeign } = outbox();
  assert.ok(isForeign(""));
  post();
  assert.ok(!isForeign("other/1")); // what was drawn here is not sent yet
  await null;
  assert.ok(!isForeign(sent[0].stroke));
  assert.ok(isForeign("other/1"));
});
