/** The page of stagings: connects the feed, the filters, the tables and the operations. */

import { announce } from "./announce.js";
import { showAgentWarnings } from "./board/agentWarnings.js";
import { findOperation, unavailableReason } from "./board/availability.js";
import { ColumnChooser } from "./board/columnChooser.js";
import { explainEmptyBoard } from "./board/emptyBoard.js";
import { Feed } from "./board/feed.js";
import { FilterControls } from "./board/filterControls.js";
import { perform } from "./board/operations.js";
import { toggleMenu } from "./board/rowMenu.js";
import { StagingSelection } from "./board/stagingSelection.js";
import { DESCENDING_FIRST, StagingsModel, tokensOf } from "./board/stagingsModel.js";
import { StagingsTable } from "./board/stagingsTable.js";
import { showConnectionState } from "./connectionNotice.js";
import { openBulkUpdateDialog, openCreateDialog, openUpdateDialog } from "./dialog/openDialog.js";
import { showText } from "./dom.js";
import { text } from "./i18n.js";
import { poll } from "./poll.js";
import { updateProgressBars } from "./progressBar.js";
import { setCurrentTime, updateTimes } from "./time.js";

const CLOCK_INTERVAL = 1000;

/** With more changes at once, a screen reader reads only their number. */
const MAX_ANNOUNCED = 3;

class StagingsPage {
  #element;
  #root;
  #url;
  #single;
  #newButton = document.getElementById("octopod-new");
  #currentPlace = document.getElementById("octopod-current");
  #archivedPlace = document.getElementById("octopod-archived-table");
  #archivedSection = document.getElementById("octopod-archived");
  #stagings = new StagingsModel();
  #expandedIds = new Set();
  #feed;
  #filters;
  #selection;
  #currentTable;
  #archivedTable;
  #loadNow;
  #isLoaded = false;
  /** The filter for which the archived stagings were last opened. */
  #lastSearch = null;

  /** @param {HTMLElement} element with the address of Jenkins and of the feed */
  constructor(element) {
    this.#element = element;
    this.#root = element.dataset.root;
    this.#url = element.dataset.url;
    this.#single = element.dataset.single === "true";
    this.#feed = new Feed(this.#url + "feed/");
    this.#filters = new FilterControls(() => this.#render());
    this.#selection = new StagingSelection(
      (operation) => this.#startOperation(operation, this.#selectedRows()),
      () => {
        this.#render();
        document.getElementById("octopod-search").focus();
      },
    );
    new ColumnChooser(element, element.dataset.user === "true" ? this.#url + "columns" : "");
    this.#currentTable = new StagingsTable(this.#currentPlace, text("caption.current"));
    this.#archivedTable = new StagingsTable(this.#archivedPlace, text("caption.archived"));
    element.addEventListener("click", (event) => this.#onClick(event));
    element.addEventListener("change", (event) => this.#onCheckbox(event.target));
    this.#newButton?.addEventListener("click", () => this.#createStaging());
  }

  start() {
    setInterval(() => {
      if (!document.hidden) {
        updateTimes(this.#element);
        updateProgressBars(this.#element);
      }
    }, CLOCK_INTERVAL);
    this.#loadNow = poll(
      () => this.#feed.load((feed) => this.#show(feed)),
      (connection) => {
        this.#element.classList.toggle("octopod-board--stale", connection !== "live");
        showConnectionState(document.getElementById("octopod-connection"), connection, this.#root);
      },
    );
  }

  #show(feed) {
    setCurrentTime(feed.now);
    announceChanges(this.#stagings.applyFeed(feed, statusWord));
    this.#filters.showProjects(this.#stagings.projects.values(), this.#stagings.viewer !== null);
    this.#isLoaded = true;
    this.#render();
  }

  #render() {
    if (!this.#isLoaded) {
      return;
    }
    const { current, archived } = this.#stagings.select(this.#filters.value);
    const context = {
      root: this.#root,
      single: this.#single,
      projects: this.#stagings.projects,
      tokens: tokensOf(this.#filters.value.q),
      sort: this.#filters.value.sort,
      selected: this.#selection.ids,
      expandedIds: this.#expandedIds,
    };
    document.getElementById("octopod-loading").hidden = true;
    this.#element.setAttribute("aria-busy", "false");
    this.#selection.prune(this.#stagings.rows);
    this.#currentTable.show(current, context);
    if (current.length === 0 && archived.length > 0) {
      this.#openArchived();
    }
    this.#archivedSection.hidden = archived.length === 0;
    document.getElementById("octopod-archived-count").textContent = archived.length;
    this.#archivedTable.show(this.#archivedSection.open ? archived : [], context);
    this.#showCount(current.length + archived.length);
    showAgentWarnings(document.getElementById("octopod-agents"), this.#stagings.projects.values(), this.#single);
    this.#selection.show();
    this.#showNewButton();
    if (current.length === 0) {
      this.#explainEmpty(archived.length);
    } else {
      delete this.#currentPlace.dataset.empty;
    }
  }

  /** If a search finds archived stagings only, they are shown. If the user hides them again, they stay hidden. */
  #openArchived() {
    const { q, status, project, mine } = this.#filters.value;
    const search = JSON.stringify([q, status, project, mine]);
    if (this.#filters.isActive && search !== this.#lastSearch) {
      this.#archivedSection.open = true;
    }
    this.#lastSearch = search;
  }

  #showCount(found) {
    const words = this.#filters.isActive ? text("found", found, this.#stagings.rows.size) : "";
    showText(document.getElementById("octopod-count"), words);
  }

  #explainEmpty(archived) {
    explainEmptyBoard(
      this.#currentPlace,
      {
        isFiltered: this.#filters.isActive && this.#stagings.rows.size > archived,
        archived,
        hasProjects: this.#stagings.projects.size > 0,
        mayCreateProject: this.#element.dataset.projectCreatable === "true",
        mayCreateStaging: this.#creatableProjects().length > 0,
      },
      {
        newProjectUrl: this.#root + "view/all/newJob",
        clearFilter: () => this.#filters.clear(),
        createStaging: () => this.#createStaging(),
      },
    );
  }

  #creatableProjects() {
    return [...this.#stagings.projects.values()].filter((project) => project.mayCreate);
  }

  #showNewButton() {
    if (this.#newButton) {
      this.#newButton.hidden = this.#creatableProjects().length === 0;
    }
  }

  #selectedRows() {
    return [...this.#selection.ids].map((id) => this.#stagings.rows.get(id)).filter(Boolean);
  }

  #startOperation(operation, rows) {
    if (operation === "update") {
      this.#updateStagings(rows);
    } else {
      perform({ url: this.#url, root: this.#root }, operation, rows, () => {
        this.#deselect(rows);
        this.#loadNow();
        this.#render();
      });
    }
  }

  #deselect(rows) {
    this.#selection.setAll(
      rows.map((row) => row.id),
      false,
    );
  }

  async #createStaging() {
    const projects = this.#creatableProjects().map(({ url, name }) => ({ url, name }));
    const staging = await openCreateDialog({ projects });
    if (staging !== null) {
      this.#loadNow();
    }
  }

  async #updateStagings(rows) {
    const reasonFor = (row) => unavailableReason(findOperation("update"), row);
    const available = rows.filter((row) => reasonFor(row) === null);
    if (available.length === 0) {
      alertUnavailable(rows.map((row) => text("leftOut", row.name, reasonFor(row))).join("\n"));
    } else if (new Set(available.map((row) => row.project)).size > 1) {
      alertUnavailable(text("oneProject"));
    } else if (available.length === 1) {
      await openUpdateDialog({ staging: available[0] });
      this.#loadNow();
    } else {
      const updated = await openBulkUpdateDialog({ stagings: available });
      const urls = new Set(updated.map(({ url }) => url));
      this.#deselect(available.filter((row) => urls.has(row.url)));
      this.#render();
      this.#loadNow();
    }
  }

  #onClick(event) {
    const sort = event.target.closest(".octopod-sort");
    const more = event.target.closest("[data-expand]");
    const menu = event.target.closest(".octopod-menu-button");
    if (sort) {
      this.#sortBy(sort.closest("th").dataset.column);
    } else if (more) {
      toggle(this.#expandedIds, more.dataset.expand);
      this.#render();
    } else if (menu) {
      const row = this.#stagings.rows.get(menu.closest("tr").dataset.id);
      toggleMenu(menu, { ...row, newLike: this.#newLike(row) }, this.#root, (operation) =>
        this.#startOperation(operation, [this.#stagings.rows.get(row.id) ?? row]),
      );
    }
  }

  /** The address of the dialog for a new staging like this one, from the root of Jenkins; null without the permission. */
  #newLike({ project, name }) {
    const { url, mayCreate } = this.#stagings.projects.get(project) ?? {};
    return mayCreate ? url + "?new&like=" + encodeURIComponent(name) : null;
  }

  #onCheckbox(box) {
    if (box.dataset.select === "row") {
      toggle(this.#selection.ids, box.closest("tr").dataset.id);
      this.#render();
    } else if (box.dataset.select === "all") {
      const table = this.#archivedPlace.contains(box) ? this.#archivedTable : this.#currentTable;
      this.#selection.setAll(table.ids, box.checked);
      this.#render();
    }
  }

  #sortBy(column) {
    const { sort } = this.#filters.value;
    const down = "-" + column;
    const first = DESCENDING_FIRST.has(column) ? down : column;
    const second = first === down ? column : down;
    this.#filters.set({ sort: sort === first ? second : first });
  }
}

function statusWord(row) {
  return text(row.activity ? "doing." + row.activity.action : "status." + row.status);
}

/** For users of a screen reader. */
function announceChanges(changes) {
  const others = changes.filter(({ row, before }) => before && before.statusWord !== row.statusWord);
  if (others.length > MAX_ANNOUNCED) {
    announce(text("announceMany", others.length));
  } else {
    others.forEach(({ row }) => announce(text("announce", row.name, row.statusWord)));
  }
}

function alertUnavailable(message) {
  window.dialog.alert(text("operation.update"), { message });
}

function toggle(set, id) {
  if (!set.delete(id)) {
    set.add(id);
  }
}

new StagingsPage(document.getElementById("octopod-board")).start();
