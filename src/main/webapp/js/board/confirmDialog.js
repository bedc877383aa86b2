/** Asks before something is done, shows how it goes, and says what was refused. */

import { cloneTemplate, text } from "../i18n.js";

/**
 * @param {object} question
 * @param {string} question.title
 * @param {string} question.message
 * @param {string} question.ok what the button says
 * @param {boolean} question.destructive
 * @param {string[]} question.subjects what it is done to, where that are several
 * @param {string[]} question.left sentences about those that are left out
 * @param {string | null} question.typed what has to be typed to confirm it
 * @param {(typed: string | null, progress: (sentence: string) => void) => Promise<{refusals: string[], again: boolean}>}
 *     question.work does it, and returns a sentence for each that was refused, and whether all of it can be tried again
 */
export function confirm(question) {
  const dialog = cloneTemplate("octopod-confirm");
  const part = (name) => dialog.querySelector(`[data-part=${name}]`);
  const ok = part("ok");
  const cancel = dialog.querySelector("button[value=cancel]");
  const input = dialog.querySelector("input");
  let working = false;
  const titleId = dialog.getAttribute("aria-labelledby");
  dialog.querySelector("#" + titleId).textContent = question.title;
  part("message").textContent = question.message;
  part("subjects").replaceChildren(...(question.subjects.length > 1 ? question.subjects.map(listItem) : []));
  part("left").textContent = question.left.join("\n");
  part("left").hidden = question.left.length === 0;
  ok.textContent = question.ok;
  ok.classList.toggle("jenkins-!-destructive-color", question.destructive);
  if (question.typed !== null) {
    part("typed").hidden = false;
    part("typedLabel").textContent = text("typeToConfirm", question.typed);
    const check = () => (ok.disabled = input.value.trim() !== question.typed);
    input.addEventListener("input", check);
    check();
  }
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter?.value === "cancel") {
      return;
    }
    event.preventDefault();
    ok.disabled = true;
    cancel.disabled = true;
    working = true;
    part("refusals").replaceChildren();
    try {
      const { refusals, again } = await question.work(
        question.typed === null ? null : input.value.trim(),
        (sentence) => {
          ok.textContent = sentence;
        },
      );
      if (refusals.length === 0) {
        dialog.close();
        return;
      }
      part("refusals").replaceChildren(...refusals.map(alert));
      // What was accepted isn’t to be asked for once more.
      ok.hidden = !again;
    } catch {
      part("refusals").replaceChildren(alert(text("notReached")));
    }
    working = false;
    ok.textContent = question.ok;
    ok.disabled = false;
    cancel.disabled = false;
    (ok.hidden ? cancel : ok).focus();
  });
  // Its outcome would be told to nobody.
  dialog.addEventListener("cancel", (event) => working && event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (question.typed === null ? ok : input).focus();
}

function listItem(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}

function alert(sentence) {
  const element = cloneTemplate("octopod-alert");
  element.removeAttribute("role");
  element.classList.replace("jenkins-alert-warning", "jenkins-alert-danger");
  element.textContent = sentence;
  return element;
}
