/** The keys of one kind, as a tree of rows, with a field for more. */

import { cloneTemplate, text } from "../i18n.js";
import { isPending } from "./defaultsLoader.js";
import { RowView } from "./keyRowView.js";
import { tree } from "./keyTree.js";
import { normalizedKey, parseLines, saysMoreThanAKey } from "./overridesParser.js";

/** From so many rows on, there is a field to find some. */
const MANY = 12;

/** Groups of more are closed at first where there are many rows. */
const LARGE_GROUP = 8;
const VERY_MANY = 60;

export class Editor {
  #draft;
  #changed;
  #say;
  #rows = new Map();
  #groups = new Map();

  /**
   * @param {"deployment" | "application"} kind
   * @param {import("./draft.js").Draft} draft
   * @param {{changed: () => void, reload: () => void, say: (sentence: string) => void}} dialog
   */
  constructor(kind, draft, { changed, reload, say }) {
    this.#draft = draft;
    this.#changed = changed;
    this.#say = say;
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
    for (const part of ["reload", "reloadFailed"]) {
      this.#part(part).addEventListener("click", reload);
    }
    this.#part("filter").addEventListener("input", () => this.#filter());
    this.#part("add").addEventListener("click", () => this.#add());
    this.#part("newKey").addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) {
        e.preventDefault();
        this.#add();
      }
    });
    this.#part("newKey").addEventListener("input", () => this.#showAddProblem(null));
    this.#part("newKey").addEventListener("paste", (e) => this.#paste(e));
    this.#part("takeLines").addEventListener("click", () => this.#takeLines());
    this.render();
  }

  /** Takes over what the scripts have said by now. */
  show({ defaults, keys }, hasDefaults) {
    const pending = isPending({ defaults, keys });
    this.element.setAttribute("aria-busy", String(pending));
    this.#part("loading").hidden = !pending;
    if (hasDefaults && defaults.state === "READY") {
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
      this.#say(sentence);
    }
    this.#part("failed").hidden = sentence === "";
    this.#part("failure").textContent = sentence;
    if (sentence !== "") {
      this.#part("loading").hidden = true;
    }
  }

  /**
   * Says what is wrong with a key, or with all of it.
   *
   * @param {string | null} key
   * @param {string} sentence
   * @returns {HTMLElement} where it can be mended
   */
  showProblem(key, sentence) {
    const row = this.#rows.get(normalizedKey(key ?? ""));
    if (row === undefined) {
      this.#part("problem").hidden = false;
      this.#part("problem").textContent = sentence;
      return this.#part("newKey");
    }
    this.#reveal(row);
    row.showProblem(sentence);
    return row.field;
  }

  clearProblems() {
    this.#part("problem").hidden = true;
    this.#rows.forEach((row) => row.showProblem(null));
  }

  /**
   * Takes over what is typed into the field for another key but not added yet.
   *
   * @returns {HTMLElement | null} where something is to be mended first
   */
  finish() {
    for (const [field, take] of [
      ["newKey", () => this.#add()],
      ["lines", () => this.#takeLines()],
    ]) {
      if (this.#part(field).value.trim() !== "" && !take()) {
        return this.#part(field);
      }
    }
    return null;
  }

  /** @returns {boolean} whether there is something in a field that isn’t taken over */
  get isTyping() {
    return ["newKey", "lines"].some((field) => this.#part(field).value.trim() !== "");
  }

  /** Shows all keys as they are now. */
  render() {
    const rows = this.#draft.rows;
    const focused = document.activeElement;
    const nodes = tree(rows);
    const wanted = new Set(rows.map((row) => row.key));
    this.#rows.forEach((row, key) => {
      if (!wanted.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    });
    this.#place(this.#part("list"), nodes, rows.length > VERY_MANY);
    this.#part("none").hidden = rows.length > 0 || !this.#draft.isKnown;
    this.#part("search").hidden = rows.length <= MANY;
    this.#suggest();
    this.#filter();
    if (focused !== document.activeElement && this.element.contains(focused)) {
      focused.focus();
    }
  }

  #place(list, nodes, many) {
    const elements = nodes.map((node) => (node.row === null ? this.#group(node, many) : this.#row(node)));
    const wanted = new Set(elements);
    [...list.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
    // What is where it belongs isn’t moved: it may have the focus.
    elements.forEach((element, index) => {
      if (list.children[index] !== element) {
        list.insertBefore(element, list.children[index] ?? null);
      }
    });
  }

  #row({ row, label }) {
    if (!this.#rows.has(row.key)) {
      this.#rows.set(
        row.key,
        new RowView(row.key, {
          override: (key) => this.#override(key),
          type: (key, value) => this.#do(() => this.#draft.set(key, value), false),
          remove: (key) => this.#act(key, () => this.#draft.remove(key)),
          putBack: (key) => this.#act(key, () => this.#draft.putBack(key)),
        }),
      );
    }
    const view = this.#rows.get(row.key);
    view.update(row, label);
    return view.element;
  }

  #group(node, many) {
    let element = this.#groups.get(node.path);
    if (element === undefined) {
      element = cloneTemplate("octopod-dialog-group");
      const overridden = node.children.some((child) => child.row !== null && child.row.state !== "default");
      element.querySelector("details").open = !many || node.size <= LARGE_GROUP || overridden;
      this.#groups.set(node.path, element);
    }
    element.querySelector('[data-part="label"]').textContent = node.label;
    element.querySelector('[data-part="size"]').textContent = node.size;
    this.#place(element.querySelector("ul"), node.children, many);
    return element;
  }

  #override(key) {
    const row = this.#draft.row(key);
    this.#act(key, () => this.#draft.set(key, row.value ?? row.standard ?? ""));
    const { field } = this.#rows.get(key);
    field.setSelectionRange(field.value.length, field.value.length);
  }

  /** Does something to a row, which keeps the focus; or the field for another key does, where the row is gone. */
  #act(key, change) {
    this.#do(change);
    const row = this.#rows.get(key);
    (row === undefined ? this.#part("newKey") : row.field).focus();
    this.#say(
      row === undefined
        ? text("dialog.gone", key)
        : text("dialog.isNow", key, text("dialog.state." + this.#draft.row(key).state)),
    );
  }

  #do(change, renders = true) {
    change();
    if (renders) {
      this.render();
    }
    this.#changed();
  }

  /** @returns {boolean} whether it could be taken over */
  #add() {
    const field = this.#part("newKey");
    const typed = field.value.trim();
    if (typed === "") {
      this.#showAddProblem(text("dialog.noKey"));
      field.focus();
      return false;
    }
    if (saysMoreThanAKey(typed)) {
      return this.#take(typed, field);
    }
    const key = normalizedKey(typed);
    if (key === "") {
      this.#showAddProblem(text("dialog.noKey"));
      return false;
    }
    field.value = "";
    const row = this.#draft.row(key);
    this.#do(() => this.#draft.set(key, row.value ?? row.standard ?? ""));
    this.#reveal(this.#rows.get(key));
    this.#rows.get(key).field.focus();
    return true;
  }

  #paste(e) {
    const pasted = e.clipboardData.getData("text/plain");
    const field = this.#part("newKey");
    if (field.value === "" && saysMoreThanAKey(pasted)) {
      e.preventDefault();
      this.#take(pasted, field, pasted.trim().includes("\n"));
    }
  }

  #takeLines() {
    const taken = this.#take(this.#part("lines").value, this.#part("lines"));
    if (taken) {
      this.#part("lines").value = "";
      this.#part("paste").open = false;
    }
    return taken;
  }

  /** Takes over lines, all or none. */
  #take(lines, field, keepsInBox = false) {
    const { entries, unreadable } = parseLines(lines);
    if (unreadable !== null) {
      if (keepsInBox) {
        // A field of one line would lose the line breaks.
        this.#part("paste").open = true;
        this.#part("lines").value = lines;
      }
      const box = keepsInBox ? this.#part("lines") : field;
      this.#showAddProblem(text("dialog.unreadable", unreadable.number, unreadable.line));
      box.focus();
      return false;
    }
    this.#showAddProblem(null);
    field.value = "";
    this.#do(() => {
      for (const { key, value } of entries) {
        if (value === null) {
          this.#draft.remove(key);
        } else {
          this.#draft.set(key, value);
        }
      }
    });
    this.#say(text("dialog.taken", entries.length));
    entries.forEach(({ key }) => this.#reveal(this.#rows.get(key), false));
    field.focus();
    return true;
  }

  #showAddProblem(sentence) {
    this.#part("addProblem").hidden = sentence === null;
    this.#part("addProblem").textContent = sentence ?? "";
    this.#part("newKey").setAttribute("aria-invalid", String(sentence !== null));
  }

  #suggest() {
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

  /** Makes sure that a row is seen. */
  #reveal(row, scrolls = true) {
    if (row.element.hidden) {
      this.#part("filter").value = "";
      this.#filter();
    }
    for (let at = row.element.parentElement; at !== this.element; at = at.parentElement) {
      if (at.tagName === "DETAILS") {
        at.open = true;
      }
    }
    if (scrolls) {
      row.element.scrollIntoView({ block: "nearest" });
    }
  }

  #part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }
}
