import assert from "node:assert/strict";
import { test } from "node:test";
import { submissionResult } from "../../../main/webapp/js/dialog/submissionResult.js";

const accepted = { state: "ACCEPTED", refusal: null };
const refused = (sentence, { statusCode = 409, waitable = false } = {}) => ({
  state: "REFUSED",
  refusal: { sentence, statusCode, waitable },
});
const kindOf = (...outcomes) => submissionResult(outcomes).kind;

test("accepted", () => {
  assert.equal(kindOf(accepted, accepted), "ACCEPTED");
  assert.equal(submissionResult([accepted]).isWaitable, false);
});

test("a conflict is about one staging", () => {
  const conflict = refused("Changed.", { statusCode: 412 });
  assert.equal(kindOf(conflict), "CONFLICT");
  assert.equal(kindOf(conflict, conflict), "REFUSED");
});

test("the same message for all is shown once", () => {
  assert.equal(kindOf(refused("Busy.")), "REFUSED");
  assert.equal(kindOf(refused("Busy."), refused("Busy.")), "REFUSED");
  assert.equal(kindOf(refused("Busy."), refused("Gone.")), "PARTLY_REFUSED");
  assert.equal(kindOf(refused("Busy."), accepted), "PARTLY_REFUSED");
});

test("all refused requests must be able to wait", () => {
  const waitable = refused("Busy.", { waitable: true });
  assert.equal(submissionResult([waitable, accepted]).isWaitable, true);
  assert.equal(submissionResult([waitable, refused("Gone.")]).isWaitable, false);
});

test("accepted and refused requests are told apart", () => {
  const busy = refused("Busy.");
  const { accepted: done, refused: left } = submissionResult([accepted, busy]);
  assert.deepEqual([done, left], [[accepted], [busy]]);
});
