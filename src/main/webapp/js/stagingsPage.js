/** The page of stagings: brings the feed, the filters, the tables and what people do together. */

import { announce } from "./announce.js";
import { findOperation, unavailableReason } from "./board/availability.js";
import { FilterControls } from "./board/filterControls.js";
import { perform } from "./board/operations.js";
import { toggleMenu } from "./board/rowMenu.js";
import { DESCENDING_FIRST, StagingsModel, tokensOf } from "./board/stagingsModel.js";
import { StagingsTable } from "./board/stagingsTable.js";
import { ConnectionError, SessionExpiredError, getJson } from "./client.js";
import { openBulkUpdateDialog, openCreateDialog, openUpdateDialog } from "./dialog/openDialog.js";
import { text } from "./i18n.js";
import { showAgentWarnings, showConnectionState, showEmptyNotice } from "./notices.js";
import { poll } from "./poll.js";
import { updateProgressBars } from "./progressBar.js";
import { setCurrentTime, updateTimes } from "./time.js";

const element = document.getElementById("octopod-board");
const board = {
  url: element.dataset.url,
  root: element.dataset.root,
  single: element.dataset.single === "true",
};
const newButton = document.getElementById("octopod-new");
const place = {
  current: document.getElementById("octopod-current"),
  archived: document.getElementById("octopod-archived-table"),
};
const archivedSection = document.getElementById("octopod-archived");
const stagings = new StagingsModel();
const selected = new Set();
const expandedIds = new Set();
const filters = new FilterControls(render);
const tables = {
  current: new StagingsTable(place.current, text("caption.current")),
  archived: new StagingsTable(place.archived, text("caption.archived")),
};

let etag = null;
let isLoaded = false;
let initialViewer;
/** The filter for which the archived stagings were last opened. */
let lastSearch = null;

async function loadFeed() {
  const answer = await getJson(board.url + "feed/", { etag });
  if (answer.status === 304) {
    return;
  }
  if (answer.status !== 200) {
    const ErrorType = answer.status === 403 ? SessionExpiredError : ConnectionError;
    throw new ErrorType("the feed answered " + answer.status);
  }
  const feed = answer.body;
  const viewer = feed.viewer ?? "";
  initialViewer ??= viewer;
  if (viewer === "" && initialViewer !== "") {
    throw new SessionExpiredError("nobody any more");
  }
  if (viewer !== initialViewer) {
    // Logged in on another page: what the rest of this page offers is another’s.
    location.reload();
    return;
  }
  setCurrentTime(feed.now);
  announceChanges(stagings.applyFeed(feed, statusWord));
  filters.showProjects(stagings.projects.values(), stagings.viewer !== null);
  isLoaded = true;
  render();
  // Not before, so that what couldn’t be shown is asked for again.
  etag = answer.etag;
}

function statusWord(row) {
  return text(row.activity ? "doing." + row.activity.action : "status." + row.status);
}

/** For users of a screen reader. */
function announceChanges(changes) {
  const others = changes.filter(({ row, before }) => before && before.statusWord !== row.statusWord);
  if (others.length > 0 && others.length <= 3) {
    others.forEach(({ row }) => announce(text("announce", row.name, row.statusWord)));
  } else if (others.length > 3) {
    announce(text("announceMany", others.length));
  }
}

function render() {
  if (!isLoaded) {
    return;
  }
  const { current, archived } = stagings.select(filters.value);
  const context = {
    root: board.root,
    single: board.single,
    projects: stagings.projects,
    tokens: tokensOf(filters.value.q),
    sort: filters.value.sort,
    selected,
    expandedIds,
  };
  document.getElementById("octopod-loading").hidden = true;
  element.setAttribute("aria-busy", "false");
  pruneSelection();
  tables.current.show(current, context);
  if (current.length === 0 && archived.length > 0) {
    openArchived();
  }
  archivedSection.hidden = archived.length === 0;
  document.getElementById("octopod-archived-count").textContent = archived.length;
  tables.archived.show(archivedSection.open ? archived : [], context);
  showCount(current.length, archived.length);
  showAgentWarnings(document.getElementById("octopod-agents"), stagings.projects.values(), board.single);
  showSelection();
  showNewButton();
  if (current.length === 0) {
    explainEmpty(archived.length);
  } else {
    delete place.current.dataset.empty;
  }
}

/** Where nothing else is found, they aren’t to be looked for behind a fold; whoever closes it then has it closed. */
function openArchived() {
  const { q, status, project, mine } = filters.value;
  const now = JSON.stringify([q, status, project, mine]);
  if (filters.isActive && now !== lastSearch) {
    archivedSection.open = true;
  }
  lastSearch = now;
}

/** Stagings that no longer exist can’t be selected. */
function pruneSelection() {
  for (const id of selected) {
    if (!stagings.rows.has(id)) {
      selected.delete(id);
    }
  }
}

function showCount(current, archived) {
  const count = document.getElementById("octopod-count");
  const words = filters.isActive ? text("found", current + archived, stagings.rows.size) : "";
  if (count.textContent !== words) {
    count.textContent = words;
  }
}

function explainEmpty(archived) {
  const mayCreate = creatableProjects().length > 0;
  if (filters.isActive && stagings.rows.size > archived) {
    showEmptyNotice(place.current, {
      title: text("empty.filtered"),
      sentence: text(archived > 0 ? "empty.filtered.archived" : "empty.filtered.do"),
      action: actionButton(text("clearFilters"), () => filters.clear()),
    });
  } else if (stagings.projects.size === 0) {
    const creator = element.dataset.projectCreatable === "true";
    showEmptyNotice(place.current, {
      title: text("empty.projects"),
      sentence: text(creator ? "empty.projects.create" : "empty.projects.ask"),
      action: creator ? linkButton(text("newProject"), board.root + "view/all/newJob") : null,
    });
  } else {
    showEmptyNotice(place.current, {
      title: text(archived > 0 ? "empty.current" : "empty.all"),
      sentence: text(mayCreate ? "empty.create" : "empty.ask"),
      action: mayCreate ? actionButton(text("newStaging"), createStaging) : null,
    });
  }
}

function creatableProjects() {
  return [...stagings.projects.values()].filter((project) => project.mayCreate);
}

function showNewButton() {
  if (newButton) {
    newButton.hidden = creatableProjects().length === 0;
  }
}

function actionButton(words, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jenkins-button jenkins-button--primary";
  button.textContent = words;
  button.addEventListener("click", action);
  return button;
}

function linkButton(words, href) {
  const anchor = document.createElement("a");
  anchor.className = "jenkins-button jenkins-button--primary";
  anchor.href = href;
  anchor.textContent = words;
  return anchor;
}

function showSelection() {
  const bar = document.getElementById("octopod-selection");
  bar.hidden = selected.size === 0;
  const words = text("selected", selected.size);
  const count = document.getElementById("octopod-selection-count");
  if (count.textContent !== words) {
    count.textContent = words;
  }
}

function selectedRows() {
  return [...selected].map((id) => stagings.rows.get(id)).filter(Boolean);
}

function startOperation(operation, rows) {
  if (operation === "update") {
    updateStagings(rows);
  } else {
    perform(board, operation, rows, () => {
      rows.forEach((row) => selected.delete(row.id));
      loadNow();
      render();
    });
  }
}

async function createStaging() {
  const projects = creatableProjects().map(({ url, name }) => ({ url, name }));
  const staging = await openCreateDialog({ projects });
  if (staging !== null) {
    loadNow();
  }
}

async function updateStagings(rows) {
  const reasonFor = (row) => unavailableReason(findOperation("update"), row);
  const available = rows.filter((row) => reasonFor(row) === null);
  if (available.length === 0) {
    alertUnavailable(rows.map((row) => text("leftOut", row.name, reasonFor(row))).join("\n"));
  } else if (new Set(available.map((row) => row.project)).size > 1) {
    alertUnavailable(text("oneProject"));
  } else if (available.length === 1) {
    await openUpdateDialog({ staging: available[0] });
    loadNow();
  } else {
    const updated = await openBulkUpdateDialog({ stagings: available });
    const names = new Set(updated.map(({ url }) => url));
    available.filter((row) => names.has(row.url)).forEach((row) => selected.delete(row.id));
    render();
    loadNow();
  }
}

function alertUnavailable(message) {
  window.dialog.alert(text("operation.update"), { message });
}

element.addEventListener("click", (event) => {
  const sort = event.target.closest(".octopod-sort");
  const more = event.target.closest("[data-expand]");
  const menu = event.target.closest(".octopod-menu-button");
  if (sort) {
    sortBy(sort.closest("th").dataset.column);
  } else if (more) {
    toggle(expandedIds, more.dataset.expand);
    render();
  } else if (menu) {
    const row = stagings.rows.get(menu.closest("tr").dataset.id);
    toggleMenu(menu, row, board.root, (operation) => startOperation(operation, [stagings.rows.get(row.id) ?? row]));
  }
});

element.addEventListener("change", (event) => {
  const box = event.target;
  if (box.dataset.select === "row") {
    toggle(selected, box.closest("tr").dataset.id);
    render();
  } else if (box.dataset.select === "all") {
    const table = place.archived.contains(box) ? tables.archived : tables.current;
    table.ids.forEach((id) => (box.checked ? selected.add(id) : selected.delete(id)));
    render();
  }
});

document.getElementById("octopod-selection").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.selection === "none") {
    selected.clear();
    render();
    document.getElementById("octopod-search").focus();
  } else if (button?.dataset.operation) {
    startOperation(button.dataset.operation, selectedRows());
  }
});

newButton?.addEventListener("click", createStaging);

function sortBy(column) {
  const { sort } = filters.value;
  const down = "-" + column;
  const first = DESCENDING_FIRST.has(column) ? down : column;
  const second = first === down ? column : down;
  filters.set({ sort: sort === first ? second : first });
}

function toggle(set, id) {
  if (!set.delete(id)) {
    set.add(id);
  }
}

setInterval(() => {
  if (!document.hidden) {
    updateTimes(element);
    updateProgressBars(element);
  }
}, 1000);

const loadNow = poll(loadFeed, (connection) => {
  element.classList.toggle("octopod-board--stale", connection !== "live");
  showConnectionState(document.getElementById("octopod-connection"), connection, board.root);
});
