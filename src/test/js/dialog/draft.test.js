import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Draft } from "../../../main/webapp/js/dialog/draft.js";

const entry = (key, value) => ({ key, value });
const shortChange = ({ key, kind, from, to }) => `${kind} ${key} ${from}>${to}`;
const shortRow = ({ key, state, value, defaultValue }) => `${key} ${state} ${value} ${defaultValue}`;
const changesOf = (draft) => draft.changes.map(shortChange);

function draftOf(base, defaults) {
  const draft = new Draft(base.map(([key, value]) => entry(key, value)));
  if (defaults !== undefined) {
    draft.defaults = defaults.map(([key, value]) => entry(key, value));
  }
  return draft;
}

describe("rows", () => {
  test("defaults come first, then what is added", () => {
    const draft = draftOf(
      [
        ["KEPT", "old"],
        ["GONE", null],
      ],
      [
        ["COLOR", "orange"],
        ["KEPT", "standard"],
      ],
    );
    draft.set("NEW", "x");
    assert.deepEqual(draft.rows.map(shortRow), [
      "COLOR default orange orange",
      "KEPT overridden old standard",
      "GONE removed null null",
      "NEW added x null",
    ]);
  });

  test("without known defaults, an override is set, not added", () => {
    const draft = draftOf([["A", "1"]]);
    assert.equal(draft.areDefaultsKnown, false);
    assert.equal(draft.row("A").state, "set");
    draft.defaults = [];
    assert.equal(draft.row("A").state, "added");
  });

  test("another project has other defaults", () => {
    const draft = draftOf([["A", "1"]], [["A", "0"]]);
    draft.keys = ["B"];
    draft.clearDefaults();
    assert.equal(draft.areDefaultsKnown, false);
    assert.deepEqual(draft.keys, []);
    assert.deepEqual(draft.rows.map(shortRow), ["A set 1 null"]);
  });

  test("an empty default is a default", () => {
    const draft = draftOf([["A", "1"]], [["A", ""]]);
    assert.equal(draft.row("A").state, "overridden");
  });

  test("has finds overrides and defaults", () => {
    const draft = draftOf([["A", null]], [["B", ""]]);
    assert.deepEqual(
      ["A", "B", "C"].map((key) => draft.has(key)),
      [true, true, false],
    );
  });
});

describe("changes", () => {
  test("are what would differ from now", () => {
    const draft = draftOf(
      [
        ["KEPT", "old"],
        ["SET", "a"],
        ["SAME", "s"],
      ],
      [
        ["COLOR", "orange"],
        ["KEPT", "standard"],
      ],
    );
    draft.reset("KEPT");
    draft.set("SET", "b");
    draft.remove("COLOR");
    draft.set("NEW", "x");
    draft.set("SAME", "t");
    draft.revert("SAME");
    assert.deepEqual(changesOf(draft), [
      "reset KEPT old>standard",
      "changed SET a>b",
      "removed COLOR orange>null",
      "added NEW null>x",
    ]);
  });

  test("a default that is overridden with its own value is added", () => {
    const draft = draftOf([], [["A", "1"]]);
    draft.set("A", "1");
    assert.deepEqual(changesOf(draft), ["added A null>1"]);
  });

  test("a default that is overridden with another value is changed", () => {
    const draft = draftOf([], [["A", "1"]]);
    draft.set("A", "2");
    assert.deepEqual(changesOf(draft), ["changed A 1>2"]);
  });

  test("what was removed can be set", () => {
    const draft = draftOf([["A", null]], [["A", "1"]]);
    draft.set("A", "2");
    assert.deepEqual(changesOf(draft), ["added A null>2"]);
  });

  test("reverting a new key forgets it", () => {
    const draft = draftOf([]);
    draft.set("A", "1");
    draft.revert("A");
    assert.deepEqual(draft.entries, []);
    assert.deepEqual(draft.changes, []);
  });

  test("reverting brings back what the staging has", () => {
    const draft = draftOf([["A", null]]);
    draft.reset("A");
    assert.deepEqual(changesOf(draft), ["reset A null>null"]);
    draft.revert("A");
    assert.deepEqual(draft.entries, [entry("A", null)]);
  });
});

describe("rebase", () => {
  test("takes over what another user changed and keeps what was typed", () => {
    const draft = draftOf([
      ["BOTH", "a"],
      ["DROPPED", "d"],
    ]);
    draft.set("BOTH", "mine");
    draft.set("TYPED", "t");
    const theirs = draft.rebase([entry("BOTH", "theirs"), entry("ADDED", "n")]);
    assert.deepEqual(theirs.map(shortChange), ["changed BOTH a>theirs", "reset DROPPED d>null", "set ADDED null>n"]);
    assert.deepEqual(draft.entries, [entry("BOTH", "mine"), entry("ADDED", "n"), entry("TYPED", "t")]);
    assert.deepEqual(changesOf(draft), ["changed BOTH theirs>mine", "set TYPED null>t"]);
  });

  test("what was reset here stays reset", () => {
    const draft = draftOf([["A", "1"]], [["A", "0"]]);
    draft.reset("A");
    assert.deepEqual(draft.rebase([entry("A", "2")]).map(shortChange), ["changed A 1>2"]);
    assert.deepEqual(changesOf(draft), ["reset A 2>0"]);
  });

  test("nothing has changed", () => {
    const draft = draftOf([["A", "1"]]);
    draft.set("A", "2");
    assert.deepEqual(draft.rebase([entry("A", "1")]), []);
    assert.deepEqual(changesOf(draft), ["changed A 1>2"]);
  });
});
