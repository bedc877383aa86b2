/** The keys of one kind, as a tree of rows, with a field for more. */

import { cloneTemplate, part } from "../dom.js";
import { text } from "../i18n.js";
import { isPending } from "./defaultsState.js";
import { KeyRowView } from "./keyRowView.js";
import { buildKeyTree } from "./keyTree.js";
import { containsOverrides, normalizeKey, parseOverrides } from "./overridesParser.js";

/** With more rows, there is a field to find some. */
const FILTER_THRESHOLD = 12;

/** With more rows than COLLAPSE_THRESHOLD, larger groups are closed at first. */
const LARGE_GROUP = 8;
const COLLAPSE_THRESHOLD = 60;

/**
 * @typedef {object} EditorContext
 * @property {() => void} onChange
 * @property {() => void} onReload
 * @property {(sentence: string) => void} announce
 * @property {(key: string) => boolean} isElsewhere whether a key has a field of its own, outside of the editor
 * @property {() => void} onElsewhere is called when the user wants to edit that key
 * @property {(field: HTMLTextAreaElement, key: string, onPick: (value: string) => void) => object} attachSuggestions
 *   returns a `Combobox`
 */

export class OverridesEditor {
  #draft;
  #dialog;
  #rows = new Map();
  #groups = new Map();

  /**
   * @param {"deployment" | "application"} kind
   * @param {import("./draft.js").Draft} draft
   * @param {EditorContext} dialog
   */
  constructor(kind, draft, dialog) {
    this.#draft = draft;
    this.#dialog = dialog;
    this.element = cloneTemplate("octopod-dialog-editor");
    this.#part("heading").textContent = text("dialog." + kind);
    this.#part("description").textContent = text(`dialog.${kind}.description`);
    this.element.setAttribute("aria-labelledby", "octopod-dialog-" + kind);
    this.#part("heading").id = "octopod-dialog-" + kind;
    const listId = "octopod-dialog-keys-" + kind;
    this.#part("suggestions").id = listId;
    this.#part("newKey").setAttribute("list", listId);
    for (const [label, field] of [
      ["keyLabel", "newKey"],
      ["linesLabel", "lines"],
    ]) {
      this.#part(field).id = `octopod-dialog-${field}-${kind}`;
      this.#part(label).htmlFor = this.#part(field).id;
    }
    for (const name of ["reload", "reloadFailed"]) {
      this.#part(name).addEventListener("click", () => dialog.onReload());
    }
    this.#part("filter").addEventListener("input", () => this.#filter());
    this.#part("add").addEventListener("click", () => this.#addKey());
    this.#part("newKey").addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) {
        e.preventDefault();
        this.#addKey();
      }
    });
    for (const field of ["newKey", "lines"]) {
      this.#part(field).addEventListener("input", () => this.#showAddProblem(field, null));
    }
    this.#part("newKey").addEventListener("paste", (e) => this.#onPaste(e));
    this.#part("takeLines").addEventListener("click", () => this.#addPastedLines());
    this.render();
  }

  /** Shows what is currently known of the defaults. */
  showDefaults({ defaults, keys }, usesDefaults) {
    const pending = isPending({ defaults, keys });
    this.element.setAttribute("aria-busy", String(pending));
    this.#part("loading").hidden = !pending;
    if (usesDefaults && defaults.state === "READY") {
      this.#draft.defaults = defaults.list;
    }
    if (keys.state === "READY") {
      this.#draft.keys = keys.list;
    }
    const sentences = new Set([defaults.sentence, keys.sentence]);
    sentences.delete(null);
    this.showFailure([...sentences].join("\n"));
    this.render();
  }

  /** @param {string} sentence empty for none */
  showFailure(sentence) {
    if (sentence !== "" && this.#part("failure").textContent !== sentence) {
      this.#dialog.announce(sentence);
    }
    this.#part("failed").hidden = sentence === "";
    this.#part("failure").textContent = sentence;
    if (sentence !== "") {
      this.#part("loading").hidden = true;
    }
  }

  /**
   * Shows a problem of a key, or of all keys.
   *
   * @param {string | null} key
   * @param {string} sentence
   * @returns {HTMLElement} the field in which the user can correct it
   */
  showProblem(key, sentence) {
    const row = this.#rows.get(normalizeKey(key ?? ""));
    if (row === undefined) {
      this.#part("problem").hidden = false;
      this.#part("problem").textContent = sentence;
      this.#openAround(this.#part("problem"));
      return this.#part("newKey");
    }
    row.showProblem(sentence);
    this.#reveal(row);
    return row.field;
  }

  clearProblems() {
    this.#part("problem").hidden = true;
    this.#rows.forEach((row) => row.showProblem(null));
  }

  /**
   * Adds what is typed into the fields but not added yet.
   *
   * @returns {HTMLElement | null} the field that the user must correct first
   */
  addPendingInput() {
    for (const [field, add] of [
      ["newKey", () => this.#addKey()],
      ["lines", () => this.#addPastedLines()],
    ]) {
      if (this.#part(field).value.trim() !== "" && !add()) {
        return this.#part(field);
      }
    }
    return null;
  }

  /** @returns {boolean} whether a field has something that isn’t added yet */
  get hasPendingInput() {
    return ["newKey", "lines"].some((field) => this.#part(field).value.trim() !== "");
  }

  /** Shows all keys as they are now. */
  render() {
    const rows = this.#draft.rows.filter(({ key }) => !this.#dialog.isElsewhere(key));
    const focused = document.activeElement;
    const nodes = buildKeyTree(rows);
    const current = new Set(rows.map((row) => row.key));
    this.#rows.forEach((row, key) => {
      if (!current.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    });
    this.#arrange(this.#part("list"), nodes, rows.length > COLLAPSE_THRESHOLD);
    this.#part("none").hidden = rows.length > 0 || !this.#draft.areDefaultsKnown;
    this.#part("search").hidden = rows.length <= FILTER_THRESHOLD;
    this.#updateSuggestions();
    this.#filter();
    if (focused !== document.activeElement && this.element.contains(focused)) {
      focused.focus();
    }
  }

  #arrange(list, nodes, collapses) {
    const elements = nodes.map((node) =>
      node.row === null ? this.#groupElement(node, collapses) : this.#rowElement(node),
    );
    const current = new Set(elements);
    [...list.children].filter((child) => !current.has(child)).forEach((child) => child.remove());
    // An element at its place isn’t moved, because it might have the focus.
    elements.forEach((element, index) => {
      if (list.children[index] !== element) {
        list.insertBefore(element, list.children[index] ?? null);
      }
    });
  }

  #rowElement({ row, label }) {
    if (!this.#rows.has(row.key)) {
      this.#rows.set(
        row.key,
        new KeyRowView(row.key, {
          override: (key) => this.#override(key),
          edit: (key, value) => {
            // The row shows it already.
            this.#draft.set(key, value);
            this.#dialog.onChange();
          },
          remove: (key) => this.#changeRow(key, () => this.#draft.remove(key)),
          reset: (key) => this.#changeRow(key, () => this.#draft.reset(key)),
          attachSuggestions: this.#dialog.attachSuggestions,
        }),
      );
    }
    const view = this.#rows.get(row.key);
    view.update(row, label);
    return view.element;
  }

  #groupElement(node, collapses) {
    let element = this.#groups.get(node.path);
    if (element === undefined) {
      element = cloneTemplate("octopod-dialog-group");
      const overridden = node.children.some((child) => child.row !== null && child.row.state !== "default");
      element.querySelector("details").open = !collapses || node.size <= LARGE_GROUP || overridden;
      this.#groups.set(node.path, element);
    }
    part(element, "label").textContent = node.label;
    part(element, "size").textContent = node.size;
    this.#arrange(element.querySelector("ul"), node.children, collapses);
    return element;
  }

  #override(key) {
    const row = this.#draft.row(key);
    this.#changeRow(key, () => this.#draft.set(key, row.value ?? row.defaultValue ?? ""));
    this.#rows.get(key).startEditing();
  }

  /** Changes a row, which keeps the focus; if the row is removed, the field for another key gets it. */
  #changeRow(key, change) {
    this.#change(change);
    const row = this.#rows.get(key);
    (row === undefined ? this.#part("newKey") : row.field).focus();
    this.#dialog.announce(
      row === undefined
        ? text("dialog.gone", key)
        : text("dialog.isNow", key, text("dialog.state." + this.#draft.row(key).state)),
    );
  }

  #change(change) {
    change();
    this.render();
    this.#dialog.onChange();
  }

  /** @returns {boolean} whether the key was added */
  #addKey() {
    const field = this.#part("newKey");
    const typed = field.value.trim();
    if (typed === "") {
      this.#showAddProblem("newKey", text("dialog.noKey"));
      field.focus();
      return false;
    }
    if (containsOverrides(typed)) {
      return this.#addLines(typed, "newKey");
    }
    const key = normalizeKey(typed);
    if (key === "") {
      this.#showAddProblem("newKey", text("dialog.noKey"));
      return false;
    }
    field.value = "";
    if (this.#dialog.isElsewhere(key)) {
      this.#dialog.onElsewhere();
      return true;
    }
    const row = this.#draft.row(key);
    this.#change(() => this.#draft.set(key, row.value ?? row.defaultValue ?? ""));
    this.#scrollTo(this.#rows.get(key));
    this.#rows.get(key).field.focus();
    return true;
  }

  #onPaste(e) {
    const pasted = e.clipboardData.getData("text/plain");
    const field = this.#part("newKey");
    if (field.value === "" && containsOverrides(pasted)) {
      e.preventDefault();
      const added = this.#addLines(pasted, "newKey");
      if (!added && pasted.trim().includes("\n")) {
        this.#moveToBox(pasted);
      }
    }
  }

  /** Moves lines with a problem into the larger field, because a field of one line would lose the line breaks. */
  #moveToBox(lines) {
    this.#showAddProblem("newKey", null);
    this.#part("paste").open = true;
    this.#part("lines").value = lines;
    this.#addPastedLines();
  }

  #addPastedLines() {
    const added = this.#addLines(this.#part("lines").value, "lines");
    if (added) {
      this.#part("lines").value = "";
      this.#part("paste").open = false;
    }
    return added;
  }

  /**
   * Adds all lines, or none.
   *
   * @param {string} lines
   * @param {"newKey" | "lines"} name name of the field that has the lines; it gets the focus
   * @returns {boolean} whether they were added
   */
  #addLines(lines, name) {
    const field = this.#part(name);
    const { entries, unreadable } = parseOverrides(lines);
    if (unreadable !== null) {
      this.#showAddProblem(name, text("dialog.unreadable", unreadable.number, unreadable.line));
      field.focus();
      this.#addProblem(name).scrollIntoView({ block: "nearest" });
      return false;
    }
    this.#showAddProblem(name, null);
    field.value = "";
    this.#change(() => {
      for (const { key, value } of entries) {
        if (value === null) {
          this.#draft.remove(key);
        } else {
          this.#draft.set(key, value);
        }
      }
    });
    this.#dialog.announce(text("dialog.taken", entries.length));
    entries.filter(({ key }) => this.#rows.has(key)).forEach(({ key }) => this.#reveal(this.#rows.get(key)));
    field.focus();
    return true;
  }

  /**
   * Shows a problem next to its field.
   *
   * @param {"newKey" | "lines"} field
   * @param {string | null} sentence null if there is no problem
   */
  #showAddProblem(field, sentence) {
    const problem = this.#addProblem(field);
    problem.hidden = sentence === null;
    problem.textContent = sentence ?? "";
    this.#part(field).setAttribute("aria-invalid", String(sentence !== null));
  }

  #addProblem(field) {
    return this.#part(field === "lines" ? "linesProblem" : "addProblem");
  }

  #updateSuggestions() {
    const list = this.#part("suggestions");
    const keys = this.#draft.keys.filter((key) => !this.#draft.has(key));
    const before = [...list.children].map((option) => option.value);
    if (keys.length !== before.length || keys.some((key, i) => key !== before[i])) {
      list.replaceChildren(...keys.map((key) => new Option("", key)));
    }
  }

  #filter() {
    const typed = this.#part("search").hidden ? "" : this.#part("filter").value.trim().toLowerCase();
    this.#rows.forEach((view, key) => {
      view.element.hidden = !view.matches(typed, this.#draft.row(key));
    });
    let shown = 0;
    for (const row of this.#rows.values()) {
      shown += row.element.hidden ? 0 : 1;
    }
    this.#part("noMatch").hidden = typed === "" || shown > 0;
    this.#groups.forEach((group) => {
      group.hidden = group.querySelector("li.octopod-key:not([hidden])") === null;
      if (typed !== "" && !group.hidden) {
        group.querySelector("details").open = true;
      }
    });
  }

  #scrollTo(row) {
    this.#reveal(row);
    row.element.scrollIntoView({ block: "nearest" });
  }

  /** Makes sure that neither a filter nor a folded group hides a row. */
  #reveal(row) {
    if (row.element.hidden) {
      this.#part("filter").value = "";
      this.#filter();
    }
    this.#openAround(row.element);
  }

  #openAround(element) {
    for (let at = element.closest("details"); at !== null; at = at.parentElement.closest("details")) {
      at.open = true;
    }
  }

  #part(name) {
    return part(this.element, name);
  }
}
