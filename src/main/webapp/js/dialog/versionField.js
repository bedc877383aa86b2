/** The version that is deployed, which the dialog begins with: the value of the project’s tag key. */

import { part } from "../dom.js";
import { text } from "../i18n.js";
import { Combobox } from "./combobox.js";
import { defaultOf, isComplete, knowsKey } from "./defaultsState.js";

const SECTIONS = ["deployment", "application"];

export class VersionField {
  #element;
  #drafts;
  #recent;
  #onChange;
  #usesDefaults;
  #combobox;
  /** What the scripts have printed; null if unknown. */
  #scripts = null;
  /** Where the version is. */
  #section = "deployment";
  /** Whether the user has typed a version. */
  #isTyped = false;
  /** Where the typed version was put; null if nowhere yet. @type {{section: string, key: string} | null} */
  #target = null;

  /**
   * @param {HTMLElement} element
   * @param {object} options
   * @param {Object<string, import("./draft.js").Draft>} options.drafts by section
   * @param {import("./recentValues.js").RecentValues} options.recent
   * @param {import("./suggestionList.js").SuggestionList} options.list
   * @param {boolean} options.usesDefaults whether an empty field means the default; else it means no change
   * @param {(section: string) => void} options.onChange
   * @param {(sentence: string) => void} options.announce
   */
  constructor(element, { drafts, recent, list, usesDefaults, onChange, announce }) {
    this.#element = element;
    this.#drafts = drafts;
    this.#recent = recent;
    this.#usesDefaults = usesDefaults;
    this.#onChange = onChange;
    this.#combobox = new Combobox(this.input, list, {
      suggest: () => this.#suggest(),
      onPick: (value) => {
        this.input.value = value;
        this.#take();
      },
      announce,
    });
    this.input.addEventListener("input", () => this.#take());
    this.#part("openVersions").addEventListener("mousedown", (e) => e.preventDefault());
    this.#part("openVersions").addEventListener("click", () => this.#toggle());
    this.render();
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.#part("version");
  }

  get isShown() {
    return !this.#element.hidden;
  }

  /** @returns {boolean} whether the field is that of the key */
  isFieldOf(section, key) {
    return this.isShown && section === this.#section && key === this.#recent.tagKey;
  }

  /** @returns {boolean} whether something is typed although the key is unknown yet */
  get isWaiting() {
    return this.#isTyped && this.#recent.tagKey === null;
  }

  /** @param {object | null} both what the scripts have printed; null if unknown, because the project is another one */
  set scripts(both) {
    this.#scripts = both;
    this.update();
  }

  /** Takes over what has become known of the project. */
  update() {
    this.#move();
    this.render();
    this.#combobox.refresh();
  }

  /** Removes what was typed from the drafts, but not from the field, because the project will be another one. */
  detach() {
    if (this.#target !== null) {
      this.#drafts[this.#target.section].revert(this.#target.key);
      this.#target = null;
    }
  }

  /** Shows what the draft has. */
  render() {
    const key = this.#recent.tagKey;
    this.#element.hidden = key !== null && !this.#isKnown(key);
    this.#part("tagKey").textContent = key ?? "";
    if (key === null) {
      return;
    }
    const { state, value } = this.#drafts[this.#section].row(key);
    const shown = state === "default" || value === null ? "" : value;
    if (this.input.value.trim() !== shown) {
      this.input.value = shown;
    }
    this.input.placeholder = this.#placeholder(key, state);
  }

  /**
   * @param {string} sentence
   * @returns {HTMLElement} the field in which the user can correct it
   */
  showProblem(sentence) {
    this.#showProblem(sentence);
    return this.input;
  }

  clearProblem() {
    this.#showProblem(null);
  }

  #showProblem(sentence) {
    this.#part("versionError").hidden = sentence === null;
    this.#part("versionError").textContent = sentence ?? "";
    this.input.setAttribute("aria-invalid", String(sentence !== null));
  }

  #placeholder(key, state) {
    if (state === "removed") {
      return text("dialog.version.removed");
    }
    if (!this.#usesDefaults) {
      return text("dialog.version.unchanged");
    }
    const standard = this.#scripts === null ? null : defaultOf(this.#scripts[this.#section], key);
    return standard === null ? "" : text("dialog.version.default", standard);
  }

  /** Puts what is typed into the draft. */
  #take() {
    this.clearProblem();
    this.#isTyped = true;
    const key = this.#recent.tagKey;
    if (key === null) {
      return;
    }
    this.#set(key);
    this.#onChange(this.#section);
  }

  #set(key) {
    this.#target = { section: this.#section, key };
    const value = this.input.value.trim();
    if (value === "") {
      this.#drafts[this.#section].reset(key);
    } else {
      this.#drafts[this.#section].set(key, value);
    }
  }

  /** Moves what is typed to the kind of configuration that has the key. */
  #move() {
    const key = this.#recent.tagKey;
    if (key === null) {
      return;
    }
    this.#section = this.#place(key);
    // What the user has done to the key since then stays, such as lines that remove it.
    if (this.#isTyped && this.#target?.section !== this.#section) {
      this.detach();
      this.#set(key);
    }
  }

  #place(key) {
    const scripts = this.#scripts;
    return (
      SECTIONS.find((section) => this.#drafts[section].beginsWith(key)) ??
      SECTIONS.find((section) => scripts !== null && defaultOf(scripts[section], key) !== null) ??
      SECTIONS.find((section) => scripts !== null && knowsKey(scripts[section], key)) ??
      SECTIONS.find((section) => this.#recent.has(section, key)) ??
      "deployment"
    );
  }

  /** Until all keys are known, the project is expected to have this one. */
  #isKnown(key) {
    return (
      this.#isTyped ||
      SECTIONS.some((section) => this.#drafts[section].beginsWith(key) || this.#recent.has(section, key)) ||
      this.#scripts === null ||
      this.#scripts.tags.list.length > 0 ||
      SECTIONS.some((section) => knowsKey(this.#scripts[section], key)) ||
      !SECTIONS.every((section) => isComplete(this.#scripts[section]))
    );
  }

  #suggest() {
    const key = this.#recent.tagKey;
    const recent = key === null ? [] : this.#recent.suggestions(this.#section, key);
    const values = new Set(recent.map(({ value }) => value));
    const tags = (this.#scripts?.tags.list ?? [])
      .filter(({ tag }) => !values.has(tag))
      .map(({ tag, description }) => ({ value: tag, detail: description }));
    return {
      groups: [
        { heading: text("dialog.recent"), options: recent },
        { heading: text("dialog.tags"), options: tags },
      ],
      note: this.#note(),
    };
  }

  /** Says why there might be more tags. */
  #note() {
    const { state, pending, sentence } = this.#scripts?.tags ?? { state: "READY", pending: false, sentence: null };
    if (sentence !== null) {
      return text("dialog.tagsFailed", sentence);
    }
    return pending && state === "LOADING" ? text("dialog.tagsLoading") : "";
  }

  #toggle() {
    this.input.focus();
    if (this.#combobox.isOpen) {
      this.#combobox.close();
    } else {
      this.#combobox.open();
    }
  }

  #part(name) {
    return part(this.#element, name);
  }
}
