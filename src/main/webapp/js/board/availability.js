/** Which operations are available for a staging, and why the others aren’t; the rules come with the page. */

import { text } from "../i18n.js";

/** In the order in which they are offered. */
export const OPERATIONS = [...document.querySelectorAll("template[id^=octopod-operation-]")]
  .map((template) => template.content.querySelector("[data-operation]"))
  .filter(Boolean)
  .map(({ dataset }) => ({
    name: dataset.operation,
    permission: dataset.permission,
    statuses: dataset.statuses?.split(" "),
    permissionReason: dataset.permissionObstacle,
    statusReason: dataset.statusObstacle,
  }));

/**
 * @param {object} operation one of `OPERATIONS`
 * @param {object} row
 * @returns {string | null} why the operation isn’t available; `null` if it is
 */
export function unavailableReason({ name, permission, statuses, permissionReason, statusReason }, row) {
  if (name === "abort") {
    if (!row.activity) {
      return text("why.idle");
    }
    return hasPermission(row, "abort") ? null : text("why.permission.abort");
  }
  if (!hasPermission(row, permission)) {
    return permissionReason;
  }
  if (row.activity) {
    return row.activity.run ? text("why.busy", row.activity.run) : text("why.queued");
  }
  return statuses.includes(row.status) ? null : statusReason;
}

/** @returns {object} the operation of that name */
export function findOperation(name) {
  return OPERATIONS.find((candidate) => candidate.name === name);
}

function hasPermission(row, permission) {
  return (row.may ?? []).includes(permission);
}
