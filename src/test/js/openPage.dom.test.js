/** The page that leads to a link of a staging. */

import { show } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { html, settle } from "./fixtures/jenkins.js";

const content = (location, status) =>
  `<div id="octopod-open" data-title="a" data-status="${status}" data-location="${location}">${status}</div>`;

let page = content("", "Updating");
globalThis.fetch = async () => html(page);

// As a form has led to it, with the address from the beginning.
show(
  `${content("#first", "Running")}<div id="octopod-connection"></div><div id="octopod-live" data-url="open/"></div>`,
);
await import("../../main/webapp/js/openPage.js");
await settle();

async function reload() {
  window.dispatchEvent(new Event("online"));
  await settle();
}

test("a page with an address goes on to the link at once", () => {
  assert.equal(window.location.hash, "#first");
});

test("the page stays while there is nothing to open", async () => {
  page = content("", "Archived");
  await reload();
  assert.equal(document.getElementById("octopod-open").textContent, "Archived");
  assert.equal(window.location.hash, "#first");
});

test("the page goes on to the link when it can be opened", async () => {
  // The DOM of the tests doesn't leave the page, so the link is a place on it.
  page = content("#app", "Running");
  await reload();
  assert.equal(window.location.hash, "#app");
});
