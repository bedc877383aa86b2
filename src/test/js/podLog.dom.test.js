/** The dialog with the log of a pod. Its script runs once, so each test opens the dialog again. */

import { click, show } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerWith, html, settle, useFakeClock } from "./fixtures/jenkins.js";

const plain = (body, status = 200) =>
  new Response(body, { status, headers: { "Content-Type": "text/plain;charset=UTF-8" } });

show(`<dialog id="octopod-pod-log" data-loading="Loading" data-empty="Empty" data-lost="Lost" data-paused="Paused">
  <code data-octopod-part="pod"></code>
  <select data-octopod-part="container"></select>
  <select data-octopod-part="lines"><option value="100"></option><option value="1000"></option></select>
  <input type="checkbox" data-octopod-part="previous"><input type="checkbox" data-octopod-part="follow">
  <div data-octopod-part="state"></div><pre data-octopod-part="text"></pre><button data-octopod-part="close"></button>
</dialog>
<a href="/jenkins/log?pod=a" data-octopod-pod="a-1" data-containers="app,proxy" data-container="proxy">Log</a>`);
await import("../../main/webapp/js/podLog.js");

const dialog = document.querySelector("dialog");
const find = (name) => dialog.querySelector(`[data-octopod-part=${name}]`);

let clock;

async function open(...answers) {
  const requests = answerWith(...answers);
  click(document.querySelector("[data-octopod-pod]"));
  await settle();
  return requests;
}

function change(field, value) {
  Object.assign(field, value);
  field.dispatchEvent(new Event("change"));
}

beforeEach(() => (clock = useFakeClock()));

afterEach(() => {
  click(find("close"));
  clock.restore();
});

test("the log is shown and followed", async () => {
  const requests = await open(plain("1\n"), plain("1\n2\n"));
  assert.equal(find("pod").textContent, "a-1");
  assert.equal(requests[0].url, "https://jenkins.example/jenkins/log?pod=a&container=proxy&lines=100&previous=false");
  assert.equal(find("text").textContent, "1\n");
  await clock.tick(1499);
  assert.equal(requests.length, 1);
  await clock.tick(1);
  assert.equal(find("text").textContent, "1\n2\n");
  assert.equal(find("state").textContent, "");
});

test("a log that is loading is asked for soon again", async () => {
  const requests = await open(plain("", 202), plain(""));
  assert.equal(find("state").textContent, "Loading");
  await clock.tick(250);
  assert.equal(requests.length, 2);
  assert.equal(find("state").textContent, "Empty");
});

test("what Jenkins says is shown, what a proxy says isn’t", async () => {
  await open(plain("No such pod.", 404), html("Oops", { status: 500 }), new TypeError("away"), html("Log in"));
  assert.equal(find("state").textContent, "No such pod.");
  for (let i = 0; i < 3; i++) {
    await clock.tick(1500);
    assert.equal(find("state").textContent, "Lost");
    assert.equal(find("text").textContent, "");
  }
});

test("another choice is loaded at once, and the older answer is dropped", async () => {
  let answerLate;
  const requests = await open(() => new Promise((resolve) => (answerLate = resolve)), plain("previous"));
  change(find("previous"), { checked: true });
  await settle();
  assert.match(requests[1].url, /previous=true/);
  answerLate(plain("current"));
  await settle();
  assert.equal(find("text").textContent, "previous");
});

test("it is followed for ten minutes, and on request again", async () => {
  const requests = await open(plain("1"));
  for (let i = 0; i < 405; i++) {
    await clock.tick(1500);
  }
  assert.equal(find("state").textContent, "Paused");
  assert.equal(find("follow").checked, false);
  const { length } = requests;
  await clock.tick(60000);
  assert.equal(requests.length, length);
  change(find("follow"), { checked: true });
  await settle();
  assert.equal(requests.length, length + 1);
});

test("a closed dialog asks nothing", async () => {
  const requests = await open(plain("1"));
  click(find("close"));
  await clock.tick(60000);
  assert.equal(requests.length, 1);
});
