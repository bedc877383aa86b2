/** The form in the dialog: for a new staging, for an update, or for updates of several stagings alike. */

import { awaitTasks, stagingName } from "../backgroundTasks.js";
import { ConnectionError } from "../client.js";
import { text } from "../i18n.js";
import { showSummary } from "./changeSummary.js";
import { DefaultsLoader } from "./defaultsLoader.js";
import { Draft } from "./draft.js";
import { errorMessage } from "./errorMessage.js";
import { FormApi } from "./formApi.js";
import { ModalDialog } from "./modalDialog.js";
import { NameField } from "./nameField.js";
import { OverridesEditor } from "./overridesEditor.js";
import { ProblemsView } from "./problemsView.js";
import { submissionResult } from "./submissionResult.js";

const SECTIONS = ["deployment", "application"];

/** In milliseconds after the last key, until the application’s defaults are loaded again. */
const DEBOUNCE = 600;

const TEXT_KEYS = { CREATE: "create", UPDATE: "update", MERGE: "merge" };

/** @typedef {{url: string, name: string}} Project with its URL from the root of Jenkins, as `job/demo/` */

export class Form {
  #mode;
  #names;
  #projects;
  #project;
  #overridesVersion;
  #drafts = {};
  /** The overrides that the form begins with, by section, as JSON. */
  #initial = {};
  #editors = {};
  #dialog;
  #nameField;
  #problemsView;
  #defaultsLoader;
  #onDone;
  #isAccepted = false;
  #isClosed = false;
  #outcomes = [];

  /**
   * @param {object} options
   * @param {"CREATE" | "UPDATE" | "MERGE"} options.mode
   * @param {Project[]} options.projects to choose from; one, but for a new staging
   * @param {string} [options.project] URL of the one that is chosen at first
   * @param {string[]} [options.names] of the stagings that are updated
   * @param {object | null} [options.current] what the one that is updated has now
   * @param {object | null} [options.copied] what a new one begins with: the overrides of a different staging
   * @param {(outcomes: import("../backgroundTasks.js").TaskOutcome[] | null) => void} onDone is called when the dialog is
   *   closed; `null` if nothing was accepted
   */
  constructor({ mode, projects, project, names = [], current = null, copied = null }, onDone) {
    this.#mode = mode;
    this.#names = names;
    this.#projects = projects;
    this.#project = projects.find(({ url }) => url === project) ?? projects[0];
    this.#overridesVersion = current?.seen ?? null;
    this.#onDone = onDone;
    this.#dialog = new ModalDialog(
      () => !this.#isAccepted && this.#isDirty(),
      () => this.#onClose(),
    );
    for (const section of SECTIONS) {
      this.#drafts[section] = new Draft(current?.[section]);
      this.#drafts[section].setAll(copied?.[section] ?? []);
      this.#initial[section] = JSON.stringify(this.#drafts[section].entries);
      this.#editors[section] = new OverridesEditor(section, this.#drafts[section], {
        onChange: () => this.#onChange(section),
        onReload: () => this.#defaultsLoader.start({ reload: true }),
        announce: (sentence) => this.#dialog.announce(sentence),
      });
      this.#dialog.part("editors").append(this.#editors[section].element);
    }
    this.#nameField = new NameField(
      this.#dialog.part("nameField"),
      (name) => this.#api.checkName(name),
      () => this.#nameField.clearProblem(),
    );
    this.#problemsView = new ProblemsView(this.#dialog, this.#nameField, this.#editors);
    this.#defaultsLoader = new DefaultsLoader(
      (reload) =>
        this.#api.loadDefaults(mode === "CREATE" ? null : this.#names[0], this.#drafts.deployment.entries, reload),
      (both) => this.#showDefaults(both),
      (e) => SECTIONS.forEach((section) => this.#editors[section].showFailure(errorMessage(e))),
    );
    this.#setUp(current, copied);
  }

  open() {
    this.#dialog.open();
    this.#firstField().focus();
    this.#defaultsLoader.start();
  }

  get #api() {
    return new FormApi(this.#project.url);
  }

  #setUp(current, copied) {
    const dialog = this.#dialog;
    const kind = TEXT_KEYS[this.#mode];
    this.#updateTitle();
    dialog.part("submitText").textContent = text("dialog.submit." + kind);
    if (this.#mode !== "MERGE") {
      const subtitle = {
        CREATE: copied ? text("dialog.like", copied.name) : this.#projects.length === 1 ? this.#project.name : "",
        UPDATE: current?.host ?? "",
      }[this.#mode];
      dialog.part("subtitle").textContent = subtitle;
      dialog.part("subtitle").hidden = subtitle === "";
    }
    this.#nameField.isShown = this.#mode === "CREATE";
    dialog.part("projectField").hidden = this.#projects.length < 2;
    const select = dialog.part("project");
    select.replaceChildren(
      ...this.#projects.map(({ url, name }) => new Option(name, url, false, url === this.#project.url)),
    );
    select.addEventListener("change", () => {
      this.#project = this.#projects.find(({ url }) => url === select.value);
      for (const section of SECTIONS) {
        this.#drafts[section].clearDefaults();
        this.#editors[section].render();
      }
      this.#nameField.check();
      this.#defaultsLoader.start();
    });
    dialog.part("form").addEventListener("submit", (e) => {
      e.preventDefault();
      this.#submit();
    });
    dialog.part("runAfterThat").addEventListener("click", () => this.#submit({ afterThat: true }));
    dialog.element.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        this.#submit();
      }
    });
    this.#updateSummary();
    if (copied?.leftOut.length > 0) {
      this.#problemsView.show(text("dialog.leftOut", copied.leftOut.join(", ")));
    }
  }

  /** Shows which stagings are concerned. */
  #updateTitle() {
    const several = this.#names.length > 1;
    this.#dialog.part("title").textContent = several
      ? text("dialog.title.merge", this.#names.length)
      : text(this.#mode === "CREATE" ? "dialog.title.create" : "dialog.title.update", this.#names[0] ?? "");
    if (this.#mode === "MERGE") {
      this.#dialog.part("subtitle").textContent = this.#names.join(", ");
    }
  }

  #firstField() {
    if (this.#mode === "CREATE") {
      return this.#projects.length > 1 ? this.#dialog.part("project") : this.#nameField.input;
    }
    return this.#dialog.element.querySelector(".octopod-key textarea:not([hidden])") ?? this.#dialog.part("newKey");
  }

  #isDirty() {
    return (
      this.#nameField.value !== "" ||
      SECTIONS.some((section) => this.#hasChanged(section) || this.#editors[section].hasPendingInput)
    );
  }

  #hasChanged(section) {
    return JSON.stringify(this.#drafts[section].entries) !== this.#initial[section];
  }

  #onChange(section) {
    this.#updateSummary();
    if (section === "deployment") {
      this.#defaultsLoader.start({ after: DEBOUNCE });
    }
  }

  #showDefaults(both) {
    for (const section of SECTIONS) {
      this.#editors[section].showDefaults(both[section], this.#mode !== "MERGE");
    }
    this.#updateSummary();
  }

  #updateSummary() {
    showSummary(this.#dialog.part("summary"), this.#changesBySection(), {
      none: text("dialog.none." + TEXT_KEYS[this.#mode]),
      undo: (section, key) => {
        this.#drafts[section].revert(key);
        this.#editors[section].render();
        this.#onChange(section);
        this.#dialog.part("summary").focus();
      },
    });
  }

  #changesBySection() {
    return SECTIONS.map((section) => ({
      section,
      changes: this.#drafts[section].changes,
    }));
  }

  /** @param {{afterThat?: boolean}} [options] whether to run after the current actions of the stagings instead of being refused */
  async #submit({ afterThat = false } = {}) {
    if (this.#dialog.part("submit").disabled) {
      return;
    }
    this.#problemsView.clear();
    for (const section of SECTIONS) {
      const unfinished = this.#editors[section].addPendingInput();
      if (unfinished !== null) {
        unfinished.focus();
        return;
      }
    }
    this.#defaultsLoader.stop();
    this.#dialog.busy = text("dialog.sending");
    let wasAccepted = false;
    try {
      const { ticket, refusal } = await this.#api.submit({
        wish: this.#mode,
        names: this.#mode === "CREATE" ? [this.#nameField.value] : this.#names,
        seen: this.#overridesVersion,
        deployment: this.#drafts.deployment.entries,
        application: this.#drafts.application.entries,
        afterThat,
      });
      if (refusal !== null) {
        this.#dialog.busy = null;
        this.#problemsView.showRefusal(refusal);
        return;
      }
      wasAccepted = true;
      const outcomes = await awaitTasks(document.head.dataset.rooturl + "/" + ticket);
      this.#dialog.busy = null;
      await this.#showResult(submissionResult(outcomes));
    } catch (e) {
      this.#dialog.busy = null;
      const isUnknown = wasAccepted && e instanceof ConnectionError;
      this.#problemsView.show(isUnknown ? text("dialog.outcomeUnknown") : errorMessage(e));
    } finally {
      if (!this.#isClosed) {
        this.#defaultsLoader.start();
      }
    }
  }

  async #showResult({ kind, accepted, refused, isWaitable }) {
    this.#problemsView.offerAfterThat(isWaitable);
    if (kind === "ACCEPTED") {
      this.#isAccepted = true;
      this.#outcomes.push(...accepted);
      this.#dialog.close();
    } else if (kind === "CONFLICT") {
      await this.#showConflict(refused[0].refusal);
    } else if (kind === "REFUSED") {
      this.#problemsView.showRefusal(refused[0].refusal);
    } else {
      // If the user submits again, it is only for the stagings that refused.
      this.#names = refused.map(stagingName);
      this.#updateTitle();
      this.#outcomes.push(...accepted);
      this.#problemsView.showPartialRefusal(accepted, refused);
    }
  }

  /** Another user has changed the overrides: shows their changes, and keeps what was typed here. */
  async #showConflict(refusal) {
    const current = await this.#api.loadCurrent(this.#names[0]);
    this.#overridesVersion = current.seen;
    const theirs = SECTIONS.map((section) => ({
      section,
      changes: this.#drafts[section].rebase(current[section]),
    }));
    SECTIONS.forEach((section) => this.#editors[section].render());
    this.#updateSummary();
    this.#problemsView.showConflict(refusal.sentence, current.changedAt, theirs);
  }

  #onClose() {
    this.#isClosed = true;
    this.#defaultsLoader.stop();
    this.#onDone(this.#outcomes.length === 0 ? null : this.#outcomes);
  }
}
