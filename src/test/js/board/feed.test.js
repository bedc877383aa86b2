import "../fixtures/plainPage.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, html, json } from "../fixtures/jenkins.js";
import { Feed } from "../../../main/webapp/js/board/feed.js";
import { ConnectionError, SessionExpiredError } from "../../../main/webapp/js/client.js";

let feed;
let shown;
let reloads;
const show = (answer) => shown.push(answer.viewer);

beforeEach(() => {
  feed = new Feed("board/feed/");
  shown = [];
  reloads = 0;
  globalThis.location = { reload: () => reloads++ };
});

test("an answer is shown, and after that only changes are asked for", async () => {
  const requests = answerWith(json({ viewer: "alice" }, { etag: '"1"' }), new Response(null, { status: 304 }));
  await feed.load(show);
  await feed.load(show);
  assert.deepEqual(shown, ["alice"]);
  assert.equal(requests[1].options.headers["If-None-Match"], '"1"');
});

test("what couldn’t be shown is loaded again", async () => {
  const requests = answerWith(json({ viewer: "alice" }, { etag: '"1"' }));
  const fail = () => {
    throw new Error("bug");
  };
  await assert.rejects(feed.load(fail), /bug/);
  await feed.load(show);
  assert.equal("If-None-Match" in requests[1].options.headers, false);
});

test("the user was logged out", async () => {
  answerWith(json({ viewer: "alice" }), json({ viewer: null }));
  await feed.load(show);
  await assert.rejects(feed.load(show), SessionExpiredError);
});

test("another user has logged in", async () => {
  answerWith(json({ viewer: null }), json({ viewer: "bob" }));
  await feed.load(show);
  await feed.load(show);
  assert.equal(reloads, 1);
  assert.deepEqual(shown, [null]);
});

test("an error of Jenkins is no connection, a missing permission is no session", async () => {
  answerWith(
    json({}, { status: 500 }),
    html("No", { status: 403, headers: { "X-You-Are-Authenticated-As": "alice" } }),
  );
  await assert.rejects(feed.load(show), ConnectionError);
  await assert.rejects(feed.load(show), SessionExpiredError);
});
