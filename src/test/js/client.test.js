import "./fixtures/plainPage.js";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answerWith, html, json } from "./fixtures/jenkins.js";
import {
  ConnectionError,
  getHtml,
  getJson,
  getText,
  postJson,
  SessionExpiredError,
} from "../../main/webapp/js/client.js";

/** What `fetch` answers if a request is redirected. */
const REDIRECT = { type: "opaqueredirect", status: 0, ok: false, headers: new Headers(), clone: () => REDIRECT };

describe("getJson", () => {
  test("returns status, body and ETag", async () => {
    answerWith(json({ a: 1 }, { etag: '"1"' }));
    assert.deepEqual(await getJson("feed"), { status: 200, body: { a: 1 }, etag: '"1"' });
  });

  test("sends the ETag, without which it sends none", async () => {
    const requests = answerWith(json({}));
    await getJson("feed", { etag: '"1"' });
    await getJson("feed");
    assert.equal(requests[0].options.headers["If-None-Match"], '"1"');
    assert.equal("If-None-Match" in requests[1].options.headers, false);
  });

  test("304 has no body", async () => {
    answerWith(new Response(null, { status: 304, headers: { ETag: '"1"' } }));
    assert.deepEqual(await getJson("feed"), { status: 304, body: null, etag: '"1"' });
  });

  test("a refusal is an answer", async () => {
    answerWith(json({ sentence: "No." }, { status: 422 }));
    assert.deepEqual(await getJson("feed"), { status: 422, body: { sentence: "No." }, etag: null });
  });

  test("a page with an error has no body", async () => {
    answerWith(html("Oops", { status: 500 }));
    assert.equal((await getJson("feed")).body, null);
  });
});

describe("the user is logged out", () => {
  for (const [what, answer] of [
    ["a redirect", REDIRECT],
    ["401", json({}, { status: 401 })],
    ["a page instead of JSON", html("Log in")],
    ["403 for anonymous", html("Log in", { status: 403, headers: { "X-You-Are-Authenticated-As": "anonymous" } })],
    ["403 of a login page", html("Log in", { status: 403 })],
  ]) {
    test(what, async () => {
      answerWith(answer);
      await assert.rejects(getJson("feed"), SessionExpiredError);
    });
  }

  test("but 403 for a user is an answer", async () => {
    answerWith(html("No", { status: 403, headers: { "X-You-Are-Authenticated-As": "alice" } }));
    assert.equal((await getJson("feed")).status, 403);
  });
});

describe("Jenkins can’t be reached", () => {
  for (const [what, answer] of [
    ["no connection", new TypeError("Failed to fetch")],
    ["a time limit", new DOMException("signal timed out", "TimeoutError")],
    ["the page of a proxy", html("Bad gateway", { status: 502 })],
    ["the page while Jenkins starts", html("Starting", { status: 503 })],
  ]) {
    test(what, async () => {
      answerWith(answer);
      await assert.rejects(getJson("feed"), ConnectionError);
    });
  }

  test("but 503 in JSON is an answer", async () => {
    answerWith(json({ sentence: "Shutting down." }, { status: 503 }));
    assert.equal((await getJson("feed")).status, 503);
  });

  test("and a request that was aborted is neither", async () => {
    answerWith(new DOMException("aborted", "AbortError"));
    await assert.rejects(getJson("feed"), { name: "AbortError" });
  });
});

test("postJson sends JSON with the crumb", async () => {
  const [request] = [answerWith(json({ ticket: "t" }, { status: 202 }))];
  assert.deepEqual(await postJson("submit", { a: 1 }), { status: 202, body: { ticket: "t" }, etag: null });
  assert.equal(request[0].options.method, "POST");
  assert.equal(request[0].options.headers.crumb, "1");
  assert.deepEqual(request[0].body, { a: 1 });
  await postJson("submit");
  assert.equal(request[1].body, null);
});

test("getHtml returns a piece of a page, and nothing of an error", async () => {
  answerWith(html("<p>a</p>", { headers: { ETag: '"1"' } }), html("Oops", { status: 404 }));
  assert.deepEqual(await getHtml("live"), { status: 200, html: "<p>a</p>", etag: '"1"' });
  assert.deepEqual(await getHtml("live"), { status: 404, html: "", etag: null });
});

test("getText returns plain text only", async () => {
  const plain = { headers: { "Content-Type": "text/plain;charset=UTF-8" } };
  answerWith(
    new Response("log", plain),
    new Response("No such pod.", { ...plain, status: 404 }),
    html("Oops", { status: 500 }),
  );
  assert.deepEqual(await getText("log"), { status: 200, body: "log" });
  assert.deepEqual(await getText("log"), { status: 404, body: "No such pod." });
  assert.deepEqual(await getText("log"), { status: 500, body: null });
});
