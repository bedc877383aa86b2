import { show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { json, settleTimers as settle } from "../fixtures/jenkins.js";
import { openBulkUpdateDialog, openCreateDialog, openUpdateDialog } from "../../../main/webapp/js/dialog/openDialog.js";
import { part } from "../../../main/webapp/js/dom.js";

const CONFIG = {
  defaults: { state: "READY", pending: false, list: [{ key: "COLOR", value: "orange" }], sentence: null },
  keys: { state: "READY", pending: false, list: ["COLOR"], sentence: null },
};
const TAGS = { state: "READY", pending: false, list: [], sentence: null };
const RECENT = { tagKey: "image.tag", pending: false, deployment: [], application: [] };
const CURRENT = {
  seen: "v1",
  host: "a.example",
  deployment: [],
  application: [{ key: "A", value: "1" }],
  changedAt: 0,
};
const STAGING = { url: "job/demo/job/a/", name: "a" };

let answers;
let submissions;
let alerts;

const dialog = () => document.querySelector("dialog.octopod-dialog");
const find = (name) => part(dialog(), name);
const refused = (subject, sentence, more = {}) => ({
  subject,
  state: "REFUSED",
  refusal: { sentence, problems: [{ field: "NONE", key: null, sentence }], statusCode: 409, waitable: false, ...more },
});
const accepted = (subject, url) => ({ subject, state: "ACCEPTED", url, refusal: null });
const done = (...steps) => json({ done: true, steps });

async function submit() {
  find("form").dispatchEvent(new Event("submit", { cancelable: true }));
  await settle();
}

async function editorOf(kind) {
  await settle();
  return dialog().querySelector(`[aria-labelledby=octopod-dialog-${kind}]`);
}

beforeEach(() => {
  show();
  submissions = [];
  alerts = [];
  window.dialog = { alert: (title, { message }) => alerts.push([title, message]) };
  mock.method(console, "error", () => {});
  answers = {
    defaults: json({ deployment: CONFIG, application: CONFIG, tags: TAGS }),
    recent: json(RECENT),
    current: json(CURRENT),
    checkName: json({ state: "FINE", sentence: null, host: null, suggestion: null }),
    submit: json({ ticket: "ticket/1" }, { status: 202 }),
    "ticket/1": done(accepted("demo/a", "job/demo/job/a/")),
  };
  globalThis.fetch = async (url, { body }) => {
    const path = Object.keys(answers).find((end) => url.endsWith("/" + end));
    if (path === "submit") {
      submissions.push(JSON.parse(body));
    }
    const answer = answers[path];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer.clone();
  };
});

afterEach(async () => {
  mock.restoreAll();
  if (dialog() !== null) {
    find("cancel").click();
    await settle();
    document.querySelector("dialog.octopod-discard")?.close("discard");
    await settle();
  }
});

describe("a new staging", () => {
  const open = (...projects) =>
    openCreateDialog({ projects: projects.map((name) => ({ url: `job/${name}/`, name })), project: "job/demo/" });

  test("is created with its name and its overrides", async () => {
    const staging = open("demo");
    const editor = await editorOf("application");
    assert.equal(find("title").textContent, "New staging");
    assert.equal(find("subtitle").textContent, "demo");
    assert.equal(document.activeElement, find("name"));
    type(find("name"), "a");
    type(part(editor, "newKey"), "B=2");
    await submit();
    assert.deepEqual(await staging, { name: "a", url: "job/demo/job/a/" });
    assert.deepEqual(submissions, [
      {
        wish: "CREATE",
        names: ["a"],
        seen: null,
        deployment: [],
        application: [{ key: "B", value: "2" }],
        afterThat: false,
      },
    ]);
    assert.equal(dialog(), null);
  });

  test("can be in one of several projects", async () => {
    open("blog", "demo");
    await settle();
    assert.equal(find("projectField").hidden, false);
    assert.equal(find("project").value, "job/demo/");
    assert.equal(document.activeElement, find("project"));
  });

  test("that is refused shows each problem at its place", async () => {
    open("demo");
    const editor = await editorOf("application");
    answers.submit = json(
      {
        problems: [
          { field: "NAME", key: null, sentence: "No such name." },
          { field: "APPLICATION", key: "COLOR", sentence: "No such color." },
        ],
      },
      { status: 422 },
    );
    await submit();
    assert.equal(find("nameError").textContent, "No such name.");
    assert.equal(part(editor, "error").textContent, "No such color.");
    assert.equal(find("problem").textContent, "Nothing was done: see the marked fields below.");
    assert.equal(document.activeElement, find("name"));
    assert.equal(find("submit").disabled, false);
  });

  test("that is refused scrolls to the sentence of the first problem", async () => {
    open("demo");
    const row = part(await editorOf("application"), "input").closest(".octopod-key");
    let isShown = false;
    row.scrollIntoView = () => {
      isShown = part(row, "error").textContent === "No such color.";
    };
    const problem = { field: "APPLICATION", key: "COLOR", sentence: "No such color." };
    answers.submit = json({ problems: [problem] }, { status: 422 });
    await submit();
    assert.equal(isShown, true);
  });

  test("isn’t sent while a line can’t be read", async () => {
    open("demo");
    const editor = await editorOf("deployment");
    type(part(editor, "lines"), "oops");
    await submit();
    assert.deepEqual(submissions, []);
    assert.equal(document.activeElement, part(editor, "lines"));
  });
});

describe("an update", () => {
  test("starts with what the staging has", async () => {
    const staging = openUpdateDialog({ staging: STAGING });
    await settle();
    assert.equal(find("title").textContent, "Update a");
    assert.equal(find("subtitle").textContent, "a.example");
    assert.equal(find("count").textContent, "No changes: the staging is deployed again as it is.");
    await submit();
    await staging;
    assert.equal(submissions[0].seen, "v1");
    assert.deepEqual(submissions[0].application, [{ key: "A", value: "1" }]);
  });

  test("of what another user has changed shows the changes and keeps what was typed", async () => {
    openUpdateDialog({ staging: STAGING });
    const editor = await editorOf("application");
    type(part(editor, "newKey"), "MINE=1");
    answers["ticket/1"] = done(refused("demo/a", "It was changed.", { statusCode: 412 }));
    answers.current = json({ ...CURRENT, seen: "v2", application: [{ key: "A", value: "2" }] });
    await submit();
    assert.equal(find("meanwhile").hidden, false);
    assert.equal(find("meanwhileSentence").textContent, "It was changed.");
    assert.equal(part(find("meanwhileChanges"), "to").textContent, "2");
    answers["ticket/1"] = done(accepted("demo/a", "job/demo/job/a/"));
    await submit();
    assert.equal(submissions[1].seen, "v2");
    assert.deepEqual(submissions[1].application, [
      { key: "A", value: "2" },
      { key: "MINE", value: "1" },
    ]);
  });

  test("can wait for what is at work", async () => {
    openUpdateDialog({ staging: STAGING });
    await settle();
    answers["ticket/1"] = done(refused("demo/a", "It is busy.", { waitable: true }));
    await submit();
    assert.equal(find("problem").textContent, "It is busy.");
    assert.equal(find("afterThat").hidden, false);
    find("runAfterThat").click();
    await settle();
    assert.equal(submissions[1].afterThat, true);
  });

  test("of a staging that is gone says so", async () => {
    answers.current = json({}, { status: 404 });
    assert.equal(await openUpdateDialog({ staging: STAGING }), null);
    assert.deepEqual(alerts, [["Update a", "The staging no longer exists."]]);
  });

  test("without Jenkins loses nothing", async () => {
    openUpdateDialog({ staging: STAGING });
    await settle();
    answers.submit = new TypeError("away");
    await submit();
    assert.match(find("problem").textContent, /Your input is kept/);
    answers.submit = json({ ticket: "ticket/1" }, { status: 202 });
    answers["ticket/1"] = new TypeError("away");
    await submit();
    assert.match(find("problem").textContent, /check whether it was carried out/);
  });
});

describe("an update of several stagings", () => {
  const stagings = ["a", "b", "c"].map((name) => ({ name, url: `job/demo/job/${name}/` }));

  test("goes on with those that were refused", async () => {
    const updated = openBulkUpdateDialog({ stagings });
    await settle();
    assert.equal(find("title").textContent, "Update 3 stagings");
    answers["ticket/1"] = done(
      accepted("demo/a", "job/demo/job/a/"),
      refused("demo/b", "It is busy."),
      refused("demo/c", "It is archived."),
    );
    await submit();
    assert.equal(find("subtitle").textContent, "b, c");
    assert.match(find("problem").textContent, /^1 of 3 .*\nb: It is busy\.\nc: It is archived\.$/);
    answers["ticket/1"] = done(accepted("demo/b", "job/demo/job/b/"), accepted("demo/c", "job/demo/job/c/"));
    await submit();
    assert.deepEqual(submissions[1].names, ["b", "c"]);
    assert.deepEqual(
      (await updated).map(({ name }) => name),
      ["a", "b", "c"],
    );
  });

  test("is of one project", async () => {
    const other = { name: "x", url: "job/blog/job/x/" };
    assert.deepEqual(await openBulkUpdateDialog({ stagings: [...stagings, other] }), []);
    assert.match(alerts[0][1], /stagings of one project/);
  });
});

describe("a new staging like another", () => {
  const open = () => openCreateDialog({ projects: [{ url: "job/demo/", name: "demo" }], like: "a" });

  test("begins with its overrides", async () => {
    answers.like = json({ name: "a", deployment: [], application: [{ key: "A", value: "1" }], leftOut: [] });
    open();
    await settle();
    assert.equal(find("subtitle").textContent, "With the overrides of a");
    assert.doesNotMatch(dialog().textContent, /left out/);
    type(find("name"), "b");
    await submit();
    assert.deepEqual(
      [submissions[0].wish, submissions[0].names, submissions[0].seen, submissions[0].application],
      ["CREATE", ["b"], null, [{ key: "A", value: "1" }]],
    );
  });

  test("says what is left out, and can be closed without a question", async () => {
    answers.like = json({ name: "a", deployment: [], application: [{ key: "A", value: "1" }], leftOut: ["PASSWORD"] });
    const staging = open();
    await settle();
    assert.match(dialog().textContent, /can’t use their credentials: PASSWORD/);
    find("cancel").click();
    assert.equal(await staging, null);
    assert.equal(document.querySelector("dialog.octopod-discard"), null);
  });

  test("isn’t possible if that one is gone", async () => {
    answers.like = new Response(null, { status: 404 });
    assert.equal(await open(), null);
    assert.equal(alerts.length, 1);
  });
});

test("what was typed isn’t lost by closing", async () => {
  const staging = openCreateDialog({ projects: [{ url: "job/demo/", name: "demo" }] });
  await settle();
  type(find("name"), "a");
  find("cancel").click();
  await settle();
  const question = document.querySelector("dialog.octopod-discard");
  question.close("keep");
  await settle();
  assert.equal(dialog().open, true);
  find("cancel").click();
  await settle();
  document.querySelector("dialog.octopod-discard").close("discard");
  assert.equal(await staging, null);
});

test("a second dialog doesn’t open", async () => {
  openCreateDialog({ projects: [{ url: "job/demo/", name: "demo" }] });
  await settle();
  assert.equal(await openUpdateDialog({ staging: STAGING }), null);
  assert.equal(document.querySelectorAll("dialog.octopod-dialog").length, 1);
});
