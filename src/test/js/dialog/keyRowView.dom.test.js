import { click, show, type } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { KeyRowView } from "../../../main/webapp/js/dialog/keyRowView.js";
import { part } from "../../../main/webapp/js/dom.js";

let calls;
let view;

const find = (name) => part(view.element, name);
const visible = () =>
  ["standard", "input", "override", "remove", "reset", "drop", "was"].filter((name) => !find(name).hidden);
const update = (state, value, defaultValue) => view.update({ key: "a.b", state, value, defaultValue }, "b");

beforeEach(() => {
  calls = [];
  const actions = ["override", "edit", "remove", "reset"].map((name) => [
    name,
    (...given) => calls.push([name, ...given]),
  ]);
  view = new KeyRowView("a.b", Object.fromEntries(actions));
  show().append(view.element);
});

test("each state has its parts", () => {
  for (const [state, value, defaultValue, expected] of [
    ["default", "1", "1", ["standard", "override", "remove"]],
    ["overridden", "2", "1", ["input", "remove", "reset", "was"]],
    ["removed", null, "1", ["override", "reset", "was"]],
    ["removed", null, null, ["override", "drop"]],
    ["added", "2", null, ["input", "drop"]],
    ["set", "2", null, ["input", "drop"]],
  ]) {
    update(state, value, defaultValue);
    assert.deepEqual(visible(), expected, state);
    assert.equal(view.element.dataset.state, state);
  }
});

test("the label is shown, the whole key is the title", () => {
  update("default", "1", "1");
  assert.equal(find("key").textContent, "b");
  assert.equal(view.element.title, "a.b");
  assert.equal(find("standard").textContent, "1");
  assert.equal(find("standard").getAttribute("aria-label"), "Override a.b (now 1)");
});

test("an empty value is shown as empty", () => {
  update("default", "", "");
  assert.equal(find("standard").textContent, "empty");
  update("overridden", "2", "");
  assert.equal(find("wasValue").textContent, "empty");
  assert.equal(find("wasValue").classList.contains("octopod-key__empty"), true);
});

test("the buttons do what they say", () => {
  update("default", "1", "1");
  for (const name of ["standard", "override", "remove", "reset", "drop"]) {
    click(find(name));
  }
  assert.deepEqual(calls, [
    ["override", "a.b"],
    ["override", "a.b"],
    ["remove", "a.b"],
    ["reset", "a.b"],
    ["reset", "a.b"],
  ]);
});

test("typing changes the value and takes the problem away", () => {
  update("overridden", "2", "1");
  view.showProblem("No.");
  assert.equal(find("error").hidden, false);
  assert.equal(find("input").getAttribute("aria-invalid"), "true");
  type(find("input"), "x\ny");
  assert.deepEqual(calls, [["edit", "a.b", "x\ny"]]);
  assert.equal(find("error").hidden, true);
  assert.equal(find("input").rows, 2);
});

test("a field that has the value is left alone, whatever its line breaks are", () => {
  update("overridden", "a\r\nb", "1");
  find("input").value = "a\nb";
  find("input").setSelectionRange(1, 1);
  update("overridden", "a\r\nb", "1");
  assert.equal(find("input").selectionStart, 1);
});

test("a field is at most twelve lines high", () => {
  update("set", "\n".repeat(30), null);
  assert.equal(find("input").rows, 12);
});

test("the focus goes to where a problem can be mended", () => {
  update("default", "1", "1");
  assert.equal(view.field, find("override"));
  update("removed", null, "1");
  assert.equal(view.field, find("override"));
  update("added", "1", null);
  assert.equal(view.field, find("input"));
});

test("a filter looks at key and values", () => {
  const row = { key: "Image.Tag", value: "V1", defaultValue: null };
  assert.deepEqual(
    ["image", "v1", "", "v2"].map((typed) => view.matches(typed, row)),
    [true, true, true, false],
  );
});
