/** The form in the dialog: for a new staging, for an update, or for updates of several stagings alike. */

import { awaitTasks, SubmissionExpiredError } from "../backgroundTasks.js";
import { ConnectionError, SessionExpiredError } from "../client.js";
import { text } from "../i18n.js";
import { formatRelativeTime } from "../time.js";
import { showChanges, showSummary } from "./changeSummary.js";
import { DefaultsLoader } from "./defaultsLoader.js";
import { Draft } from "./draft.js";
import { FormApi, RequestError } from "./formApi.js";
import { Shell } from "./modalDialog.js";
import { NameField } from "./nameField.js";
import { Editor } from "./overridesEditor.js";

const SECTIONS = ["deployment", "application"];
const FIELDS = { DEPLOYMENT: "deployment", APPLICATION: "application" };

/** After the last key, before the application’s defaults are asked for again. */
const DEBOUNCE = 600;

const CHANGED_MEANWHILE = 412;

const KINDS = { CREATE: "create", UPDATE: "update", MERGE: "merge" };

/** @typedef {{url: string, name: string}} Project with its URL from the root of Jenkins, as `job/demo/` */

export class Form {
  #wish;
  #names;
  #projects;
  #project;
  #seen;
  #drafts = {};
  #editors = {};
  #shell;
  #name;
  #loader;
  #done;
  #isDone = false;
  #isClosed = false;
  #outcomes = [];

  /**
   * @param {object} options
   * @param {"CREATE" | "UPDATE" | "MERGE"} options.wish
   * @param {Project[]} options.projects to choose from; one, but for a new staging
   * @param {string} [options.project] URL of the one that is chosen at first
   * @param {string[]} [options.names] of the stagings that are updated
   * @param {object | null} [options.current] what the one that is updated has now
   * @param {(outcomes: import("../backgroundTasks.js").TaskOutcome[] | null) => void} done is told the end; null where nothing was sent
   */
  constructor({ wish, projects, project, names = [], current = null }, done) {
    this.#wish = wish;
    this.#names = names;
    this.#projects = projects;
    this.#project = projects.find(({ url }) => url === project) ?? projects[0];
    this.#seen = current?.seen ?? null;
    this.#done = done;
    this.#shell = new Shell(
      () => !this.#isDone && this.#isDirty(),
      () => this.#closed(),
    );
    for (const section of SECTIONS) {
      this.#drafts[section] = new Draft(current?.[section]);
      this.#editors[section] = new Editor(section, this.#drafts[section], {
        changed: () => this.#changed(section),
        reload: () => this.#loader.start({ reload: true }),
        say: (sentence) => this.#shell.say(sentence),
      });
      this.#shell.part("editors").append(this.#editors[section].element);
    }
    this.#name = new NameField(
      this.#shell.part("nameField"),
      (name) => this.#api.checkName(name),
      () => this.#name.clearProblem(),
    );
    this.#loader = new DefaultsLoader(
      (reload) =>
        this.#api.defaults(wish === "CREATE" ? null : this.#names[0], this.#drafts.deployment.entries, reload),
      (both) => this.#showDefaults(both),
      (e) => SECTIONS.forEach((section) => this.#editors[section].showFailure(sentence(e))),
    );
    this.#setUp(current);
  }

  open() {
    this.#shell.open();
    this.#firstField().focus();
    this.#loader.start();
  }

  get #api() {
    return new FormApi(this.#project.url);
  }

  #setUp(current) {
    const shell = this.#shell;
    const kind = KINDS[this.#wish];
    this.#entitle();
    shell.part("submitText").textContent = text("dialog.submit." + kind);
    if (this.#wish !== "MERGE") {
      const subtitle = {
        CREATE: this.#projects.length === 1 ? this.#project.name : "",
        UPDATE: current?.host ?? "",
      }[this.#wish];
      shell.part("subtitle").textContent = subtitle;
      shell.part("subtitle").hidden = subtitle === "";
    }
    this.#name.isShown = this.#wish === "CREATE";
    shell.part("projectField").hidden = this.#projects.length < 2;
    const select = shell.part("project");
    select.replaceChildren(
      ...this.#projects.map(({ url, name }) => new Option(name, url, false, url === this.#project.url)),
    );
    select.addEventListener("change", () => {
      this.#project = this.#projects.find(({ url }) => url === select.value);
      for (const section of SECTIONS) {
        this.#drafts[section].forget();
        this.#editors[section].render();
      }
      this.#name.check();
      this.#loader.start();
    });
    shell.part("form").addEventListener("submit", (e) => {
      e.preventDefault();
      this.#submit();
    });
    shell.element.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        this.#submit();
      }
    });
    this.#summarize();
  }

  /** Says what it is about. */
  #entitle() {
    const several = this.#names.length > 1;
    this.#shell.part("title").textContent = several
      ? text("dialog.title.merge", this.#names.length)
      : text(this.#wish === "CREATE" ? "dialog.title.create" : "dialog.title.update", this.#names[0] ?? "");
    if (this.#wish === "MERGE") {
      this.#shell.part("subtitle").textContent = this.#names.join(", ");
    }
  }

  #firstField() {
    if (this.#wish === "CREATE") {
      return this.#projects.length > 1 ? this.#shell.part("project") : this.#name.input;
    }
    return (
      this.#shell.element.querySelector(".octopod-key textarea:not([hidden])") ??
      this.#shell.element.querySelector('[data-part="newKey"]')
    );
  }

  #isDirty() {
    return (
      this.#name.value !== "" ||
      SECTIONS.some((section) => this.#drafts[section].changes.length > 0 || this.#editors[section].isTyping)
    );
  }

  #changed(section) {
    this.#summarize();
    if (section === "deployment") {
      this.#loader.start({ after: DEBOUNCE });
    }
  }

  #showDefaults(both) {
    for (const section of SECTIONS) {
      this.#editors[section].show(both[section], this.#wish !== "MERGE");
    }
    this.#summarize();
  }

  #summarize() {
    showSummary(this.#shell.part("summary"), this.#sections(), {
      none: text("dialog.none." + KINDS[this.#wish]),
      undo: (section, key) => {
        this.#drafts[section].revert(key);
        this.#editors[section].render();
        this.#changed(section);
        this.#shell.part("summary").focus();
      },
    });
  }

  #sections() {
    return SECTIONS.map((section) => ({
      section,
      changes: this.#drafts[section].changes,
    }));
  }

  async #submit() {
    if (this.#shell.part("submit").disabled) {
      return;
    }
    this.#clearProblems();
    for (const section of SECTIONS) {
      const unfinished = this.#editors[section].finish();
      if (unfinished !== null) {
        unfinished.focus();
        return;
      }
    }
    this.#loader.stop();
    this.#shell.busy = text("dialog.sending");
    let wasTaken = false;
    try {
      const { ticket, refusal } = await this.#api.submit({
        wish: this.#wish,
        names: this.#wish === "CREATE" ? [this.#name.value] : this.#names,
        seen: this.#seen,
        deployment: this.#drafts.deployment.entries,
        application: this.#drafts.application.entries,
      });
      if (refusal !== null) {
        this.#shell.busy = null;
        this.#refused(refusal);
        return;
      }
      wasTaken = true;
      const outcomes = await awaitTasks(document.head.dataset.rooturl + "/" + ticket);
      this.#shell.busy = null;
      await this.#ended(outcomes);
    } catch (e) {
      this.#shell.busy = null;
      this.#show(wasTaken && e instanceof ConnectionError ? text("dialog.outcomeUnknown") : sentence(e));
    } finally {
      if (!this.#isClosed) {
        this.#loader.start();
      }
    }
  }

  async #ended(outcomes) {
    const refused = outcomes.filter(({ state }) => state === "REFUSED");
    if (refused.length === 0) {
      this.#isDone = true;
      this.#outcomes.push(...outcomes);
      this.#shell.close();
    } else if (outcomes.length === 1 && refused[0].refusal.statusCode === CHANGED_MEANWHILE) {
      await this.#changedMeanwhile(refused[0].refusal);
    } else if (areAlike(outcomes, refused)) {
      this.#refused(refused[0].refusal);
    } else {
      this.#someRefused(outcomes, refused);
    }
  }

  /** Sent again, it is for those only that have refused it. */
  #someRefused(outcomes, refused) {
    const nameOf = ({ subject }) => subject.slice(subject.lastIndexOf("/") + 1);
    this.#names = refused.map(nameOf);
    this.#entitle();
    this.#outcomes.push(...outcomes.filter((one) => !refused.includes(one)));
    this.#show(
      [
        text("dialog.someRefused", outcomes.length - refused.length, outcomes.length),
        ...refused.map((one) => text("dialog.refusedOne", nameOf(one), one.refusal.sentence)),
      ].join("\n"),
    );
  }

  #refused({ problems }) {
    const places = problems.map(({ field, key, sentence: said }) => {
      if (field === "NAME" && this.#wish === "CREATE") {
        return this.#name.showProblem(said);
      }
      return field in FIELDS ? this.#editors[FIELDS[field]].showProblem(key, said) : null;
    });
    const elsewhere = problems.filter((_, i) => places[i] === null);
    this.#show(
      [
        ...elsewhere.map(({ sentence: said }) => said),
        ...(elsewhere.length === problems.length ? [] : [text("dialog.refused")]),
      ].join("\n"),
    );
    places.find((place) => place !== null)?.focus();
    problems.forEach(({ sentence: said }) => this.#shell.say(said));
  }

  /** Somebody else was faster: what they did is shown, and what was typed here is kept over it. */
  async #changedMeanwhile(refusal) {
    const current = await this.#api.current(this.#names[0]);
    this.#seen = current.seen;
    const theirs = SECTIONS.map((section) => ({
      section,
      changes: this.#drafts[section].rebase(current[section]),
    }));
    SECTIONS.forEach((section) => this.#editors[section].render());
    this.#summarize();
    const notice = this.#shell.part("meanwhile");
    this.#shell.part("meanwhileSentence").textContent = refusal.sentence;
    this.#shell.part("meanwhileWhen").textContent = formatRelativeTime(current.changedAt);
    showChanges(this.#shell.part("meanwhileChanges"), theirs, null);
    notice.hidden = false;
    notice.focus();
    this.#shell.say(refusal.sentence);
  }

  #clearProblems() {
    this.#shell.problem = "";
    this.#shell.part("meanwhile").hidden = true;
    this.#name.clearProblem();
    SECTIONS.forEach((section) => this.#editors[section].clearProblems());
  }

  #show(said) {
    this.#shell.problem = said;
    this.#shell.part("problem").focus();
  }

  #closed() {
    this.#isClosed = true;
    this.#loader.stop();
    this.#done(this.#outcomes.length === 0 ? null : this.#outcomes);
  }
}

/** @returns {boolean} whether all were refused, with the same words */
function areAlike(outcomes, refused) {
  const said = new Set(refused.map(({ refusal }) => refusal.sentence));
  return refused.length === outcomes.length && said.size === 1;
}

/** @returns {string} what an error means to who looks at the dialog */
export function sentence(e) {
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
