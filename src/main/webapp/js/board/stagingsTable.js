/** The table of stagings, of which an update changes only the cells that differ. */

import { cloneTemplate, part } from "../dom.js";
import { text } from "../i18n.js";
import { CELLS } from "./cells.js";

/** Number of rows at first, and of those added whenever the end comes into sight. */
const CHUNK_SIZE = 100;

export class StagingsTable {
  #place;
  #caption;
  #table = null;
  #body = null;
  #end = null;
  #limit = CHUNK_SIZE;
  #rows = [];
  #context = null;
  /** @type {Map<string, {element: HTMLTableRowElement, dependencies: Record<string, string>}>} */
  #renderedRows = new Map();

  /**
   * @param {HTMLElement} place where the table is put
   * @param {string} caption
   */
  constructor(place, caption) {
    this.#place = place;
    this.#caption = caption;
  }

  /** @returns {string[]} the ids of the rows, also of those further down */
  get ids() {
    return this.#rows.map((row) => row.id);
  }

  /**
   * @param {object[]} rows in their order
   * @param {object} context what cells.js needs, with `sort`, `selected` and `expandedIds`
   */
  show(rows, context) {
    this.#rows = rows;
    this.#context = context;
    if (rows.length === 0) {
      this.#table?.remove();
      this.#end?.remove();
      this.#table = null;
      this.#renderedRows.clear();
      return;
    }
    if (this.#table === null) {
      this.#build();
    }
    this.#markSortOrder(context.sort);
    this.#hideEmptyColumns(rows);
    this.#renderRows();
  }

  #build() {
    this.#table = cloneTemplate("octopod-table");
    this.#table.querySelector("caption").textContent = this.#caption;
    const all = this.#table.querySelector("[data-select=all]");
    all.id = this.#place.id + "-select-all";
    all.nextElementSibling.htmlFor = all.id;
    this.#body = this.#table.tBodies[0];
    this.#end = document.createElement("div");
    this.#place.replaceChildren(this.#table, this.#end);
    new IntersectionObserver(
      ([entry]) => {
        if (entry.isIntersecting && this.#limit < this.#rows.length) {
          this.#limit += CHUNK_SIZE;
          this.#renderRows();
        }
      },
      { rootMargin: "600px" },
    ).observe(this.#end);
  }

  #renderRows() {
    const focused = document.activeElement;
    const rows = this.#rows.slice(0, this.#limit);
    const ids = new Set(rows.map((row) => row.id));
    for (const [id, { element }] of this.#renderedRows) {
      if (!ids.has(id)) {
        element.remove();
        this.#renderedRows.delete(id);
      }
    }
    let next = this.#body.firstElementChild;
    for (const row of rows) {
      const element = this.#rowElement(row);
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#body.insertBefore(element, next);
      }
    }
    this.#table.setAttribute("aria-rowcount", String(this.#rows.length + 1));
    this.#updateSelectAll();
    if (focused !== document.activeElement && focused?.isConnected) {
      focused.focus({ preventScroll: true });
    }
  }

  #rowElement(row) {
    let rendered = this.#renderedRows.get(row.id);
    if (!rendered) {
      rendered = { element: cloneTemplate("octopod-row"), dependencies: {} };
      labelRow(rendered.element, row);
      this.#renderedRows.set(row.id, rendered);
    }
    const selected = this.#context.selected.has(row.id);
    rendered.element.querySelector("[data-select=row]").checked = selected;
    rendered.element.classList.toggle("octopod-stagings__row--selected", selected);
    const context = {
      ...this.#context,
      expanded: this.#context.expandedIds.has(row.id),
    };
    for (const [name, cell] of Object.entries(CELLS)) {
      const dependencies = JSON.stringify(cell.dependenciesOf(row, context)) ?? "";
      if (rendered.dependencies[name] !== dependencies) {
        rendered.dependencies[name] = dependencies;
        replaceContent(rendered.element.querySelector(`[data-cell=${name}]`), cell.render(row, context));
      }
    }
    return rendered.element;
  }

  #markSortOrder(sort) {
    for (const header of this.#table.querySelectorAll("th[data-column]")) {
      const isSorted = sort.replace("-", "") === header.dataset.column;
      const order = sort.startsWith("-") ? "descending" : "ascending";
      if (isSorted) {
        header.setAttribute("aria-sort", order);
      } else {
        header.removeAttribute("aria-sort");
      }
    }
  }

  /** Times at which nothing happens to anything would only take room. */
  #hideEmptyColumns(rows) {
    this.#table.classList.toggle("octopod-stagings--unlimited", !rows.some((row) => row.expires || row.pinned));
  }

  #updateSelectAll() {
    const all = this.#table.querySelector("[data-select=all]");
    const count = this.#rows.filter((row) => this.#context.selected.has(row.id)).length;
    all.checked = count === this.#rows.length;
    all.indeterminate = count > 0 && !all.checked;
  }
}

function labelRow(element, row) {
  element.dataset.id = row.id;
  const box = element.querySelector("[data-select=row]");
  box.id = "octopod-select-" + row.id;
  box.nextElementSibling.htmlFor = box.id;
  part(element, "selectLabel").textContent = text("select", row.name);
  part(element, "menuLabel").textContent = text("menu", row.name);
}

/** Keeps the focus, if the new content has such an element. */
function replaceContent(cell, content) {
  const focused = cell.contains(document.activeElement)
    ? [...cell.querySelectorAll("a, button")].indexOf(document.activeElement)
    : -1;
  cell.replaceChildren(...content);
  if (focused >= 0) {
    const candidates = cell.querySelectorAll("a, button");
    candidates[Math.min(focused, candidates.length - 1)]?.focus({ preventScroll: true });
  }
}
