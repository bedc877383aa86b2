import "../fixtures/plainPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const update = {
  operation: "update",
  permission: "build",
  statuses: "Running TagMismatch",
  permissionObstacle: "You need the permission Job/Build.",
  statusObstacle: "It isn’t running.",
};

// The rules come with the page, before the module is loaded.
const { querySelectorAll } = document;
document.querySelectorAll = (selector) =>
  selector === "template[id^=octopod-operation-]"
    ? [update, { operation: "abort" }, null].map((dataset) => ({
        content: { querySelector: () => dataset && { dataset } },
      }))
    : querySelectorAll.call(document, selector);
const { findOperation, OPERATIONS, unavailableReason } = await import("../../../main/webapp/js/board/availability.js");

const row = { may: ["build"], status: "Running" };
const reason = (name, changes) => unavailableReason(findOperation(name), { ...row, ...changes });

test("the operations are those of the page", () => {
  assert.deepEqual(
    OPERATIONS.map(({ name }) => name),
    ["update", "abort"],
  );
  assert.equal(findOperation("nonsense"), undefined);
});

test("an operation needs its permission, no other action, and its status", () => {
  assert.equal(reason("update", {}), null);
  assert.equal(reason("update", { may: [] }), update.permissionObstacle);
  assert.equal(reason("update", { may: undefined }), update.permissionObstacle);
  assert.equal(reason("update", { status: "Archived" }), update.statusObstacle);
  assert.match(reason("update", { activity: { run: "#3" } }), /^#3 /);
  assert.match(reason("update", { activity: {} }), /queue/);
});

test("only what is going on can be aborted", () => {
  assert.match(reason("abort", { may: ["abort"] }), /in progress/);
  assert.equal(reason("abort", { may: ["abort"], activity: {} }), null);
  assert.match(reason("abort", { activity: {} }), /Job\/Cancel/);
});
