/** Does something to one staging, or to several at once. */

import { awaitTasks } from "../backgroundTasks.js";
import { postJson } from "../client.js";
import { text } from "../i18n.js";
import { obstacle, operation } from "./availability.js";
import { confirm } from "./confirmDialog.js";

const DESTRUCTIVE = new Set(["cleanup", "forget", "abort"]);

/**
 * Asks whether it is really to be done, and does it.
 *
 * @param {{url: string, root: string}} board
 * @param {string} name of the operation
 * @param {object[]} rows
 * @param {() => void} done is called when something was accepted
 */
export function perform(board, name, rows, done) {
  const reasons = new Map(rows.map((row) => [row, obstacle(operation(name), row)]));
  const able = rows.filter((row) => reasons.get(row) === null);
  const left = rows
    .filter((row) => reasons.get(row) !== null)
    .map((row) => text("leftOut", row.name, reasons.get(row)));
  if (able.length === 0) {
    window.dialog.alert(text("operation." + name), { message: left.join("\n") });
    return;
  }
  const single = able.length === 1;
  const subject = single ? able[0].name : String(able.length);
  confirm({
    title: text("operation." + name),
    message: single ? text("confirm." + name, subject) : text("confirmSeveral." + name, subject),
    ok: text("operation." + name),
    destructive: DESTRUCTIVE.has(name),
    subjects: able.map((row) => row.name),
    left,
    typed: name === "cleanup" ? subject : null,
    work: async (typed, progress) => {
      const outcome = await submit(board, name, able, typed, progress);
      done();
      return outcome;
    },
  });
}

async function submit({ url, root }, name, rows, confirmation, progress) {
  const answer = await postJson(url + "submit", {
    operation: name,
    stagings: rows.map((row) => row.id),
    confirmation,
  });
  if (answer.status !== 202) {
    return { refusals: [answer.body?.refusal?.sentence ?? text("notDone", answer.status)], again: true };
  }
  progress(text("working"));
  const steps = await awaitTasks(root + answer.body.ticket, (going) => {
    const ended = going.filter((step) => step.state === "ACCEPTED" || step.state === "REFUSED").length;
    progress(text("workingAt", ended, going.length));
  });
  const refusals = steps
    .filter((step) => step.state === "REFUSED")
    .map((step) => (rows.length === 1 ? step.refusal.sentence : text("leftOut", nameOf(step), step.refusal.sentence)));
  return { refusals, again: refusals.length === steps.length };
}

function nameOf(step) {
  return step.subject.slice(step.subject.lastIndexOf("/") + 1);
}
