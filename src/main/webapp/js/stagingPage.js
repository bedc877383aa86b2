/** A staging’s own page: kept up to date, with the list of its actions, and the dialog for a cleanup. */

import { getHtml } from "./client.js";
import { startLiveUpdates, updateParts } from "./liveUpdates.js";
import { rememberServed } from "./morph.js";

const { url } = document.getElementById("octopod-live").dataset;
const place = document.getElementById("octopod-actions");
let rows = 25;
let version = null;
let round = 0;

/** Asks for the list of actions; what comes late is dropped. */
async function loadActions() {
  const mine = ++round;
  const answer = await getHtml(place.dataset.url + "?rows=" + rows);
  // What is gone is told by the page’s next question.
  if (mine !== round || answer.status === 404) {
    return;
  }
  if (answer.status !== 200) {
    throw new Error("status " + answer.status);
  }
  let list = document.getElementById("octopod-actions-list");
  if (list === null) {
    list = document.createElement("div");
    list.id = "octopod-actions-list";
    rememberServed(list);
    place.replaceChildren(list);
  }
  updateParts([list], answer.html);
}

async function reloadChangedActions(content) {
  if (content.dataset.actions === version) {
    return;
  }
  const next = content.dataset.actions;
  await loadActions();
  version = next;
}

place.addEventListener("click", async (event) => {
  const older = event.target.closest("button[data-rows]");
  if (older === null) {
    return;
  }
  older.disabled = true;
  const first = place.querySelectorAll("tbody > tr").length;
  rows = Number(older.dataset.rows);
  try {
    await loadActions();
    // Whoever uses the keyboard goes on where the new ones begin.
    place.querySelectorAll("tbody > tr")[first]?.querySelector("a")?.focus();
  } catch (e) {
    // That Jenkins doesn’t answer, the page says by itself.
    console.error(e);
  } finally {
    older.disabled = false;
  }
});

const dialog = document.getElementById("octopod-cleanup");
const form = dialog.querySelector("form");
const input = form.querySelector("input[name=confirm]");
const submit = form.querySelector("button[type=submit]");

function updateSubmitButton() {
  submit.disabled = input.value.trim() !== form.dataset.name;
}

input.addEventListener("input", updateSubmitButton);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-octopod-cleanup]") !== null) {
    event.preventDefault();
    input.value = "";
    updateSubmitButton();
    dialog.showModal();
    input.focus();
  } else if (dialog.open && event.target.closest("[data-octopod-close]") !== null) {
    event.preventDefault();
    dialog.close();
  }
});

startLiveUpdates(url, ["octopod-staging", "octopod-tasks"], reloadChangedActions);
