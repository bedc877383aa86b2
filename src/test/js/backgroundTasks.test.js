import "./fixtures/plainPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerWith, json, settle, useFakeClock } from "./fixtures/jenkins.js";
import { awaitTasks, stagingName, SubmissionExpiredError } from "../../main/webapp/js/backgroundTasks.js";

let clock;

beforeEach(() => (clock = useFakeClock()));
afterEach(() => clock.restore());

test("it asks until all are done, less and less often", async () => {
  const running = json({ done: false, steps: [{ state: "RUNNING" }] });
  const done = json({ done: true, steps: [{ state: "ACCEPTED" }] });
  const requests = answerWith(running, running, done);
  const progress = [];
  const outcomes = awaitTasks("ticket/1", (current) => progress.push(current[0].state));
  await settle();
  assert.equal(requests.length, 1);
  await clock.tick(150);
  assert.equal(requests.length, 2);
  await clock.tick(224);
  assert.equal(requests.length, 2);
  await clock.tick(1);
  assert.deepEqual(await outcomes, [{ state: "ACCEPTED" }]);
  assert.deepEqual(progress, ["RUNNING", "RUNNING", "ACCEPTED"]);
});

test("Jenkins has forgotten the submission", async () => {
  answerWith(json({}, { status: 404 }));
  await assert.rejects(awaitTasks("ticket/1"), SubmissionExpiredError);
});

test("a task is about the staging at the end of its subject", () => {
  assert.equal(stagingName({ subject: "demo/a" }), "a");
  assert.equal(stagingName({ subject: "folder/demo/b" }), "b");
  assert.equal(stagingName({ subject: "c" }), "c");
});
