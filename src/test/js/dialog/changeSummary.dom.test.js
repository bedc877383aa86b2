import { click, show } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showChanges, showSummary } from "../../../main/webapp/js/dialog/changeSummary.js";
import { part } from "../../../main/webapp/js/dom.js";

let element;
let undone;
const options = { none: "Nothing.", undo: (section, key) => undone.push([section, key]) };

const section = (...changes) => [{ section: "application", changes }];
const change = (kind, from, to) => ({ key: "a", kind, from, to });
const shown = (name, at = 0) => part(element.querySelectorAll("li")[at], name);

beforeEach(() => {
  undone = [];
  element = show('<section><h3 data-part="count"></h3><ul data-part="changes"></ul></section>').firstElementChild;
});

test("the heading counts the changes", () => {
  const heading = (...changes) => {
    showSummary(element, section(...changes), options);
    return part(element, "count").textContent;
  };
  assert.equal(heading(), "Nothing.");
  assert.equal(part(element, "changes").hidden, true);
  assert.equal(heading(change("added", null, "1")), "1 change");
  assert.equal(heading(change("added", null, "1"), change("removed", "1", null)), "2 changes");
});

test("a change has what was and what will be", () => {
  showSummary(element, section(change("changed", "1", ""), change("removed", "x\ny", null)), options);
  assert.deepEqual([shown("from").textContent, shown("to").textContent], ["1", "empty"]);
  assert.equal(shown("arrow").hidden, false);
  assert.equal(shown("from", 1).textContent, "x…");
  assert.deepEqual([shown("to", 1).hidden, shown("arrow", 1).hidden], [true, true]);
});

test("a long value is cut", () => {
  showSummary(element, section(change("added", null, "x".repeat(61)), change("added", null, "y".repeat(60))), options);
  assert.equal(shown("to").textContent, "x".repeat(60) + "…");
  assert.equal(shown("to", 1).textContent, "y".repeat(60));
});

test("a change can be undone", () => {
  showSummary(element, section(change("added", null, "1")), options);
  click(shown("undo"));
  assert.deepEqual(undone, [["application", "a"]]);
});

test("the same changes are left alone", () => {
  showSummary(element, section(change("added", null, "1")), options);
  const line = element.querySelector("li");
  showSummary(element, section(change("added", null, "1")), options);
  assert.equal(element.querySelector("li"), line);
});

test("what another user changed can’t be undone", () => {
  showChanges(part(element, "changes"), section(change("added", null, "1")), null);
  assert.equal(shown("undo").hidden, true);
});
