/** The page of a staging as a whole. Its script runs once, so the tests go on where the one before has ended. */

import { click, show, type } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { html, settle } from "./fixtures/jenkins.js";

const content = (version) =>
  `<div id="octopod-staging" data-title="a" data-status="Running" data-actions="${version}">version ${version}</div>`;
const actions = (count) => {
  const rows = Array.from({ length: count }, (_, i) => `<tr data-key="${i}"><td><a href="${i}/">#${i}</a></td></tr>`);
  return `<div id="octopod-actions-list"><table><tbody>${rows.join("")}</tbody></table><button data-rows="50">Older</button></div>`;
};

let page = content(1);
let list = actions(2);
const urls = [];
globalThis.fetch = async (url) => {
  urls.push(url);
  const answer = url.startsWith("actions") ? list : page;
  return answer === null ? html("Not found", { status: 404 }) : html(answer);
};

show(`${content(0)}<div id="octopod-tasks"></div><div id="octopod-connection"></div>
  <div id="octopod-actions" data-url="actions"></div><div id="octopod-live" data-url="live/"></div>
  <a data-octopod-cleanup="true"></a>
  <dialog id="octopod-cleanup"><form data-name="a"><input name="confirm"><button type="submit"></button>
    <button data-octopod-close="true"></button></form></dialog>`);
await import("../../main/webapp/js/stagingPage.js");
await settle();

const place = document.getElementById("octopod-actions");
const rows = () => [...place.querySelectorAll("tbody > tr")];

async function reload() {
  window.dispatchEvent(new Event("online"));
  await settle();
}

test("the actions are loaded when the page says that there are others", async () => {
  assert.equal(rows().length, 2);
  assert.deepEqual(urls, ["live/", "actions?rows=25"]);
  await reload();
  assert.deepEqual(urls.slice(2), ["live/"]);
  page = content(2);
  list = actions(3);
  const [first] = rows();
  await reload();
  assert.equal(rows().length, 3);
  assert.equal(rows()[0], first);
});

test("older actions are loaded on request, and get the focus", async () => {
  list = actions(5);
  click(place.querySelector("button"));
  assert.equal(place.querySelector("button").disabled, true);
  await settle();
  assert.equal(urls.at(-1), "actions?rows=50");
  assert.equal(rows().length, 5);
  assert.equal(document.activeElement.textContent, "#3");
  assert.equal(place.querySelector("button").disabled, false);
});

test("a list that is gone stays as it was", async () => {
  list = null;
  page = content(3);
  await reload();
  assert.equal(rows().length, 5);
});

test("a cleanup needs the name of the staging", () => {
  const dialog = document.getElementById("octopod-cleanup");
  const submit = dialog.querySelector("[type=submit]");
  click(document.querySelector("[data-octopod-cleanup]"));
  assert.equal(dialog.open, true);
  assert.equal(submit.disabled, true);
  type(dialog.querySelector("input"), " a ");
  assert.equal(submit.disabled, false);
  click(dialog.querySelector("[data-octopod-close]"));
  assert.equal(dialog.open, false);
});
