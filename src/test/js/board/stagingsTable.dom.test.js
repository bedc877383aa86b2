import { show, showEnd } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { StagingsTable } from "../../../main/webapp/js/board/stagingsTable.js";
import { currentTime } from "../../../main/webapp/js/time.js";

const context = {
  root: "/jenkins/",
  single: false,
  projects: new Map([["shop", { url: "job/shop/" }]]),
  tokens: [],
  sort: "name",
  selected: new Set(),
  expandedIds: new Set(),
};

const row = (name, more = {}) => ({
  id: "shop/" + name,
  name,
  url: `job/shop/job/${name}/`,
  project: "shop",
  projectName: "Shop",
  status: "Running",
  statusWord: "Running",
  since: currentTime() - 60000,
  overrides: [],
  created: currentTime() - 3600000,
  changed: currentTime() - 60000,
  ...more,
});

let place;
let table;

beforeEach(() => {
  place = show('<div id="octopod-current"></div>').firstElementChild;
  table = new StagingsTable(place, "Stagings in use");
});

const showRows = (rows, changes = {}) => table.show(rows, { ...context, ...changes });
const bodyRows = () => [...place.querySelectorAll("tbody > tr")];
const shownNames = () => bodyRows().map((element) => element.dataset.id.replace("shop/", ""));
const cell = (name, at = 0) => bodyRows()[at].querySelector(`[data-cell=${name}]`);
const words = (name, at = 0) => cell(name, at).textContent.replace(/\s+/g, " ");

describe("rows", () => {
  test("are shown in their order and reused", () => {
    showRows([row("a"), row("b")]);
    const [a, b] = bodyRows();
    showRows([row("b"), row("c"), row("a")]);
    assert.deepEqual(shownNames(), ["b", "c", "a"]);
    assert.equal(bodyRows()[0], b);
    assert.equal(bodyRows()[2], a);
    showRows([row("c")]);
    assert.deepEqual(shownNames(), ["c"]);
  });

  test("without any there is no table", () => {
    showRows([row("a")]);
    showRows([]);
    assert.equal(place.querySelector("table"), null);
    showRows([row("a")]);
    assert.deepEqual(shownNames(), ["a"]);
  });

  test("more than a hundred come when the end is in sight", () => {
    showRows(Array.from({ length: 250 }, (_, i) => row("s" + i)));
    assert.equal(bodyRows().length, 100);
    assert.equal(place.querySelector("table").getAttribute("aria-rowcount"), "251");
    assert.equal(table.ids.length, 250);
    showEnd();
    assert.equal(bodyRows().length, 200);
    showEnd();
    showEnd();
    assert.equal(bodyRows().length, 250);
  });

  test("have labels for screen readers", () => {
    showRows([row("a")]);
    const box = bodyRows()[0].querySelector("[data-select=row]");
    assert.equal(bodyRows()[0].querySelector("label").htmlFor, box.id);
    assert.equal(bodyRows()[0].querySelector('[data-part="selectLabel"]').textContent, "Select a");
  });
});

describe("an update", () => {
  test("changes only the cells that differ", () => {
    showRows([row("a")]);
    const link = cell("name").firstElementChild;
    showRows([row("a", { status: "Archived", statusWord: "Archived" })]);
    assert.equal(cell("name").firstElementChild, link);
    assert.match(words("status"), /^Archived/);
  });

  test("keeps the focus in a cell that is made again", () => {
    showRows([row("a")]);
    cell("name").querySelector("a").focus();
    showRows([row("a", { branch: "feature/a" })]);
    assert.equal(document.activeElement, cell("name").querySelector("a"));
  });

  test("keeps the focus in a row that moves", () => {
    showRows([row("a"), row("b")]);
    const link = cell("name", 1).querySelector("a");
    link.focus();
    showRows([row("b"), row("a")]);
    assert.equal(document.activeElement, link);
  });
});

test("the checkbox of all rows", () => {
  const all = () => place.querySelector("[data-select=all]");
  showRows([row("a"), row("b")], { selected: new Set(["shop/a"]) });
  assert.deepEqual([all().checked, all().indeterminate], [false, true]);
  showRows([row("a"), row("b")], { selected: new Set(["shop/a", "shop/b"]) });
  assert.deepEqual([all().checked, all().indeterminate], [true, false]);
  showRows([row("a"), row("b")]);
  assert.deepEqual([all().checked, all().indeterminate], [false, false]);
});

test("the sorted column is marked", () => {
  const marked = () =>
    [...place.querySelectorAll("[aria-sort]")].map((th) => [
      th.dataset.column,
      th.ariaSort ?? th.getAttribute("aria-sort"),
    ]);
  showRows([row("a")], { sort: "-changed" });
  assert.deepEqual(marked(), [["changed", "descending"]]);
  showRows([row("a")], { sort: "name" });
  assert.deepEqual(marked(), [["name", "ascending"]]);
});

test("a column in which nothing expires is hidden", () => {
  const isHidden = () => place.querySelector("table").classList.contains("octopod-stagings--unlimited");
  showRows([row("a")]);
  assert.equal(isHidden(), true);
  showRows([row("a", { pinned: true })]);
  assert.equal(isHidden(), false);
});

describe("cells", () => {
  test("name, branch and project", () => {
    showRows([row("a", { branch: "feature/a" })]);
    const [link, project] = cell("name").querySelectorAll("a");
    assert.equal(link.getAttribute("href"), "/jenkins/job/shop/job/a/");
    assert.equal(project.getAttribute("href"), "/jenkins/job/shop/");
    assert.equal(words("name"), "a feature/a Shop");
    showRows([row("a")], { single: true });
    assert.equal(words("name"), "a");
  });

  test("note with its writer, as text", () => {
    const note = { text: "<b>for Anna</b>\non Thursday", by: { id: "bert", name: "Bert" }, at: 1 };
    showRows([row("a", { note })], { single: true, tokens: ["thursday"] });
    const line = cell("name").querySelector(".octopod-note");
    assert.equal(line.textContent, note.text);
    assert.equal(line.title, note.text + "\nby Bert");
    assert.equal(line.querySelector("mark").textContent, "Thursday");
    showRows([row("a", { note: { text: "of nobody", at: 2 } })]);
    assert.equal(cell("name").querySelector(".octopod-note").title, "of nobody");
    showRows([row("a")]);
    assert.equal(cell("name").querySelector(".octopod-note"), null);
  });

  test("what is searched for is marked", () => {
    showRows([row("abcabc")], { tokens: ["bc", "ca"] });
    assert.deepEqual(
      [...cell("name").querySelectorAll("mark")].map((mark) => mark.textContent),
      ["bcabc"],
    );
  });

  test("status with its reason", () => {
    showRows([
      row("a", { reason: "<b>no</b>", waiting: "Waits for b", stale: currentTime() - 120000, unclear: "why" }),
    ]);
    assert.match(
      words("status"),
      /^Running for 1 min<b>no<\/b>Waits for b2 min old: can’t be checked nowA script may still be running$/,
    );
    assert.equal(cell("status").querySelector("b"), null);
  });

  test("a run, or what waits for one", () => {
    const run = {
      action: "UPDATE",
      run: "#3",
      runUrl: "job/shop/job/a/3/",
      started: currentTime() - 5000,
      estimate: 10000,
    };
    showRows([row("a", { activity: run })]);
    assert.match(words("status"), /^Running #3 for 5 sec/);
    assert.equal(cell("status").querySelector("[role=progressbar]").getAttribute("aria-valuenow"), "50");
    showRows([row("a", { activity: { action: "UPDATE" } })]);
    assert.equal(words("status"), "RunningWaits in the queue");
  });

  test("links, of which only safe ones are links", () => {
    showRows([
      row("a", {
        links: [
          { name: "App", url: "https://a.example", safe: true },
          { name: "Bad", url: "javascript:1" },
        ],
      }),
    ]);
    assert.deepEqual(
      [...cell("links").querySelectorAll("a")].map((a) => a.href),
      ["https://a.example/"],
    );
    assert.match(words("links"), /Bad: javascript:1$/);
  });

  test("one override, or those that are found, and the rest on request", () => {
    const overrides = ["a", "b", "c", "d", "e"].map((key) => ({ key, value: "1" }));
    overrides.push({ key: "gone" }, { key: "same", value: "1", isDefault: true });
    showRows([row("a", { overrides })]);
    assert.equal(words("overrides"), "a=16 more");
    showRows([row("a", { overrides })], { tokens: ["gone", "b="] });
    assert.equal(words("overrides"), "b=1gone removed5 more");
    showRows([row("a", { overrides })], { expandedIds: new Set(["shop/a"]) });
    assert.equal(words("overrides"), "a=1b=1c=1d=1e=1gone removedsame=1Fewer");
  });

  test("overrides that all equal their defaults", () => {
    showRows([row("a", { overrides: [{ key: "same", value: "1", isDefault: true }] })]);
    assert.equal(words("overrides"), "1 same as default");
  });

  test("the tag", () => {
    showRows([row("a", { tag: "v1" }), row("b", { tag: "v2", tagIsDefault: true }), row("c")]);
    assert.deepEqual(
      [0, 1, 2].map((at) => words("tag", at)),
      ["v1", "v2 by default", ""],
    );
  });

  test("who and when", () => {
    showRows([row("a", { createdBy: { name: "Alice" } })]);
    assert.equal(words("created"), "1 hr by Alice");
  });

  test("the end of a lifetime", () => {
    const expires = currentTime() + 90000;
    showRows([
      row("a", { expires, expiring: true }),
      row("b", { expires, archived: true }),
      row("c", { pinned: true }),
    ]);
    assert.deepEqual(
      [0, 1, 2].map((at) => words("expires", at).trim()),
      ["1 min then archived", "1 min then removed", "Pinned"],
    );
  });
});
