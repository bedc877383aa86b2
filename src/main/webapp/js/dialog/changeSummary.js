/** The summary of changes, updated while the dialog is open. */

import { cloneTemplate, part, showText } from "../dom.js";
import { text } from "../i18n.js";
import { showValue } from "./showValue.js";

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
  const heading = part(element, "count");
  showText(heading, message);
  const list = part(element, "changes");
  showChanges(list, sections, undo);
  list.hidden = count === 0;
}

/**
 * @param {HTMLElement} list to be filled
 * @param {Section[]} sections
 * @param {((section: string, key: string) => void) | null} undo null if nothing can be undone
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
  line.dataset.kind = kind;
  part(line, "kind").textContent = text("dialog.change." + kind);
  part(line, "key").textContent = key;
  showSide(part(line, "from"), from);
  showSide(part(line, "to"), to);
  part(line, "arrow").hidden = from === null || to === null;
  part(line, "undo").hidden = !canUndo;
  part(line, "undo").setAttribute("aria-label", text("dialog.undoKey", key));
  part(line, "undo").title = text("dialog.undoKey", key);
  part(line, "undo").addEventListener("click", undo);
  return line;
}

/** Shows what a key had or will have; nothing for null. */
function showSide(element, value) {
  element.hidden = value === null;
  if (value !== null) {
    showValue(element, abbreviate(value));
  }
}

function abbreviate(value) {
  const line = value.split(/\r\n|\r|\n/, 1)[0];
  return line.length > MAX_VALUE_LENGTH || line.length < value.length ? line.slice(0, MAX_VALUE_LENGTH) + "…" : value;
}
