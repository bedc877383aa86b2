import { show } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { answerWith, html, settle, useFakeClock } from "./fixtures/jenkins.js";
import { startLiveUpdates } from "../../main/webapp/js/liveUpdates.js";

const page = (status, content, final = false) =>
  `<div id="part" data-title="a" data-status="${status}" data-final="${final}">${content}</div>`;

let clock;
let part;
let changes;

async function start(...answers) {
  const requests = answerWith(...answers);
  startLiveUpdates("live/", ["part", "absent"], () => changes++);
  await settle();
  return requests;
}

beforeEach(() => {
  clock = useFakeClock();
  mock.method(console, "error", () => {});
  mock.method(Math, "random", () => 0.5);
  changes = 0;
  document.title = "a - Jenkins";
  part = show(page("Running", "<p>1</p>") + '<div id="octopod-connection"></div>').firstElementChild;
});

afterEach(() => {
  clock.restore();
  mock.restoreAll();
});

test("the parts become what Jenkins sends, until it is final", async () => {
  const requests = await start(html(page("Running", "<p>2</p>")), html(page("Archived", "<p>3</p>", true)));
  assert.equal(part.innerHTML, "<p>2</p>");
  await clock.tick(1000);
  assert.equal(part.innerHTML, "<p>3</p>");
  assert.equal(document.querySelector("[aria-live=polite].jenkins-visually-hidden").textContent, "Archived");
  await clock.tick(60000);
  assert.equal(requests.length, 2);
  assert.equal(changes, 2);
});

test("scripts that come with a part are left out, and what is new is set up", async () => {
  const setUp = [];
  window.Behaviour = { applySubtree: (element) => setUp.push(element.localName) };
  await start(html(page("Running", "<p>1</p><b>new</b><script>bad()</script>", true)));
  delete window.Behaviour;
  assert.equal(part.innerHTML, "<p>1</p><b>new</b>");
  assert.deepEqual(setUp, ["b"]);
});

test("the answer’s ETag is sent with the next request", async () => {
  const requests = await start(
    html(page("Running", ""), { headers: { ETag: '"1"' } }),
    new Response(null, { status: 304 }),
  );
  await clock.tick(1000);
  assert.equal(requests[1].options.headers["If-None-Match"], '"1"');
  assert.equal(changes, 1);
});

test("a page whose staging is gone says so, and asks no more", async () => {
  const requests = await start(html("Not found", { status: 404 }));
  assert.match(document.getElementById("octopod-connection").textContent, /no longer available/);
  await clock.tick(60000);
  assert.equal(requests.length, 1);
});

test("what couldn’t be shown is asked for again", async () => {
  const requests = answerWith(html(page("Running", ""), { headers: { ETag: '"1"' } }));
  startLiveUpdates("live/", ["part"], () => {
    changes++;
    return changes === 1 ? Promise.reject(new Error("away")) : undefined;
  });
  await settle();
  await clock.tick(2000);
  assert.equal("If-None-Match" in requests[1].options.headers, false);
  assert.equal(changes, 2);
});

test("a final page asks nothing", async () => {
  part.dataset.final = "true";
  assert.deepEqual(await start(html("")), []);
});
