import { show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, json, settle } from "../fixtures/jenkins.js";
import { perform } from "../../../main/webapp/js/board/operations.js";
import { part } from "../../../main/webapp/js/dom.js";

const BOARD = { url: "board/", root: "/jenkins/" };
const ACCEPTED = json({ ticket: "ticket/1" }, { status: 202 });

const row = (name, more = {}) => ({ id: "demo/" + name, name, may: ["build"], status: "Running", ...more });
const task = (name, sentence, waitable = false) => ({
  subject: "demo/" + name,
  state: sentence ? "REFUSED" : "ACCEPTED",
  refusal: sentence ? { sentence, waitable } : null,
});
const done = (...steps) => json({ done: true, steps });

let submitted;
let alerts;
const dialog = () => document.querySelector("dialog");
const find = (name) => part(dialog(), name);

function start(name, ...rows) {
  perform(BOARD, name, rows, () => submitted++);
}

async function confirm() {
  dialog()
    .querySelector("form")
    .dispatchEvent(new Event("submit", { cancelable: true }));
  await settle();
}

beforeEach(() => {
  dialog()?.remove();
  show();
  submitted = 0;
  alerts = [];
  window.dialog = { alert: (title, { message }) => alerts.push([title, message]) };
});

test("an operation is submitted once it is confirmed", async () => {
  const requests = answerWith(ACCEPTED, done(task("a")));
  start("archive", row("a"));
  assert.equal(find("message").textContent, "archive a?");
  assert.equal(requests.length, 0);
  await confirm();
  assert.deepEqual(requests[0].body, {
    operation: "archive",
    stagings: ["demo/a"],
    confirmation: null,
    afterThat: false,
  });
  assert.equal(requests[1].url, "/jenkins/ticket/1");
  assert.equal(dialog(), null);
  assert.equal(submitted, 1);
});

test("stagings for which it isn’t available are left out, and named", () => {
  start("archive", row("a"), row("b"), row("c", { may: [] }));
  assert.equal(
    find("message").textContent,
    "Archive these 2 stagings? They stop running. Their data is kept, and they can be restored.",
  );
  assert.deepEqual(
    [...find("subjects").children].map((item) => item.textContent),
    ["a", "b"],
  );
  assert.equal(find("left").textContent, "c: No permission.");
});

test("without any, the reasons are all there is", () => {
  start("archive", row("a", { status: "Archived" }));
  assert.equal(dialog(), null);
  assert.deepEqual(alerts, [["archive", "a: Not in this status."]]);
});

test("a cleanup needs the name, or the number of several", async () => {
  const requests = answerWith(ACCEPTED, done(task("a"), task("b")));
  start("cleanup", row("a", { status: "Archived" }), row("b", { status: "Archived" }));
  assert.equal(find("ok").disabled, true);
  type(dialog().querySelector("input"), " 2 ");
  assert.equal(find("ok").disabled, false);
  await confirm();
  assert.equal(requests[0].body.confirmation, "2");
});

test("a refusal is shown, and can be tried again after what is at work", async () => {
  const requests = answerWith(ACCEPTED, done(task("a", "It is busy.", true)), ACCEPTED, done(task("a")));
  start("archive", row("a"));
  await confirm();
  assert.equal(find("refusals").textContent, "It is busy.");
  assert.equal(find("ok").textContent, "Run after that");
  await confirm();
  assert.equal(requests[2].body.afterThat, true);
  assert.equal(dialog(), null);
});

test("what was accepted isn’t submitted again", async () => {
  answerWith(ACCEPTED, done(task("a"), task("b", "No.")));
  start("archive", row("a"), row("b"));
  await confirm();
  assert.equal(find("refusals").textContent, "b: No.");
  assert.equal(find("ok").hidden, true);
});

test("Jenkins refuses all of it, or doesn’t answer", async () => {
  answerWith(json({ refusal: { sentence: "Shutting down." } }, { status: 503 }), new TypeError("away"));
  start("archive", row("a"));
  await confirm();
  assert.equal(find("refusals").textContent, "Shutting down.");
  await confirm();
  assert.match(find("refusals").textContent, /couldn’t be reached/);
  assert.equal(find("ok").disabled, false);
});

test("the dialog stays open while Jenkins works", async () => {
  let answer;
  globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
  start("archive", row("a"));
  await confirm();
  const cancel = new Event("cancel", { cancelable: true });
  dialog().dispatchEvent(cancel);
  assert.equal(cancel.defaultPrevented, true);
  answer(json({}, { status: 500 }));
  await settle();
  assert.match(find("refusals").textContent, /Nothing was done/);
});
