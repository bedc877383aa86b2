/** A dialog that asks for confirmation, shows the progress, and then what was refused. */

import { cloneTemplate, part } from "../dom.js";
import { text } from "../i18n.js";

/**
 * @param {object} request
 * @param {string} request.title
 * @param {string} request.message
 * @param {string} request.okLabel of the button
 * @param {boolean} request.destructive
 * @param {string[]} request.subjects names of the stagings, if several
 * @param {string[]} request.leftOut sentences about the stagings that are left out
 * @param {string | null} request.confirmation what the user must type to confirm it
 * @param {(typed: string | null, show: (sentence: string) => void, afterThat: boolean) =>
 *     Promise<{refusals: string[], again: boolean, waitable: boolean}>} request.perform performs the operation, with `afterThat` after the current
 *     actions of the stagings. Returns a sentence for each refusal, whether all of it can be tried again, and whether all of it
 *     can wait
 */
export function openConfirmDialog(request) {
  const dialog = cloneTemplate("octopod-confirm");
  const ok = part(dialog, "ok");
  const cancel = dialog.querySelector("button[value=cancel]");
  const input = dialog.querySelector("input");
  let working = false;
  let afterThat = false;
  const titleId = dialog.getAttribute("aria-labelledby");
  dialog.querySelector("#" + titleId).textContent = request.title;
  part(dialog, "message").textContent = request.message;
  part(dialog, "subjects").replaceChildren(...(request.subjects.length > 1 ? request.subjects.map(listItem) : []));
  part(dialog, "left").textContent = request.leftOut.join("\n");
  part(dialog, "left").hidden = request.leftOut.length === 0;
  ok.textContent = request.okLabel;
  ok.classList.toggle("jenkins-!-destructive-color", request.destructive);
  if (request.confirmation !== null) {
    part(dialog, "typed").hidden = false;
    part(dialog, "typedLabel").textContent = text("typeToConfirm", request.confirmation);
    const updateOk = () => (ok.disabled = input.value.trim() !== request.confirmation);
    input.addEventListener("input", updateOk);
    updateOk();
  }
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter?.value === "cancel") {
      return;
    }
    event.preventDefault();
    ok.disabled = true;
    cancel.disabled = true;
    working = true;
    part(dialog, "refusals").replaceChildren();
    try {
      const { refusals, again, waitable } = await request.perform(
        request.confirmation === null ? null : input.value.trim(),
        (sentence) => {
          ok.textContent = sentence;
        },
        afterThat,
      );
      if (refusals.length === 0) {
        dialog.close();
        return;
      }
      part(dialog, "refusals").replaceChildren(...refusals.map(alertElement));
      // What was accepted must not be submitted again.
      ok.hidden = !again;
      afterThat = again && waitable;
    } catch {
      part(dialog, "refusals").replaceChildren(alertElement(text("notReached")));
    }
    working = false;
    ok.textContent = afterThat ? text("runAfterThat") : request.okLabel;
    ok.disabled = false;
    cancel.disabled = false;
    (ok.hidden ? cancel : ok).focus();
  });
  // While Jenkins works, the dialog stays open to show the outcome.
  dialog.addEventListener("cancel", (event) => working && event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (request.confirmation === null ? ok : input).focus();
}

function listItem(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}

function alertElement(sentence) {
  const element = cloneTemplate("octopod-alert");
  element.removeAttribute("role");
  element.classList.replace("jenkins-alert-warning", "jenkins-alert-danger");
  element.textContent = sentence;
  return element;
}
