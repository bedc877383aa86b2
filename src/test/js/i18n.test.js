import "./fixtures/plainPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageLanguage, text } from "../../main/webapp/js/i18n.js";

test("values are put into their holes", () => {
  assert.equal(text("dialog.overrideValue", "a", 1), "Override a (now 1)");
  assert.equal(text("announce", "a", "$&"), "a: $&");
});

test("a value can look like a hole", () => {
  assert.equal(text("announce", "{1}", "b"), "{1}: b");
});

test("a hole without a value stays", () => {
  assert.equal(text("announce", "a"), "a: {1}");
});

test("a key without a text is an error", () => {
  assert.throws(() => text("nonsense"), /no text nonsense/);
});

test("the language is the page’s, else the browser’s", () => {
  assert.equal(pageLanguage(), "en");
  document.documentElement.lang = "";
  assert.equal(pageLanguage(), undefined);
});
