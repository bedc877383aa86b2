/** The form in the dialog: for a new staging, for an update, or for updates of several stagings alike. */

import { awaitTasks, stagingName, SubmissionExpiredError } from "../backgroundTasks.js";
import { ConnectionError, SessionExpiredError } from "../client.js";
import { text } from "../i18n.js";
import { formatRelativeTime } from "../time.js";
import { showChanges, showSummary } from "./changeSummary.js";
import { DefaultsLoader } from "./defaultsLoader.js";
import { Draft } from "./draft.js";
import { FormApi, RequestError } from "./formApi.js";
import { ModalDialog } from "./modalDialog.js";
import { NameField } from "./nameField.js";
import { OverridesEditor } from "./overridesEditor.js";

const SECTIONS = ["deployment", "application"];
const FIELDS = { DEPLOYMENT: "deployment", APPLICATION: "application" };

/** In milliseconds after the last key, until the application’s defaults are loaded again. */
const DEBOUNCE = 600;

const CONFLICT_STATUS = 412;

const TEXT_KEYS = { CREATE: "create", UPDATE: "update", MERGE: "merge" };

/** @typedef {{url: string, name: string}} Project with its URL from the root of Jenkins, as `job/demo/` */

export class Form {
  #mode;
  #names;
  #projects;
  #project;
  #overridesVersion;
  #drafts = {};
  #editors = {};
  #dialog;
  #nameField;
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
   * @param {(outcomes: import("../backgroundTasks.js").TaskOutcome[] | null) => void} onDone is called when the dialog is
   *   closed; `null` if nothing was accepted
   */
  constructor({ mode, projects, project, names = [], current = null }, onDone) {
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
    this.#defaultsLoader = new DefaultsLoader(
      (reload) =>
        this.#api.loadDefaults(mode === "CREATE" ? null : this.#names[0], this.#drafts.deployment.entries, reload),
      (both) => this.#showDefaults(both),
      (e) => SECTIONS.forEach((section) => this.#editors[section].showFailure(errorMessage(e))),
    );
    this.#setUp(current);
  }

  open() {
    this.#dialog.open();
    this.#firstField().focus();
    this.#defaultsLoader.start();
  }

  get #api() {
    return new FormApi(this.#project.url);
  }

  #setUp(current) {
    const dialog = this.#dialog;
    const kind = TEXT_KEYS[this.#mode];
    this.#updateTitle();
    dialog.part("submitText").textContent = text("dialog.submit." + kind);
    if (this.#mode !== "MERGE") {
      const subtitle = {
        CREATE: this.#projects.length === 1 ? this.#project.name : "",
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
      SECTIONS.some((section) => this.#drafts[section].changes.length > 0 || this.#editors[section].hasPendingInput)
    );
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
    this.#clearProblems();
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
        this.#showRefusal(refusal);
        return;
      }
      wasAccepted = true;
      const outcomes = await awaitTasks(document.head.dataset.rooturl + "/" + ticket);
      this.#dialog.busy = null;
      await this.#showOutcomes(outcomes);
    } catch (e) {
      this.#dialog.busy = null;
      this.#showProblem(wasAccepted && e instanceof ConnectionError ? text("dialog.outcomeUnknown") : errorMessage(e));
    } finally {
      if (!this.#isClosed) {
        this.#defaultsLoader.start();
      }
    }
  }

  async #showOutcomes(outcomes) {
    const refused = outcomes.filter(({ state }) => state === "REFUSED");
    this.#dialog.part("afterThat").hidden = refused.length === 0 || refused.some(({ refusal }) => !refusal.waitable);
    if (refused.length === 0) {
      this.#isAccepted = true;
      this.#outcomes.push(...outcomes);
      this.#dialog.close();
    } else if (outcomes.length === 1 && refused[0].refusal.statusCode === CONFLICT_STATUS) {
      await this.#showConflict(refused[0].refusal);
    } else if (haveSameRefusal(outcomes, refused)) {
      this.#showRefusal(refused[0].refusal);
    } else {
      this.#showPartialRefusal(outcomes, refused);
    }
  }

  /** If the user submits again, it is only for the stagings that refused. */
  #showPartialRefusal(outcomes, refused) {
    this.#names = refused.map(stagingName);
    this.#updateTitle();
    this.#outcomes.push(...outcomes.filter((one) => !refused.includes(one)));
    this.#showProblem(
      [
        text("dialog.someRefused", outcomes.length - refused.length, outcomes.length),
        ...refused.map((one) => text("dialog.refusedOne", stagingName(one), one.refusal.sentence)),
      ].join("\n"),
    );
  }

  #showRefusal({ problems }) {
    const places = problems.map(({ field, key, sentence }) => {
      if (field === "NAME" && this.#mode === "CREATE") {
        return this.#nameField.showProblem(sentence);
      }
      return field in FIELDS ? this.#editors[FIELDS[field]].showProblem(key, sentence) : null;
    });
    const elsewhere = problems.filter((_, i) => places[i] === null);
    this.#showProblem(
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
    const notice = this.#dialog.part("meanwhile");
    this.#dialog.part("meanwhileSentence").textContent = refusal.sentence;
    this.#dialog.part("meanwhileWhen").textContent = formatRelativeTime(current.changedAt);
    showChanges(this.#dialog.part("meanwhileChanges"), theirs, null);
    notice.hidden = false;
    notice.focus();
    this.#dialog.announce(refusal.sentence);
  }

  #clearProblems() {
    this.#dialog.problem = "";
    this.#dialog.part("afterThat").hidden = true;
    this.#dialog.part("meanwhile").hidden = true;
    this.#nameField.clearProblem();
    SECTIONS.forEach((section) => this.#editors[section].clearProblems());
  }

  #showProblem(sentence) {
    this.#dialog.problem = sentence;
    this.#dialog.part("problem").focus();
  }

  #onClose() {
    this.#isClosed = true;
    this.#defaultsLoader.stop();
    this.#onDone(this.#outcomes.length === 0 ? null : this.#outcomes);
  }
}

/** @returns {boolean} whether all were refused with the same message */
function haveSameRefusal(outcomes, refused) {
  const sentences = new Set(refused.map(({ refusal }) => refusal.sentence));
  return refused.length === outcomes.length && sentences.size === 1;
}

/** @returns {string} the message for the user */
export function errorMessage(e) {
  if (e instanceof ConnectionError) {
    return text("dialog.disconnected");
  }
  if (e instanceof SessionExpiredError) {
    return text("dialog.loggedOut");
  }
  if (e instanceof SubmissionExpiredError) {
    return text("dialog.forgotten");
  }
  if (e instanceof RequestError) {
    return text({ 403: "dialog.forbidden", 404: "dialog.notFound" }[e.status] ?? "dialog.failed", e.status);
  }
  console.error(e);
  return text("dialog.failed", e.message);
}
