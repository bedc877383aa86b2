/** Shows in the dialog why a submission was refused. */

import { stagingName } from "../backgroundTasks.js";
import { text } from "../i18n.js";
import { formatRelativeTime } from "../time.js";
import { showChanges } from "./changeSummary.js";

const FIELDS = { DEPLOYMENT: "deployment", APPLICATION: "application" };

export class ProblemsView {
  #dialog;
  #nameField;
  #versionField;
  #editors;

  /**
   * @param {import("./modalDialog.js").ModalDialog} dialog
   * @param {import("./nameField.js").NameField} nameField
   * @param {import("./versionField.js").VersionField} versionField
   * @param {Object<string, import("./overridesEditor.js").OverridesEditor>} editors by section
   */
  constructor(dialog, nameField, versionField, editors) {
    this.#dialog = dialog;
    this.#nameField = nameField;
    this.#versionField = versionField;
    this.#editors = editors;
  }

  clear() {
    this.#dialog.problem = "";
    this.#dialog.part("afterThat").hidden = true;
    this.#dialog.part("meanwhile").hidden = true;
    this.#nameField.clearProblem();
    this.#versionField.clearProblem();
    Object.values(this.#editors).forEach((editor) => editor.clearProblems());
  }

  show(sentence) {
    this.#dialog.problem = sentence;
    this.#dialog.part("problem").focus();
  }

  /** @param {boolean} isOffered whether the user may have the request run after the current actions */
  offerAfterThat(isOffered) {
    this.#dialog.part("afterThat").hidden = !isOffered;
  }

  /**
   * Shows each problem at the field that it is about, or else at the end of the form.
   *
   * @param {import("../backgroundTasks.js").Refusal} refusal
   */
  showRefusal({ problems }) {
    const places = problems.map(({ field, key, sentence }) => {
      if (field === "NAME" && this.#nameField.isShown) {
        return this.#nameField.showProblem(sentence);
      }
      if (this.#versionField.isFieldOf(FIELDS[field], key)) {
        return this.#versionField.showProblem(sentence);
      }
      return field in FIELDS ? this.#editors[FIELDS[field]].showProblem(key, sentence) : null;
    });
    const elsewhere = problems.filter((_, i) => places[i] === null);
    this.show(
      [
        ...elsewhere.map(({ sentence }) => sentence),
        ...(elsewhere.length === problems.length ? [] : [text("dialog.refused")]),
      ].join("\n"),
    );
    const first = places.find((place) => place !== null);
    first?.focus();
    // The sentence is below the field, so it might not be visible although the field is.
    first?.closest(".octopod-key, .octopod-dialog__field")?.scrollIntoView({ block: "nearest" });
    problems.forEach(({ sentence }) => this.#dialog.announce(sentence));
  }

  /**
   * @param {import("../backgroundTasks.js").TaskOutcome[]} accepted
   * @param {import("../backgroundTasks.js").TaskOutcome[]} refused
   */
  showPartialRefusal(accepted, refused) {
    this.show(
      [
        text("dialog.someRefused", accepted.length, accepted.length + refused.length),
        ...refused.map((outcome) => text("dialog.refusedOne", stagingName(outcome), outcome.refusal.sentence)),
      ].join("\n"),
    );
  }

  /**
   * Shows what another user has changed.
   *
   * @param {string} sentence
   * @param {string} changedAt
   * @param {{section: string, changes: object[]}[]} changes
   */
  showConflict(sentence, changedAt, changes) {
    const notice = this.#dialog.part("meanwhile");
    this.#dialog.part("meanwhileSentence").textContent = sentence;
    this.#dialog.part("meanwhileWhen").textContent = formatRelativeTime(changedAt);
    showChanges(this.#dialog.part("meanwhileChanges"), changes, null);
    notice.hidden = false;
    notice.focus();
    this.#dialog.announce(sentence);
  }
}
