import "../fixtures/plainPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerWith, html, json } from "../fixtures/jenkins.js";
import { FormApi, RequestError } from "../../../main/webapp/js/dialog/formApi.js";

const api = new FormApi("job/demo/");

test("each request has its address and its body", async () => {
  const requests = answerWith(json({ ok: true }));
  assert.deepEqual(await api.checkName("a"), { ok: true });
  await api.loadCurrent("a");
  await api.loadDefaults(null, [{ key: "A", value: null }], true);
  assert.deepEqual(
    requests.map(({ url, body }) => [url, body]),
    [
      ["/jenkins/job/demo/staging-form/checkName", { name: "a" }],
      ["/jenkins/job/demo/staging-form/current", { name: "a" }],
      [
        "/jenkins/job/demo/staging-form/defaults",
        { name: null, deployment: [{ key: "A", value: null }], reload: true },
      ],
    ],
  );
});

test("what isn’t answered with 200 is an error", async () => {
  answerWith(json({}, { status: 404 }));
  await assert.rejects(api.checkName("a"), (e) => e instanceof RequestError && e.status === 404);
});

test("a submission is accepted or refused", async () => {
  const refusal = { sentence: "No.", problems: [] };
  answerWith(json({ ticket: "t/1" }, { status: 202 }), json(refusal, { status: 422 }));
  assert.deepEqual(await api.submit({}), { ticket: "t/1", refusal: null });
  assert.deepEqual(await api.submit({}), { ticket: null, refusal });
});

test("a submission that was answered otherwise is an error", async () => {
  answerWith(json({}, { status: 403 }), html("Oops", { status: 500 }));
  await assert.rejects(api.submit({}), (e) => e.status === 403);
  await assert.rejects(api.submit({}), (e) => e.status === 500);
});
