/** Operations on one staging, or on several at once. */

import { awaitTasks, stagingName } from "../backgroundTasks.js";
import { postJson } from "../client.js";
import { text } from "../i18n.js";
import { findOperation, unavailableReason } from "./availability.js";
import { openConfirmDialog } from "./confirmDialog.js";

const DESTRUCTIVE = new Set(["cleanup", "forget", "abort"]);

/**
 * Performs an operation once the user has confirmed it.
 *
 * @param {{url: string, root: string}} board
 * @param {string} name of the operation
 * @param {object[]} rows
 * @param {() => void} onSubmitted is called after the operation was submitted
 */
export function perform(board, name, rows, onSubmitted) {
  const reasons = new Map(rows.map((row) => [row, unavailableReason(findOperation(name), row)]));
  const available = rows.filter((row) => reasons.get(row) === null);
  const leftOut = rows
    .filter((row) => reasons.get(row) !== null)
    .map((row) => text("leftOut", row.name, reasons.get(row)));
  if (available.length === 0) {
    window.dialog.alert(text("operation." + name), { message: leftOut.join("\n") });
    return;
  }
  const single = available.length === 1;
  const subject = single ? available[0].name : String(available.length);
  openConfirmDialog({
    title: text("operation." + name),
    message: single ? text("confirm." + name, subject) : text("confirmSeveral." + name, subject),
    okLabel: text("operation." + name),
    destructive: DESTRUCTIVE.has(name),
    subjects: available.map((row) => row.name),
    leftOut,
    confirmation: name === "cleanup" ? subject : null,
    perform: async (confirmation, showProgress, afterThat) => {
      const outcome = await submit(board, name, available, { confirmation, afterThat }, showProgress);
      onSubmitted();
      return outcome;
    },
  });
}

async function submit({ url, root }, name, rows, { confirmation, afterThat }, showProgress) {
  const answer = await postJson(url + "submit", {
    operation: name,
    stagings: rows.map((row) => row.id),
    confirmation,
    afterThat,
  });
  if (answer.status !== 202) {
    return {
      refusals: [answer.body?.refusal?.sentence ?? text("notDone", answer.status)],
      again: true,
      waitable: false,
    };
  }
  showProgress(text("working"));
  const tasks = await awaitTasks(root + answer.body.ticket, (current) => {
    const ended = current.filter((task) => task.state === "ACCEPTED" || task.state === "REFUSED").length;
    showProgress(text("workingAt", ended, current.length));
  });
  const refused = tasks.filter((task) => task.state === "REFUSED");
  const refusals = refused.map((task) =>
    rows.length === 1 ? task.refusal.sentence : text("leftOut", stagingName(task), task.refusal.sentence),
  );
  const waitable = refused.every((task) => task.refusal.waitable);
  return { refusals, again: refusals.length === tasks.length, waitable };
}
