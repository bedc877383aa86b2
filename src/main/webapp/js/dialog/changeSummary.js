/** The summary of changes, updated while the dialog is open. */

import { cloneTemplate, text } from "../i18n.js";

/** The rest of a value can be seen in its field. */
const MAX_VALUE_LENGTH = 60;

/** What lists show: one that is as before is left alone, with its focus. */
const shownContents = new WeakMap();

/** @typedef {{section: string, changes: import("./draft.js").Change[]}} Section of one kind of overrides */

/**
 * @param {HTMLElement} element to be filled
 * @param {Section[]} sections
 * @param {{none: string, undo: (section: string, key: string) => void}} options
 */
export function showSummary(element, sections, { none, undo }) {
  const count = sections.reduce((sum, { changes }) => sum + changes.length, 0);
  const message = count === 0 ? none : count === 1 ? text("dialog.oneChange") : text("dialog.changes", count);
  const heading = element.querySelector('[data-part="count"]');
  if (heading.textContent !== message) {
    heading.textContent = message;
  }
  const list = element.querySelector('[data-part="changes"]');
  showChanges(list, sections, undo);
  list.hidden = count === 0;
}

/**
 * @param {HTMLElement} list to be filled
 * @param {Section[]} sections
 * @param {((section: string, key: string) => void) | null} undo null where nothing can be undone
 */
export function showChanges(list, sections, undo) {
  const content = JSON.stringify(sections);
  if (shownContents.get(list) === content) {
    return;
  }
  shownContents.set(list, content);
  list.replaceChildren(
    ...sections.flatMap(({ section, changes }) =>
      changes.map((change) => changeLine(change, () => undo(section, change.key), undo !== null)),
    ),
  );
}

function changeLine({ key, kind, from, to }, undo, canUndo) {
  const line = cloneTemplate("octopod-dialog-change");
  const part = (name) => line.querySelector(`[data-part="${name}"]`);
  line.dataset.kind = kind;
  part("kind").textContent = text("dialog.change." + kind);
  part("key").textContent = key;
  showValue(part("from"), from);
  showValue(part("to"), to);
  part("arrow").hidden = from === null || to === null;
  part("undo").hidden = !canUndo;
  part("undo").setAttribute("aria-label", text("dialog.undoKey", key));
  part("undo").title = text("dialog.undoKey", key);
  part("undo").addEventListener("click", undo);
  return line;
}

function showValue(element, value) {
  element.hidden = value === null;
  element.textContent = value === null ? "" : value === "" ? text("dialog.empty") : abbreviate(value);
  element.classList.toggle("octopod-key__empty", value === "");
}

function abbreviate(value) {
  const line = value.split(/\r\n|\r|\n/, 1)[0];
  return line.length > MAX_VALUE_LENGTH || line.length < value.length ? line.slice(0, MAX_VALUE_LENGTH) + "…" : value;
}
