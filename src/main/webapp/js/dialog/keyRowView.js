/** One key of an editor: its default, its override, and buttons to change it. */

import { cloneTemplate, part } from "../dom.js";
import { text } from "../i18n.js";
import { showValue } from "./showValue.js";

const MAX_LINES = 12;

let lastId = 0;

export class KeyRowView {
  #key;
  #state = null;
  #combobox = null;

  /**
   * @param {string} key
   * @param {{override: Function, edit: Function, remove: Function, reset: Function, attachSuggestions: Function}} actions are given the key
   */
  constructor(key, actions) {
    this.#key = key;
    this.element = cloneTemplate("octopod-dialog-row");
    this.element.title = key;
    const id = "octopod-dialog-row-" + ++lastId;
    this.#part("error").id = id;
    this.#part("input").setAttribute("aria-describedby", id);
    this.#part("input").setAttribute("aria-label", text("dialog.valueOf", key));
    this.#listen("standard", "click", () => actions.override(key));
    this.#listen("override", "click", () => actions.override(key));
    this.#listen("remove", "click", () => actions.remove(key));
    this.#listen("reset", "click", () => actions.reset(key));
    this.#listen("drop", "click", () => actions.reset(key));
    this.#listen("input", "input", (e) => this.#take(e.target.value, actions));
    // There can be hundreds of rows, and a user edits few of them.
    this.#part("input").addEventListener(
      "focus",
      (e) => {
        this.#combobox = actions.attachSuggestions(e.target, key, (value) => {
          e.target.value = value;
          this.#take(value, actions);
        });
      },
      { once: true },
    );
    this.#setLabel("override", text("dialog.overrideKey", key));
    this.#setLabel("remove", text("dialog.removeKey", key));
    this.#setLabel("reset", text("dialog.resetKey", key));
    this.#setLabel("drop", text("dialog.dropKey", key));
  }

  /**
   * @param {import("./draft.js").KeyRow} row
   * @param {string} label the part of the key that is shown here
   */
  update(row, label) {
    this.#part("key").textContent = label;
    const changed = row.state !== this.#state;
    this.#state = row.state;
    const isSet = row.state !== "default" && row.state !== "removed";
    if (changed) {
      this.element.dataset.state = row.state;
      this.#part("state").textContent = text("dialog.state." + row.state);
      this.#part("standard").hidden = row.state !== "default";
      this.#part("input").hidden = !isSet;
      this.#part("override").hidden = isSet;
      this.showProblem(null);
    }
    const isDefault = row.state === "default";
    const hasDefault = row.defaultValue !== null;
    this.#part("remove").hidden = row.state === "removed" || !hasDefault;
    this.#part("reset").hidden = isDefault || !hasDefault;
    this.#part("drop").hidden = isDefault || hasDefault;
    if (isSet && this.#part("input").value !== row.value.replace(/\r\n?/g, "\n")) {
      this.#part("input").value = row.value;
    }
    if (isSet) {
      this.#resize(row.value);
    }
    showValue(this.#part("standard"), isDefault ? row.value : "");
    this.#setLabel("standard", isDefault ? text("dialog.overrideValue", this.#key, row.value) : "");
    this.#part("was").hidden = isDefault || !hasDefault;
    showValue(this.#part("wasValue"), row.defaultValue ?? "");
  }

  /** @returns {HTMLElement} the element in which the user can correct the key */
  get field() {
    const parts = { default: "override", removed: "override" };
    return this.#part(parts[this.#state] ?? "input");
  }

  /** Begins to edit the value, with suggestions if there are any. */
  startEditing() {
    const { field } = this;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    this.#combobox?.open();
  }

  /** @param {string | null} sentence */
  showProblem(sentence) {
    const error = this.#part("error");
    error.hidden = sentence === null;
    error.textContent = sentence ?? "";
    this.element.classList.toggle("octopod-key--wrong", sentence !== null);
    this.#part("input").setAttribute("aria-invalid", String(sentence !== null));
  }

  /** @returns {boolean} whether the key or a value contains the text */
  matches(typed, row) {
    return [row.key, row.value ?? "", row.defaultValue ?? ""].some((candidate) =>
      candidate.toLowerCase().includes(typed),
    );
  }

  #take(value, actions) {
    this.showProblem(null);
    this.#resize(value);
    actions.edit(this.#key, value);
  }

  #part(name) {
    return part(this.element, name);
  }

  #setLabel(name, label) {
    this.#part(name).setAttribute("aria-label", label);
    this.#part(name).title = label;
  }

  #listen(name, event, listener) {
    this.#part(name).addEventListener(event, listener);
  }

  /** Makes the field as high as its text, for browsers that can’t do so themselves. */
  #resize(value) {
    const lines = value.split("\n").length;
    this.#part("input").rows = Math.min(lines, MAX_LINES);
  }
}
