/** The page of stagings: brings the feed, the filters, the tables and what people do together. */

import { announce } from "./announce.js";
import { obstacle, operation as operationNamed } from "./board/availability.js";
import { Filters } from "./board/filterControls.js";
import { perform } from "./board/operations.js";
import { toggleMenu } from "./board/rowMenu.js";
import { DESCENDING_FIRST, Stagings, tokensOf } from "./board/stagingsModel.js";
import { StagingsTable } from "./board/stagingsTable.js";
import { ConnectionError, SessionExpiredError, getJson } from "./client.js";
import { openBulkUpdate, openCreate, openUpdate } from "./dialog/openDialog.js";
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
const stagings = new Stagings();
const selected = new Set();
const expandedIds = new Set();
const filters = new Filters(render);
const tables = {
  current: new StagingsTable(place.current, text("caption.current")),
  archived: new StagingsTable(place.archived, text("caption.archived")),
};

let etag = null;
let isLoaded = false;
let viewerAtFirst;
/** What was looked for when the archived ones were last shown because of it. */
let lookedFor = null;

async function ask() {
  const answer = await getJson(board.url + "feed/", { etag });
  if (answer.status === 304) {
    return;
  }
  if (answer.status !== 200) {
    const Problem = answer.status === 403 ? SessionExpiredError : ConnectionError;
    throw new Problem("the feed answered " + answer.status);
  }
  const feed = answer.body;
  const viewer = feed.viewer ?? "";
  viewerAtFirst ??= viewer;
  if (viewer === "" && viewerAtFirst !== "") {
    throw new SessionExpiredError("nobody any more");
  }
  if (viewer !== viewerAtFirst) {
    // Logged in on another page: what the rest of this page offers is another’s.
    location.reload();
    return;
  }
  setCurrentTime(feed.now);
  tell(stagings.apply(feed, statusWord));
  filters.offer(stagings.projects.values(), stagings.viewer !== null);
  isLoaded = true;
  render();
  // Not before, so that what couldn’t be shown is asked for again.
  etag = answer.etag;
}

function statusWord(row) {
  return text(row.activity ? "doing." + row.activity.action : "status." + row.status);
}

/** For those who don’t see the table. */
function tell(changes) {
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
  keepSelected();
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
    showWhyEmpty(archived.length);
  } else {
    delete place.current.dataset.empty;
  }
}

/** Where nothing else is found, they aren’t to be looked for behind a fold; whoever closes it then has it closed. */
function openArchived() {
  const { sort, archived, ...sought } = filters.value;
  const now = JSON.stringify(sought);
  if (filters.isActive && now !== lookedFor) {
    archivedSection.open = true;
  }
  lookedFor = now;
}

/** What is gone can’t be selected. */
function keepSelected() {
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

function showWhyEmpty(archived) {
  const mayCreate = creatable().length > 0;
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
      action: creator ? link(text("newProject"), board.root + "view/all/newJob") : null,
    });
  } else {
    showEmptyNotice(place.current, {
      title: text(archived > 0 ? "empty.current" : "empty.all"),
      sentence: text(mayCreate ? "empty.create" : "empty.ask"),
      action: mayCreate ? actionButton(text("newStaging"), create) : null,
    });
  }
}

function creatable() {
  return [...stagings.projects.values()].filter((project) => project.mayCreate);
}

function showNewButton() {
  if (newButton) {
    newButton.hidden = creatable().length === 0;
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

function link(words, href) {
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

function run(operation, rows) {
  if (operation === "update") {
    update(rows);
  } else {
    perform(board, operation, rows, () => {
      rows.forEach((row) => selected.delete(row.id));
      askNow();
      render();
    });
  }
}

async function create() {
  const projects = creatable().map(({ url, name }) => ({ url, name }));
  const staging = await openCreate({ projects });
  if (staging !== null) {
    askNow();
  }
}

async function update(rows) {
  const why = (row) => obstacle(operationNamed("update"), row);
  const able = rows.filter((row) => why(row) === null);
  if (able.length === 0) {
    tellWhyNot(rows.map((row) => text("leftOut", row.name, why(row))).join("\n"));
  } else if (new Set(able.map((row) => row.project)).size > 1) {
    tellWhyNot(text("oneProject"));
  } else if (able.length === 1) {
    await openUpdate({ staging: able[0] });
    askNow();
  } else {
    const updated = await openBulkUpdate({ stagings: able });
    const names = new Set(updated.map(({ url }) => url));
    able.filter((row) => names.has(row.url)).forEach((row) => selected.delete(row.id));
    render();
    askNow();
  }
}

function tellWhyNot(message) {
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
    toggleMenu(menu, row, board.root, (operation) => run(operation, [stagings.rows.get(row.id) ?? row]));
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
    run(button.dataset.operation, selectedRows());
  }
});

newButton?.addEventListener("click", create);

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

const askNow = poll(ask, (connection) => {
  element.classList.toggle("octopod-board--stale", connection !== "live");
  showConnectionState(document.getElementById("octopod-connection"), connection, board.root);
});
