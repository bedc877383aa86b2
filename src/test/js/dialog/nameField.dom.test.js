import { click, show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { settle, useFakeClock } from "../fixtures/jenkins.js";
import { NameField } from "../../../main/webapp/js/dialog/nameField.js";
import { cloneTemplate, part } from "../../../main/webapp/js/dom.js";

const FINE = { state: "FINE", sentence: null, host: "a.example", suggestion: null };

let clock;
let element;
let field;
let checks;
let changes;
let answers;

const find = (name) => part(element, name);

beforeEach(() => {
  clock = useFakeClock();
  checks = [];
  changes = 0;
  answers = [];
  element = part(cloneTemplate("octopod-dialog"), "nameField");
  show().append(element);
  field = new NameField(
    element,
    (name) => {
      checks.push(name);
      return Promise.resolve(answers.shift() ?? FINE);
    },
    () => changes++,
  );
});
afterEach(() => clock.restore());

test("the name is checked a moment after the user has typed", async () => {
  type(field.input, "a");
  await clock.tick(200);
  type(field.input, "ab ");
  await clock.tick(249);
  assert.deepEqual(checks, []);
  await clock.tick(1);
  assert.deepEqual(checks, ["ab "]);
  assert.equal(field.value, "ab");
  assert.equal(changes, 2);
  assert.equal(find("fine").hidden, false);
  assert.equal(find("host").textContent, "a.example");
});

test("a name without a host is free", async () => {
  answers = [{ ...FINE, host: null }];
  field.check();
  await clock.tick(0);
  assert.equal(find("host").textContent, "This name is free.");
});

test("an answer to an older name is dropped", async () => {
  let answerLate;
  answers = [new Promise((resolve) => (answerLate = resolve))];
  field.check();
  await clock.tick(0);
  type(field.input, "b");
  answerLate({ state: "TAKEN", sentence: "It is taken.", host: null, suggestion: null });
  await settle();
  assert.equal(find("nameError").hidden, true);
});

test("a suggestion can be taken", async () => {
  answers = [{ state: "WRONG", sentence: "No capitals.", host: null, suggestion: "abc" }];
  type(field.input, "ABC");
  await clock.tick(250);
  assert.equal(find("nameError").textContent, "No capitals.");
  assert.equal(field.input.getAttribute("aria-invalid"), "true");
  assert.equal(find("suggestion").textContent, "Use abc");
  click(find("suggestion"));
  await clock.tick(0);
  assert.deepEqual(checks, ["ABC", "abc"]);
  assert.equal(find("suggestion").hidden, true);
  assert.equal(find("nameError").hidden, true);
});

test("a check that fails says nothing", async () => {
  answers = [Promise.reject(new Error("away"))];
  field.check();
  await clock.tick(0);
  assert.equal(find("nameError").hidden, true);
});
