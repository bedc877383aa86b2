import "../fixtures/plainPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { StagingsModel, tokensOf } from "../../../main/webapp/js/board/stagingsModel.js";

const ALL = { q: "", status: "", project: "", mine: false, sort: "name", archived: false };
const PROJECTS = [
  { id: "shop", name: "Shop", tagKey: "image.tag" },
  { id: "blog", name: "Blog" },
];

let stagings;

const staging = (name, more = {}) => ({ id: "shop/" + name, name, project: "shop", status: "Running", ...more });
const statusWord = (row) => "is " + row.status;

function apply(rows, { complete = false, gone = [], viewer = "alice" } = {}) {
  return stagings.applyFeed({ complete, gone, viewer, projects: PROJECTS, stagings: rows }, statusWord);
}

function names(filter = {}, section = "current") {
  return stagings.select({ ...ALL, ...filter })[section].map((row) => row.name);
}

beforeEach(() => (stagings = new StagingsModel()));

describe("the feed", () => {
  test("adds, changes and removes", () => {
    apply([staging("a"), staging("b")], { complete: true });
    const changes = apply([staging("b", { status: "Archived" }), staging("c")], { gone: ["shop/a"] });
    assert.deepEqual(names(), ["b", "c"]);
    assert.deepEqual(
      changes.map(({ row, before }) => [row.name, before?.statusWord, row.statusWord]),
      [
        ["b", "is Running", "is Archived"],
        ["c", undefined, "is Running"],
      ],
    );
  });

  test("that is complete replaces all, and still knows what was before", () => {
    apply([staging("a"), staging("b")], { complete: true });
    const [change] = apply([staging("b")], { complete: true });
    assert.deepEqual(names(), ["b"]);
    assert.equal(change.before.name, "b");
  });

  test("the tag has a column of its own", () => {
    apply([
      staging("a", {
        deployment: [
          { key: "image.tag", value: "1" },
          { key: "replicas", value: "2" },
        ],
        application: [{ key: "DEBUG" }],
      }),
      staging("b", { deployment: [{ key: "image.tag" }] }),
    ]);
    assert.equal(stagings.rows.get("shop/a").overridesText, "replicas=2\nDEBUG=");
    assert.equal(stagings.rows.get("shop/b").overridesText, "image.tag=", "a tag that is removed isn’t in that column");
  });
});

describe("filters", () => {
  beforeEach(() => {
    apply([
      staging("run", {
        createdBy: { id: "alice", name: "Alice" },
        links: [{ name: "App", url: "https://run.example" }],
        note: { text: "for Anna’s demo\non Thursday", at: 1 },
      }),
      staging("busy", { activity: { action: "UPDATE" }, changedBy: { id: "alice", name: "Alice" } }),
      staging("fail", { status: "GenericFailure", reason: "Out of memory", project: "blog" }),
      staging("old", { status: "Archived", archived: true, tag: "V1" }),
    ]);
  });

  test("archived stagings are apart", () => {
    assert.deepEqual(names(), ["busy", "fail", "run"]);
    assert.deepEqual(names({}, "archived"), ["old"]);
  });

  for (const [filter, expected] of [
    [{ status: "running" }, ["run"]],
    [{ status: "busy" }, ["busy"]],
    [{ status: "failing" }, ["fail"]],
    [{ project: "blog" }, ["fail"]],
    [{ mine: true }, ["busy", "run"]],
    [{ q: "MEMORY out" }, ["fail"]],
    [{ q: "run.example" }, ["run"]],
    [{ q: "thursday ANNA’S" }, ["run"]],
    [{ q: "alice", status: "busy" }, ["busy"]],
    [{ q: "nothing" }, []],
  ]) {
    test(JSON.stringify(filter), () => assert.deepEqual(names(filter), expected));
  }

  test("the status archived", () => assert.deepEqual(names({ status: "archived", q: "v1" }, "archived"), ["old"]));

  test("nothing is an anonymous user’s", () => {
    apply([], { viewer: null });
    assert.deepEqual(names({ mine: true }), []);
  });

  test("what is searched for is split at spaces", () => {
    assert.deepEqual(tokensOf("  A  b\tC "), ["a", "b", "c"]);
    assert.deepEqual(tokensOf(" "), []);
  });
});

describe("order", () => {
  beforeEach(() => {
    apply([
      staging("a10", { created: 2, expires: 5, tag: "z" }),
      staging("a2", { created: 3, pinned: true, expires: 1 }),
      staging("A3", { created: 1, expires: 7, tag: "b" }),
      staging("b", { created: 3, tag: "a" }),
    ]);
  });

  for (const [sort, expected] of [
    ["name", ["a2", "A3", "a10", "b"]],
    ["-name", ["b", "a10", "A3", "a2"]],
    ["created", ["A3", "a10", "a2", "b"]],
    ["-created", ["a2", "b", "a10", "A3"]],
    ["expires", ["a10", "A3", "a2", "b"]],
    ["tag", ["a2", "b", "A3", "a10"]],
    ["nonsense", ["a2", "A3", "a10", "b"]],
  ]) {
    test(sort, () => assert.deepEqual(names({ sort }), expected));
  }
});
