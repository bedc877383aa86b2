/** The stagings on the page of a build or job. */

import { show } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { html, settle } from "./fixtures/jenkins.js";

const content = (status) => `<section id="octopod-block" data-status="a: ${status}">${status}</section>`;

let answer = () => html(content("Running"));
globalThis.fetch = async () => answer();

document.title = "shop #1 - Jenkins";
show(`${content("Running")}<div id="octopod-connection"></div><div id="octopod-live" data-url="live/"></div>`);
await import("../../main/webapp/js/stagingsBlock.js");
await settle();

async function reload() {
  window.dispatchEvent(new Event("online"));
  await settle();
}

test("the block follows changes and leaves the title of the page alone", async () => {
  answer = () => html(content("Archived"));
  await reload();
  assert.equal(document.getElementById("octopod-block").textContent, "Archived");
  assert.equal(document.title, "shop #1 - Jenkins");
});

test("the block goes when there is nothing left to show", async () => {
  answer = () => new Response("", { status: 404 });
  await reload();
  assert.equal(document.getElementById("octopod-block"), null);
  assert.equal(document.getElementById("octopod-connection").textContent, "");
});
