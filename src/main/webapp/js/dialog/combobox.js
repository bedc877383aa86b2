/** Suggests values for a field: a combobox with a listbox, which all fields of the dialog share. */

import { text } from "../i18n.js";

/**
 * @typedef {object} Suggestion
 * @property {string} value
 * @property {string} detail what the user can recognize the value by; empty if nothing is known
 */

/** @typedef {{heading: string, options: Suggestion[]}} SuggestionGroup */

/** More wouldn’t be read; the user types to find others. */
const MAX_SUGGESTIONS = 200;

export class Combobox {
  #field;
  #list;
  #suggest;
  #onPick;
  #announce;
  /** How many suggestions were announced. */
  #count = 0;
  #typed = "";
  /** What the open list shows, as JSON. */
  #content = "";

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {import("./suggestionList.js").SuggestionList} list
   * @param {object} options
   * @param {() => {groups: SuggestionGroup[], note: string}} options.suggest note: what is said below the suggestions
   * @param {(value: string) => void} options.onPick
   * @param {(sentence: string) => void} options.announce
   */
  constructor(field, list, { suggest, onPick, announce }) {
    this.#field = field;
    this.#list = list;
    this.#suggest = suggest;
    this.#onPick = onPick;
    this.#announce = announce;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    if (!this.#isMultiLine) {
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-expanded", "false");
    }
    field.addEventListener("input", () => this.open(field.value.trim()));
    field.addEventListener("click", () => !this.isOpen && this.open());
    field.addEventListener("keydown", (e) => this.#onKey(e));
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.#list.field === this.#field;
  }

  /** A text area has the role of a text box, which may have suggestions but can’t be expanded. */
  get #isMultiLine() {
    return this.#field.tagName === "TEXTAREA";
  }

  /**
   * Shows the suggestions, or nothing if there are none.
   *
   * @param {string} [typed] what they must contain; all are shown without it
   */
  open(typed = "") {
    const found = this.#find(typed);
    const isDone = found.count === 1 && found.groups[0].options[0].value === this.#field.value;
    if (isDone || (found.count === 0 && (found.note === "" || typed !== ""))) {
      this.close();
      return;
    }
    const before = this.isOpen ? this.#count : null;
    this.#typed = typed;
    this.#count = found.count;
    this.#content = JSON.stringify(found);
    this.#list.show(this.#field, found.groups, found.note, (value) => this.#pick(value));
    this.#setExpanded(true);
    if (found.count !== before) {
      this.#announce(text(found.count === 1 ? "dialog.oneSuggestion" : "dialog.suggestions", found.count));
    }
  }

  #find(typed) {
    const { groups, note } = this.#suggest();
    const matching = filter(groups, typed.toLowerCase());
    const count = matching.reduce((sum, { options }) => sum + options.length, 0);
    const more = count > MAX_SUGGESTIONS ? text("dialog.moreSuggestions", count - MAX_SUGGESTIONS) : "";
    return { groups: limit(matching), count, note: [more, note].filter((line) => line !== "").join("\n") };
  }

  /** Shows other suggestions if they have changed. The user might be about to click one, so equal ones stay. */
  refresh() {
    const isUnused = this.isOpen && this.#list.active === null;
    if (isUnused && JSON.stringify(this.#find(this.#typed)) !== this.#content) {
      this.open(this.#typed);
    }
  }

  close() {
    if (this.isOpen) {
      this.#list.hide();
      this.#setExpanded(false);
    }
  }

  #setExpanded(isExpanded) {
    if (!this.#isMultiLine) {
      this.#field.setAttribute("aria-expanded", String(isExpanded));
    }
  }

  #pick(value) {
    this.close();
    this.#onPick(value);
    this.#field.focus();
  }

  #onKey(e) {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.shiftKey) {
      return;
    }
    const handles = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#pickActive(),
      Escape: () => this.#escape(),
    };
    if (e.key === "Tab") {
      // The focus goes on as usual.
      this.#pickActive();
    } else if (handles[e.key]?.()) {
      e.preventDefault();
      e.stopPropagation();
    }
  }

  /** @returns {boolean} whether the key is used up */
  #move(step) {
    if (!this.isOpen) {
      if (this.#field.value.includes("\n")) {
        return false;
      }
      this.open();
    }
    if (this.isOpen) {
      this.#list.move(step);
    }
    return this.isOpen;
  }

  #pickActive() {
    const value = this.isOpen ? this.#list.active : null;
    if (value === null) {
      return false;
    }
    this.#pick(value);
    return true;
  }

  #escape() {
    const wasOpen = this.isOpen;
    this.close();
    return wasOpen;
  }
}

/** Keeps the first suggestions. */
function limit(groups) {
  let left = MAX_SUGGESTIONS;
  return groups
    .map(({ heading, options }) => {
      const kept = options.slice(0, left);
      left -= kept.length;
      return { heading, options: kept };
    })
    .filter(({ options }) => options.length > 0);
}

function filter(groups, typed) {
  return groups
    .map(({ heading, options }) => ({
      heading,
      options: options.filter(({ value, detail }) =>
        [value, detail].some((candidate) => candidate.toLowerCase().includes(typed)),
      ),
    }))
    .filter(({ options }) => options.length > 0);
}
