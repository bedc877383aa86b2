/** What can be done with a staging now, and why something can’t; the rules themselves come with the page. */

import { text } from "../i18n.js";

/** In the order in which they are offered. */
export const OPERATIONS = [...document.querySelectorAll("template[id^=octopod-operation-]")]
  .map((template) => template.content.querySelector("[data-operation]"))
  .filter(Boolean)
  .map(({ dataset }) => ({
    name: dataset.operation,
    permission: dataset.permission,
    statuses: dataset.statuses?.split(" "),
    permissionObstacle: dataset.permissionObstacle,
    statusObstacle: dataset.statusObstacle,
  }));

/**
 * @param {object} operation one of `OPERATIONS`
 * @param {object} row
 * @returns {string | null} why it can’t be done with that staging now; null where it can
 */
export function obstacle({ name, permission, statuses, permissionObstacle, statusObstacle }, row) {
  if (name === "abort") {
    if (!row.activity) {
      return text("why.idle");
    }
    return may(row, "abort") ? null : text("why.permission.abort");
  }
  if (!may(row, permission)) {
    return permissionObstacle;
  }
  if (row.activity) {
    return row.activity.run ? text("why.busy", row.activity.run) : text("why.queued");
  }
  return statuses.includes(row.status) ? null : statusObstacle;
}

/** @returns {object} the operation of that name */
export function operation(name) {
  return OPERATIONS.find((candidate) => candidate.name === name);
}

function may(row, permission) {
  return (row.may ?? []).includes(permission);
}
