import { click, show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Draft } from "../../../main/webapp/js/dialog/draft.js";
import { OverridesEditor } from "../../../main/webapp/js/dialog/overridesEditor.js";
import { part } from "../../../main/webapp/js/dom.js";

let draft;
let editor;
let announced;
let changes;
let reloads;
let elsewhere;
let visits;

const find = (name) => part(editor.element, name);
const rowLabels = () =>
  [...editor.element.querySelectorAll('.octopod-key [data-part="key"]')].map((key) => key.textContent);
const groupLabels = () =>
  [...editor.element.querySelectorAll('.octopod-group [data-part="label"]')].map((key) => key.textContent);
const entries = () => draft.entries.map(({ key, value }) => `${key}=${value}`);

const known = (list, more = {}) => ({
  defaults: { state: "READY", pending: false, list, sentence: null, ...more },
  keys: { state: "READY", pending: false, list: list.map(({ key }) => key), sentence: null },
});
const keyNames = (...keys) => keys.map((key) => ({ key, value: "1" }));

beforeEach(() => {
  announced = [];
  changes = 0;
  reloads = 0;
  elsewhere = null;
  visits = 0;
  draft = new Draft();
  editor = new OverridesEditor("application", draft, {
    onChange: () => changes++,
    onReload: () => reloads++,
    announce: (sentence) => announced.push(sentence),
    isElsewhere: (key) => key === elsewhere,
    onElsewhere: () => visits++,
    attachSuggestions: () => ({ open() {} }),
  });
  show().append(editor.element);
});

describe("a key with a field of its own", () => {
  beforeEach(() => {
    elsewhere = "tag";
    editor.showDefaults(known(keyNames("COLOR", "tag")), true);
  });

  test("has no row", () => {
    assert.deepEqual(rowLabels(), ["COLOR"]);
  });

  test("is edited in that field", () => {
    type(find("newKey"), "tag");
    click(find("add"));
    assert.equal(visits, 1);
    assert.deepEqual(entries(), []);
  });

  test("can be pasted", () => {
    type(find("newKey"), "tag=2");
    click(find("add"));
    assert.deepEqual(entries(), ["tag=2"]);
    assert.deepEqual(rowLabels(), ["COLOR"]);
  });
});

describe("defaults", () => {
  test("are rows in groups once they are known", () => {
    assert.equal(find("none").hidden, true);
    editor.showDefaults(known(keyNames("db.host", "db.port", "COLOR")), true);
    assert.deepEqual(groupLabels(), ["db"]);
    assert.deepEqual(rowLabels(), ["host", "port", "COLOR"]);
    assert.equal(editor.element.getAttribute("aria-busy"), "false");
  });

  test("can be none", () => {
    editor.showDefaults(known([]), true);
    assert.equal(find("none").hidden, false);
  });

  test("that are loading are announced by the spinner", () => {
    editor.showDefaults(known([], { pending: true, state: "PENDING" }), true);
    assert.equal(find("loading").hidden, false);
    assert.equal(editor.element.getAttribute("aria-busy"), "true");
  });

  test("that failed say why, and can be loaded again", () => {
    editor.showDefaults(known([], { state: "FAILED", sentence: "The script failed." }), true);
    assert.equal(find("failure").textContent, "The script failed.");
    assert.deepEqual(announced, ["The script failed."]);
    click(find("reloadFailed"));
    assert.equal(reloads, 1);
    editor.showDefaults(known([]), true);
    assert.equal(find("failed").hidden, true);
  });

  test("of several stagings aren’t shown, but their keys are suggested", () => {
    editor.showDefaults(known(keyNames("A", "B")), false);
    assert.deepEqual(rowLabels(), []);
    assert.deepEqual(
      [...find("suggestions").children].map(({ value }) => value),
      ["A", "B"],
    );
  });
});

describe("a key", () => {
  test("is added, and gets the focus", () => {
    type(find("newKey"), " a.. b ");
    click(find("add"));
    assert.deepEqual(entries(), ["a.b="]);
    assert.equal(document.activeElement, part(editor.element, "input"));
    assert.equal(find("newKey").value, "");
    assert.equal(changes, 1);
  });

  test("must be typed", () => {
    click(find("add"));
    assert.equal(find("addProblem").textContent, "Enter a key first.");
    type(find("newKey"), " . ");
    assert.equal(find("addProblem").hidden, true);
    click(find("add"));
    assert.equal(find("addProblem").hidden, false);
    assert.equal(find("newKey").getAttribute("aria-invalid"), "true");
  });

  test("can be typed with its value", () => {
    type(find("newKey"), "a=1");
    find("newKey").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
    assert.deepEqual(entries(), ["a=1"]);
  });

  test("that is overridden starts with its default, and can be put back", () => {
    editor.showDefaults(known(keyNames("A")), true);
    click(part(editor.element, "override"));
    assert.deepEqual(entries(), ["A=1"]);
    assert.deepEqual(announced, ["A: overridden"]);
    click(part(editor.element, "reset"));
    assert.deepEqual(entries(), []);
    click(part(editor.element, "remove"));
    assert.deepEqual(entries(), ["A=null"]);
    assert.equal(changes, 3);
  });

  test("without a default goes when it is dropped, and the focus to the field for another", () => {
    type(find("newKey"), "a=1");
    click(find("add"));
    click(part(editor.element, "drop"));
    assert.deepEqual(rowLabels(), []);
    assert.equal(document.activeElement, find("newKey"));
    assert.equal(announced.at(-1), "a is deleted.");
  });
});

describe("lines", () => {
  const take = (lines) => {
    type(find("lines"), lines);
    click(find("takeLines"));
  };

  test("set and remove keys", () => {
    take("# comment\na=1\n-b\na=2");
    assert.deepEqual(entries(), ["a=2", "b=null"]);
    assert.deepEqual(announced, ["Overrides applied: 2."]);
    assert.equal(find("lines").value, "");
  });

  test("are taken all or not at all", () => {
    take("a=1\noops");
    assert.deepEqual(entries(), []);
    assert.match(find("linesProblem").textContent, /^Line 2 \(“oops”\)/);
    assert.equal(find("linesProblem").hidden, false);
    assert.equal(find("addProblem").hidden, true);
    assert.equal(find("lines").value, "a=1\noops");
    type(find("lines"), "a=1");
    assert.equal(find("linesProblem").hidden, true);
  });

  test("can be pasted into the field for a key", () => {
    const paste = (pasted) => {
      const event = new Event("paste", { cancelable: true });
      event.clipboardData = { getData: () => pasted };
      find("newKey").dispatchEvent(event);
      return event.defaultPrevented;
    };
    assert.equal(paste("a"), false);
    assert.equal(paste("a=1\n-b"), true);
    assert.deepEqual(entries(), ["a=1", "b=null"]);
    assert.equal(paste("c=1\noops"), true);
    assert.equal(find("lines").value, "c=1\noops");
    assert.equal(find("paste").open, true);
    assert.equal(document.activeElement, find("lines"));
    assert.match(find("linesProblem").textContent, /^Line 2/);
    assert.equal(find("addProblem").hidden, true);
  });

  test("that aren’t added yet are added before the form is sent", () => {
    type(find("lines"), "a=1");
    assert.equal(editor.hasPendingInput, true);
    assert.equal(editor.addPendingInput(), null);
    assert.deepEqual(entries(), ["a=1"]);
    type(find("newKey"), ".");
    assert.equal(editor.addPendingInput(), find("newKey"));
  });
});

describe("a problem", () => {
  test("of a key is shown at its row", () => {
    editor.showDefaults(known(keyNames("a.b")), true);
    const place = editor.showProblem("a.. b", "No.");
    assert.equal(part(editor.element, "error").textContent, "No.");
    assert.equal(place, part(editor.element, "override"));
    editor.clearProblems();
    assert.equal(part(editor.element, "error").hidden, true);
  });

  test("of none is shown for all", () => {
    assert.equal(editor.showProblem(null, "No."), find("newKey"));
    assert.equal(find("problem").textContent, "No.");
    editor.clearProblems();
    assert.equal(find("problem").hidden, true);
  });
});

describe("many keys", () => {
  const visibleRows = () => [...editor.element.querySelectorAll(".octopod-key:not([hidden])")].length;

  test("can be searched", () => {
    editor.showDefaults(known(keyNames(...Array.from({ length: 13 }, (_, i) => `k.n${i}`))), true);
    assert.equal(find("search").hidden, false);
    type(find("filter"), "N12");
    assert.equal(visibleRows(), 1);
    type(find("filter"), "nothing");
    assert.equal(find("noMatch").hidden, false);
    type(find("filter"), "");
    assert.equal(visibleRows(), 13);
  });

  test("are folded in groups", () => {
    editor.showDefaults(known(keyNames(...Array.from({ length: 61 }, (_, i) => `k.n${i}`), "s.a", "s.b")), true);
    const open = [...editor.element.querySelectorAll("details.octopod-group, .octopod-group details")].map(
      (it) => it.open,
    );
    assert.deepEqual(open, [false, true]);
  });
});
