import { resetPage } from "./fixtures/plainPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { settle, useFakeClock } from "./fixtures/jenkins.js";
import { ConnectionError, SessionExpiredError } from "../../main/webapp/js/client.js";
import { poll } from "../../main/webapp/js/poll.js";

let clock;
let loads;
let states;
let answer;

beforeEach(() => {
  clock = useFakeClock();
  // In the middle of what chance adds to each pause or takes from it.
  mock.method(Math, "random", () => 0.5);
  mock.method(console, "error", () => {});
  resetPage();
  loads = 0;
  states = [];
  answer = async () => {};
});

afterEach(() => {
  clock.restore();
  mock.restoreAll();
});

async function start() {
  const pollNow = poll(
    () => {
      loads++;
      return answer();
    },
    (state) => states.push(state),
  );
  await settle();
  return pollNow;
}

function failWith(error) {
  answer = () => Promise.reject(error);
}

test("it loads at once and then each second", async () => {
  await start();
  assert.equal(loads, 1);
  await clock.tick(999);
  assert.equal(loads, 1);
  await clock.tick(1);
  assert.equal(loads, 2);
  assert.deepEqual(states, []);
});

test("it never loads twice at a time, but again at once", async () => {
  let finish;
  answer = () => new Promise((resolve) => (finish = resolve));
  const pollNow = await start();
  pollNow();
  pollNow();
  await clock.tick(60000);
  assert.equal(loads, 1);
  finish();
  await settle();
  await clock.tick(0);
  assert.equal(loads, 2);
});

test("the pauses double after errors, up to 15 seconds, and are short again after an answer", async () => {
  failWith(new ConnectionError("away"));
  await start();
  for (const [pause, expected] of [
    [2000, 2],
    [4000, 3],
    [8000, 4],
    [15000, 5],
    [15000, 6],
  ]) {
    await clock.tick(pause - 1);
    assert.equal(loads, expected - 1);
    await clock.tick(1);
    assert.equal(loads, expected);
  }
  answer = async () => {};
  await clock.tick(15000);
  assert.equal(loads, 7);
  await clock.tick(1000);
  assert.equal(loads, 8);
  assert.deepEqual(states, ["disconnected", "live"]);
});

test("each state is reported once", async () => {
  failWith(new SessionExpiredError("out"));
  await start();
  await clock.tick(2000);
  failWith(new ConnectionError("away"));
  await clock.tick(4000);
  assert.deepEqual(states, ["loggedOut", "disconnected"]);
  assert.equal(console.error.mock.callCount(), 0);
});

test("an error of the page itself is logged", async () => {
  failWith(new TypeError("bug"));
  await start();
  assert.deepEqual(states, ["disconnected"]);
  assert.equal(console.error.mock.callCount(), 1);
});

test("a hidden page doesn’t load, and loads at once when it is shown", async () => {
  await start();
  document.hidden = true;
  await clock.tick(60000);
  assert.equal(loads, 1);
  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(loads, 2);
});

test("it loads at once when the network is back", async () => {
  failWith(new ConnectionError("away"));
  await start();
  window.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(loads, 2);
});
