import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { settle, useFakeClock } from "../fixtures/jenkins.js";
import { isAnyPending, isPending } from "../../../main/webapp/js/dialog/defaultsState.js";
import { PollingLoader } from "../../../main/webapp/js/dialog/pollingLoader.js";

const config = (pending) => ({ defaults: { pending }, keys: { pending: false } });
const both = (pending) => ({ deployment: config(pending), application: config(false), tags: { pending: false } });

let clock;
let loads;
let answers;
let loaded;
let errors;
let loader;

beforeEach(() => {
  clock = useFakeClock();
  loads = [];
  answers = [];
  loaded = [];
  errors = [];
  loader = new PollingLoader(
    (reload) => {
      loads.push(reload);
      const next = answers.shift() ?? both(false);
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    isAnyPending,
    (known) => loaded.push(known),
    (error) => errors.push(error.message),
  );
});
afterEach(() => clock.restore());

test("it loads until nothing is pending", async () => {
  answers = [both(true), both(true), both(false)];
  loader.start({ reload: true });
  await clock.tick(0);
  assert.equal(loaded.length, 1);
  await clock.tick(250);
  assert.equal(loaded.length, 2);
  await clock.tick(374);
  assert.equal(loaded.length, 2);
  await clock.tick(1);
  assert.equal(loaded.length, 3);
  await clock.tick(60000);
  assert.equal(loaded.length, 3);
  assert.deepEqual(loads, [true, false, false]);
});

test("after an error it waits for five seconds", async () => {
  answers = [new Error("away"), both(false)];
  loader.start();
  await clock.tick(0);
  assert.deepEqual(errors, ["away"]);
  await clock.tick(4999);
  assert.equal(loads.length, 1);
  await clock.tick(1);
  assert.equal(loaded.length, 1);
});

test("starting again drops the answer that is on its way", async () => {
  let answerLate;
  answers = [new Promise((resolve) => (answerLate = resolve)), both(false)];
  loader.start();
  await clock.tick(0);
  loader.start({ after: 600 });
  answerLate(both(true));
  await settle();
  assert.deepEqual(loaded, []);
  await clock.tick(600);
  assert.deepEqual(loaded, [both(false)]);
});

test("while the user types, it loads once", async () => {
  loader.start({ after: 600 });
  await clock.tick(300);
  loader.start({ after: 600 });
  await clock.tick(599);
  assert.equal(loads.length, 0);
  await clock.tick(1);
  assert.equal(loads.length, 1);
});

test("when stopped it loads nothing more", async () => {
  answers = [both(true)];
  loader.start();
  await clock.tick(0);
  loader.stop();
  await clock.tick(60000);
  assert.equal(loads.length, 1);
});

test("defaults or keys can be pending", () => {
  assert.equal(isPending({ defaults: { pending: false }, keys: { pending: false } }), false);
  assert.equal(isPending({ defaults: { pending: true }, keys: { pending: false } }), true);
  assert.equal(isPending({ defaults: { pending: false }, keys: { pending: true } }), true);
});
