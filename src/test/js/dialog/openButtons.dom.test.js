import { click, show } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { settle } from "../fixtures/jenkins.js";

mock.method(console, "error", () => {});
globalThis.fetch = () => new Promise(() => {});
history.replaceState(null, "", "?new&other=1");
show(
  '<div data-octopod-dialog="project" data-url="job/demo/" data-name="Demo"></div><a data-octopod-opens-dialog="true"></a>',
);
await import("../../../main/webapp/js/dialog/openButtons.js");

const dialog = () => document.querySelector("dialog.octopod-dialog");

test("a page whose address asks for the dialog opens it, and asks no more once it is closed", async () => {
  assert.equal(dialog().querySelector('[data-part="subtitle"]').textContent, "Demo");
  dialog().querySelector('[data-part="cancel"]').click();
  await settle();
  assert.equal(dialog(), null);
  assert.equal(location.search, "?other=1");
});

test("a button opens it", async () => {
  click(document.querySelector("[data-octopod-opens-dialog]"));
  await settle();
  assert.notEqual(dialog(), null);
});
