/** The form in the dialog: for a new staging, for an update, or for updates of several stagings alike. */

import { awaitTasks, stagingName } from "../backgroundTasks.js";
import { ConnectionError } from "../client.js";
import { text } from "../i18n.js";
import { showSummary } from "./changeSummary.js";
import { Combobox } from "./combobox.js";
import { isAnyPending } from "./defaultsState.js";
import { Draft } from "./draft.js";
import { errorMessage } from "./errorMessage.js";
import { FormApi } from "./formApi.js";
import { ModalDialog } from "./modalDialog.js";
import { NameField } from "./nameField.js";
import { OtherSettings } from "./otherSettings.js";
import { OverridesEditor } from "./overridesEditor.js";
import { PollingLoader } from "./pollingLoader.js";
import { ProblemsView } from "./problemsView.js";
import { RecentValues } from "./recentValues.js";
import { submissionResult } from "./submissionResult.js";
import { SuggestionList } from "./suggestionList.js";
import { VersionField } from "./versionField.js";

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
  #versionField;
  #otherSettings;
  #suggestionList;
  #recent = new RecentValues();
  #problemsView;
  #defaultsLoader;
  #recentLoader;
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
    this.#suggestionList = new SuggestionList(this.#dialog.part("suggestionList"), this.#dialog.part("contents"));
    for (const section of SECTIONS) {
      this.#drafts[section] = new Draft(current?.[section]);
      this.#drafts[section].setAll(copied?.[section] ?? []);
      this.#initial[section] = JSON.stringify(this.#drafts[section].entries);
    }
    this.#versionField = new VersionField(this.#dialog.part("versionField"), {
      drafts: this.#drafts,
      recent: this.#recent,
      list: this.#suggestionList,
      usesDefaults: mode !== "MERGE",
      onChange: (section) => this.#onChange(section),
      announce: (sentence) => this.#dialog.announce(sentence),
    });
    this.#otherSettings = new OtherSettings(this.#dialog.part("more"));
    for (const section of SECTIONS) {
      this.#editors[section] = this.#createEditor(section);
      this.#dialog.part("editors").append(this.#editors[section].element);
    }
    this.#nameField = new NameField(
      this.#dialog.part("nameField"),
      (name) => this.#api.checkName(name),
      () => this.#nameField.clearProblem(),
    );
    this.#problemsView = new ProblemsView(this.#dialog, this.#nameField, this.#versionField, this.#editors);
    this.#defaultsLoader = new PollingLoader(
      (reload) => this.#api.loadDefaults(this.#updatedName, this.#drafts.deployment.entries, reload),
      isAnyPending,
      (both) => this.#showDefaults(both),
      (e) => this.#showFailure(errorMessage(e)),
    );
    this.#recentLoader = new PollingLoader(
      () => this.#api.loadRecent(this.#updatedName),
      ({ pending }) => pending,
      (recent) => {
        this.#recent.known = recent;
        this.#showVersion();
      },
      () => {},
    );
    this.#setUp(current, copied);
  }

  open() {
    this.#dialog.open();
    this.#firstField().focus();
    this.#startLoading();
  }

  #startLoading() {
    this.#defaultsLoader.start();
    this.#recentLoader.start();
  }

  #stopLoading() {
    this.#defaultsLoader.stop();
    this.#recentLoader.stop();
  }

  /** The name of the staging that Jenkins checks permissions for; null for a new one. */
  get #updatedName() {
    return this.#mode === "CREATE" ? null : this.#names[0];
  }

  #createEditor(section) {
    return new OverridesEditor(section, this.#drafts[section], {
      onChange: () => this.#onChange(section),
      onReload: () => this.#defaultsLoader.start({ reload: true }),
      announce: (sentence) => this.#dialog.announce(sentence),
      isElsewhere: (key) => this.#versionField.isFieldOf(section, key),
      onElsewhere: () => this.#versionField.input.focus(),
      attachSuggestions: (field, key, onPick) =>
        new Combobox(field, this.#suggestionList, {
          suggest: () => ({
            groups: [{ heading: text("dialog.recent"), options: this.#recent.suggestions(section, key) }],
            note: "",
          }),
          onPick,
          announce: (sentence) => this.#dialog.announce(sentence),
        }),
    });
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
      this.#versionField.detach();
      this.#recent.clear();
      SECTIONS.forEach((section) => this.#drafts[section].clearDefaults());
      this.#versionField.scripts = null;
      SECTIONS.forEach((section) => this.#editors[section].render());
      this.#updateSummary();
      this.#nameField.check();
      this.#startLoading();
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
    return this.#versionField.input;
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
    this.#versionField.render();
    this.#updateSummary();
    if (section === "deployment") {
      this.#defaultsLoader.start({ after: DEBOUNCE });
    }
  }

  #showDefaults(both) {
    for (const section of SECTIONS) {
      this.#editors[section].showDefaults(both[section], this.#mode !== "MERGE");
    }
    this.#versionField.scripts = both;
    this.#showVersion();
    this.#otherSettings.showState(both);
  }

  #showFailure(sentence) {
    SECTIONS.forEach((section) => this.#editors[section].showFailure(sentence));
    this.#otherSettings.open();
  }

  /** Shows the version, and everything else without it. */
  #showVersion() {
    const hadFocus = document.activeElement === this.#versionField.input;
    this.#versionField.update();
    SECTIONS.forEach((section) => this.#editors[section].render());
    if (hadFocus && !this.#versionField.isShown) {
      this.#otherSettings.focus();
    }
    this.#updateSummary();
  }

  #updateSummary() {
    this.#otherSettings.showCount(
      SECTIONS.reduce((sum, section) => sum + this.#differencesOf(section), 0),
      this.#mode !== "MERGE",
    );
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

  /** How many values differ that are folded. */
  #differencesOf(section) {
    const { tagKey } = this.#recent;
    return this.#drafts[section].countDifferences(this.#versionField.isFieldOf(section, tagKey) ? tagKey : null);
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
        this.#otherSettings.open();
        unfinished.focus();
        return;
      }
    }
    this.#stopLoading();
    this.#dialog.busy = text("dialog.sending");
    let wasAccepted = false;
    try {
      if (this.#versionField.isWaiting) {
        this.#recent.known = await this.#api.loadRecent(this.#updatedName);
        this.#showVersion();
      }
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
        this.#startLoading();
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
    this.#showVersion();
    this.#problemsView.showConflict(refusal.sentence, current.changedAt, theirs);
  }

  #onClose() {
    this.#isClosed = true;
    this.#stopLoading();
    this.#suggestionList.stopFollowing();
    this.#onDone(this.#outcomes.length === 0 ? null : this.#outcomes);
  }
}
