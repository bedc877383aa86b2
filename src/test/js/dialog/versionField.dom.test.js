import { click, show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { part } from "../../../main/webapp/js/dom.js";
import { Draft } from "../../../main/webapp/js/dialog/draft.js";
import { RecentValues } from "../../../main/webapp/js/dialog/recentValues.js";
import { SuggestionList } from "../../../main/webapp/js/dialog/suggestionList.js";
import { VersionField } from "../../../main/webapp/js/dialog/versionField.js";

const KEY = "image.tag";
const VALUES = [
  { value: "v7", staging: "orange", at: Date.now() - 60_000, deployer: "main", number: 12 },
  { value: "v6", staging: "teal", at: Date.now() - 120_000, deployer: null, number: 0 },
];

let dialog;
let drafts;
let recent;
let field;
let changed;
let announced;

const find = (name) => part(dialog, name);
const input = () => find("version");
const options = () => [...dialog.querySelectorAll("[role=option]")];
const values = () => options().map((option) => part(option, "value").textContent);
const activeValue = () => {
  const id = input().getAttribute("aria-activedescendant");
  return id === null ? null : part(document.getElementById(id), "value").textContent;
};
const config = (list, more = {}) => ({
  defaults: { state: "READY", pending: false, list, sentence: null, ...more },
  keys: { state: "READY", pending: false, list: [], sentence: null },
});
const tags = (...list) => ({ state: "READY", pending: false, sentence: null, list });
const entry = (key, value) => ({ key, value });

/** @returns {boolean} whether the field used the key itself */
function press(key, more = {}) {
  return !input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

function open({ base = [], usesDefaults = true } = {}) {
  dialog = show();
  dialog.append(document.getElementById("octopod-dialog").content.firstElementChild.cloneNode(true));
  drafts = { deployment: new Draft(base), application: new Draft() };
  recent = new RecentValues();
  changed = [];
  announced = [];
  field = new VersionField(find("versionField"), {
    drafts,
    recent,
    list: new SuggestionList(find("suggestionList"), find("contents")),
    usesDefaults,
    onChange: (section) => changed.push(section),
    announce: (sentence) => announced.push(sentence),
  });
}

function know({ deployment = [], application = [] } = {}) {
  recent.known = { tagKey: KEY, pending: false, deployment, application };
  field.update();
}

beforeEach(() => open());

describe("the version", () => {
  test("is an override of the tag key", () => {
    know();
    type(input(), " v7 ");
    assert.deepEqual(drafts.deployment.entries, [entry(KEY, "v7")]);
    assert.deepEqual(changed, ["deployment"]);
    type(input(), "");
    assert.deepEqual(drafts.deployment.entries, []);
  });

  test("of an update is what the staging has", () => {
    open({ base: [entry(KEY, "v6")] });
    know();
    assert.equal(input().value, "v6");
    type(input(), "");
    assert.equal(drafts.deployment.changes[0].kind, "reset");
    field.render();
    assert.equal(input().value, "");
  });

  test("that is typed before the key is known is kept", () => {
    type(input(), "v7");
    assert.equal(field.isWaiting, true);
    know();
    assert.equal(field.isWaiting, false);
    assert.equal(input().value, "v7");
    assert.deepEqual(drafts.deployment.entries, [entry(KEY, "v7")]);
  });

  test("moves to the kind of configuration that has the key", () => {
    know();
    type(input(), "v7");
    field.scripts = { deployment: config([]), application: config([entry(KEY, "v1")]), tags: tags() };
    assert.deepEqual(drafts.deployment.entries, []);
    assert.deepEqual(drafts.application.entries, [entry(KEY, "v7")]);
    assert.equal(field.isFieldOf("application", KEY), true);
    assert.equal(input().placeholder, "Default: v1");
  });

  test("moves to another project", () => {
    know();
    type(input(), "v7");
    field.detach();
    recent.clear();
    field.scripts = null;
    recent.known = { tagKey: "version", pending: false, deployment: [], application: [] };
    field.update();
    assert.deepEqual(drafts.deployment.entries, [entry("version", "v7")]);
  });

  test("that is removed says so", () => {
    open({ base: [entry(KEY, null)] });
    know();
    assert.equal(input().value, "");
    assert.equal(input().placeholder, "Removed");
  });

  test("that is removed later stays removed", () => {
    know();
    type(input(), "v7");
    drafts.deployment.remove(KEY);
    field.update();
    assert.deepEqual(drafts.deployment.entries, [entry(KEY, null)]);
    assert.equal(input().placeholder, "Removed");
  });

  test("of several stagings stays as it is", () => {
    open({ usesDefaults: false });
    know();
    field.scripts = { deployment: config([entry(KEY, "v1")]), application: config([]), tags: tags() };
    assert.equal(input().placeholder, "As it is");
  });
});

describe("a project whose scripts don’t know the key", () => {
  const NOTHING = { deployment: config([]), application: config([]), tags: tags() };

  test("has no version", () => {
    know();
    assert.equal(field.isShown, true);
    field.scripts = NOTHING;
    assert.equal(field.isShown, false);
  });

  test("has one if a staging had it", () => {
    know({ application: [{ key: KEY, values: VALUES }] });
    field.scripts = NOTHING;
    assert.equal(field.isFieldOf("application", KEY), true);
  });

  test("has one if the scripts print tags", () => {
    know();
    field.scripts = { ...NOTHING, tags: tags({ tag: "v9", description: "" }) };
    assert.equal(field.isShown, true);
  });

  test("has one if the scripts failed", () => {
    know();
    field.scripts = {
      deployment: config([], { state: "FAILED", sentence: "No." }),
      application: config([]),
      tags: tags(),
    };
    assert.equal(field.isShown, true);
  });

  test("has one if the user has typed it", () => {
    know();
    type(input(), "v7");
    field.scripts = NOTHING;
    assert.equal(field.isShown, true);
  });
});

describe("suggestions", () => {
  beforeEach(() => know({ deployment: [{ key: KEY, values: VALUES }] }));

  test("say who deployed what, where and when", () => {
    click(input());
    assert.deepEqual(
      options().map((option) => option.textContent),
      ["v7 main #12 · orange · 1 min. ago", "v6 teal · 2 min. ago"],
    );
    assert.equal(input().getAttribute("aria-expanded"), "true");
    assert.equal(input().getAttribute("aria-controls"), "octopod-dialog-suggestions");
    assert.deepEqual(announced, ["2 suggestions"]);
  });

  test("are filtered by value and by build", () => {
    type(input(), "MAIN");
    assert.deepEqual(values(), ["v7"]);
    type(input(), "6");
    assert.deepEqual(values(), ["v6"]);
    type(input(), "nothing");
    assert.deepEqual(values(), []);
    assert.equal(input().getAttribute("aria-expanded"), "false");
  });

  test("are picked with the arrow keys", () => {
    assert.equal(press("ArrowDown"), true);
    assert.equal(activeValue(), "v7");
    press("ArrowDown");
    press("ArrowDown");
    assert.equal(activeValue(), "v7");
    press("ArrowUp");
    assert.equal(activeValue(), "v6");
    assert.equal(options()[1].getAttribute("aria-selected"), "true");
    assert.equal(press("Enter"), true);
    assert.equal(input().value, "v6");
    assert.deepEqual(drafts.deployment.entries, [entry(KEY, "v6")]);
    assert.equal(input().getAttribute("aria-expanded"), "false");
    assert.equal(press("Enter"), false, "the form is sent");
  });

  test("are picked with the mouse", () => {
    click(input());
    click(options()[1]);
    assert.deepEqual(drafts.deployment.entries, [entry(KEY, "v6")]);
  });

  test("are picked with Tab, which moves on", () => {
    press("ArrowDown");
    assert.equal(press("Tab"), false);
    assert.equal(input().value, "v7");
  });

  test("close with Escape, and only then the dialog does", () => {
    press("ArrowDown");
    assert.equal(press("Escape"), true);
    assert.deepEqual(values(), []);
    assert.equal(press("Escape"), false);
  });

  test("don’t take Enter from a user who has typed the version", () => {
    type(input(), "v");
    assert.equal(values().length, 2);
    assert.equal(press("Enter"), false);
    assert.equal(press("Enter", { ctrlKey: true }), false);
  });

  test("close when the version is one of them", () => {
    type(input(), "v7");
    assert.deepEqual(values(), []);
  });

  test("open and close with the button", () => {
    click(find("openVersions"));
    assert.equal(values().length, 2);
    click(find("openVersions"));
    assert.equal(values().length, 0);
  });

  test("that are equal stay, because a click might be under way", () => {
    type(input(), "v");
    const [first] = options();
    field.update();
    assert.equal(options()[0], first);
  });

  test("that arrive late are filtered, too", () => {
    type(input(), "6");
    know({ deployment: [{ key: KEY, values: [...VALUES, { ...VALUES[1], value: "v66" }] }] });
    assert.deepEqual(values(), ["v6", "v66"]);
  });

  test("that arrive late are shown in the open list", () => {
    click(input());
    know({ deployment: [{ key: KEY, values: [...VALUES, { ...VALUES[1], value: "v5" }] }] });
    assert.deepEqual(values(), ["v7", "v6", "v5"]);
  });

  describe("of the script", () => {
    const scripts = (answer) => ({ deployment: config([]), application: config([]), tags: answer });

    test("follow those that were deployed", () => {
      field.scripts = scripts(tags({ tag: "v9", description: "new checkout" }, { tag: "v7", description: "seen" }));
      click(input());
      assert.deepEqual(values(), ["v7", "v6", "v9"]);
      assert.deepEqual(
        [...dialog.querySelectorAll("[role=group]")].map((group) => group.getAttribute("aria-label")),
        ["Recently deployed", "From the control scripts"],
      );
      type(input(), "checkout");
      assert.deepEqual(values(), ["v9"]);
    });

    test("are announced while they are read", () => {
      field.scripts = scripts({ ...tags(), state: "LOADING", pending: true });
      click(input());
      assert.equal(find("note").textContent, "Reading the tags from the control scripts");
      field.scripts = scripts(tags({ tag: "v9", description: "" }));
      assert.deepEqual(values(), ["v7", "v6", "v9"]);
      assert.equal(find("note").hidden, true);
    });

    test("that failed say why", () => {
      field.scripts = scripts({ ...tags(), state: "FAILED", sentence: "No registry." });
      click(input());
      assert.equal(find("note").textContent, "The tags can’t be read: No registry.");
    });

    test("are shown up to a number", () => {
      field.scripts = scripts(tags(...Array.from({ length: 500 }, (_, i) => ({ tag: "t" + i, description: "" }))));
      click(input());
      assert.equal(values().length, 200);
      assert.deepEqual(announced.slice(-1), ["502 suggestions"]);
      assert.equal(find("note").textContent, "Type a part of it to find 302 more");
    });
  });
});
