/** The page of stagings as a whole, with a feed. Its script runs once, so the tests go on where the one before has ended. */

import { click, show, type } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { json, settle } from "./fixtures/jenkins.js";

const PROJECTS = [{ id: "shop", name: "Shop", url: "job/shop/", agents: "ONLINE", mayCreate: true }];
const NOW = Date.now();

const staging = (name, more = {}) => ({
  id: "shop/" + name,
  name,
  url: `job/shop/job/${name}/`,
  project: "shop",
  status: "Running",
  since: NOW,
  created: NOW,
  changed: NOW,
  may: ["build"],
  ...more,
});

let feed = {
  complete: true,
  viewer: "alice",
  now: NOW,
  gone: [],
  projects: PROJECTS,
  stagings: [
    staging("a"),
    staging("b", { application: [1, 2, 3, 4].map((n) => ({ key: "K" + n, value: "v" })) }),
    staging("old", { status: "Archived", archived: true }),
  ],
};
globalThis.fetch = async () => (feed === null ? new Response(null, { status: 304 }) : json(feed));

show(`<section id="octopod-board" data-url="board/" data-root="/jenkins/" data-single="false" data-project-creatable="false">
  <div id="octopod-connection"></div>
  <button id="octopod-new" hidden></button>
  <input id="octopod-search" type="search">
  <select id="octopod-status-filter"><option value=""></option><option value="busy"></option></select>
  <div><select id="octopod-project-filter"><option value=""></option></select></div>
  <span><input id="octopod-mine" type="checkbox"></span>
  <button id="octopod-columns-button" aria-expanded="false"></button>
  <fieldset id="octopod-columns-menu"></fieldset>
  <span id="octopod-count"></span>
  <div id="octopod-agents"></div>
  <div id="octopod-selection" hidden><span id="octopod-selection-count"></span>
    <button data-operation="archive"></button><button data-selection="none"></button></div>
  <div id="octopod-loading"></div>
  <div id="octopod-current"></div>
  <details id="octopod-archived" hidden><summary><span id="octopod-archived-count"></span></summary><div id="octopod-archived-table"></div></details>
</section>`);
await import("../../main/webapp/js/stagingsPage.js");
await settle();

const find = (id) => document.getElementById("octopod-" + id);
const rows = (place = "current") => [...find(place).querySelectorAll("tbody > tr")];
const names = (place) => rows(place).map((row) => row.querySelector("a").textContent);

async function receive(changes) {
  feed = { complete: false, viewer: "alice", now: NOW, gone: [], projects: PROJECTS, stagings: [], ...changes };
  window.dispatchEvent(new Event("online"));
  await settle();
}

function check(box, checked) {
  box.checked = checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

test("the feed fills the page", () => {
  assert.deepEqual(names(), ["a", "b"]);
  assert.equal(find("loading").hidden, true);
  assert.equal(find("new").hidden, false);
  assert.equal(find("archived").hidden, false);
  assert.equal(find("archived-count").textContent, "1");
  assert.deepEqual(names("archived-table"), [], "they are rendered when they are opened");
  assert.equal(find("project-filter").parentElement.hidden, true);
});

test("a change is shown and announced", async () => {
  await receive({ stagings: [staging("a", { activity: { action: "UPDATE" } })] });
  assert.match(rows()[0].textContent, /UPDATE/);
  assert.equal(document.querySelector("[aria-live=polite].jenkins-visually-hidden").textContent, "a: UPDATE");
});

test("a search shows what it finds, and opens the archive if there is nothing else", async () => {
  type(find("search"), "b");
  assert.deepEqual(names(), ["b"]);
  assert.equal(find("count").textContent, "1 of 3");
  assert.equal(location.search, "?q=b");
  type(find("search"), "old");
  await settle();
  assert.equal(find("archived").open, true);
  assert.deepEqual(names("archived-table"), ["old"]);
  assert.match(find("current").textContent, /archived/);
  click(find("current").querySelector("button"));
  assert.deepEqual(names(), ["a", "b"]);
  assert.equal(location.search, "?archived");
});

test("a column is sorted, and sorted the other way", () => {
  const header = () => find("current").querySelector('th[data-column="name"]');
  const sort = () => {
    const button = document.createElement("button");
    button.className = "octopod-sort";
    header().append(button);
    click(button);
  };
  sort();
  assert.deepEqual(names(), ["b", "a"]);
  assert.match(location.search, /sort=-name/);
  sort();
  assert.deepEqual(names(), ["a", "b"]);
});

test("overrides are expanded and folded", () => {
  const more = () => rows()[1].querySelector("[data-expand]");
  assert.equal(more().getAttribute("aria-expanded"), "false");
  click(more());
  assert.equal(more().getAttribute("aria-expanded"), "true");
  assert.equal(rows()[1].querySelectorAll(".octopod-override").length, 4);
});

test("stagings are selected, until they are gone", async () => {
  const box = (at) => rows()[at].querySelector("[data-select=row]");
  check(box(0), true);
  check(box(1), true);
  assert.equal(find("selection").hidden, false);
  assert.equal(find("selection-count").textContent, "2 selected");
  await receive({ gone: ["shop/a"] });
  assert.deepEqual(names(), ["b"]);
  assert.equal(find("selection-count").textContent, "1 selected");
  click(find("selection").querySelector("[data-selection=none]"));
  assert.equal(find("selection").hidden, true);
  assert.equal(document.activeElement, find("search"));
  check(find("current").querySelector("[data-select=all]"), true);
  assert.equal(find("selection-count").textContent, "1 selected");
});

test("an operation on the selection asks for confirmation", () => {
  click(find("selection").querySelector("[data-operation=archive]"));
  assert.equal(document.querySelector("dialog [data-part=message]").textContent, "archive b?");
  document.querySelector("dialog").close();
});

test("Jenkins goes away and comes back", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("away");
  };
  window.dispatchEvent(new Event("online"));
  await settle();
  assert.match(find("connection").textContent, /doesn’t answer/);
  assert.equal(find("board").classList.contains("octopod-board--stale"), true);
  globalThis.fetch = async () => new Response(null, { status: 304 });
  window.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(find("connection").textContent, "");
  assert.equal(find("board").classList.contains("octopod-board--stale"), false);
});
