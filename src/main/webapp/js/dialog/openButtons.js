/**
 * Makes a page’s buttons open the dialog: those with `data-octopod-create` or `data-octopod-update`. A page whose address ends
 * in `?new` or `?update` opens it at once, so that a link to the dialog can be sent.
 */

import { openCreate, openUpdate } from "./openDialog.js";

const page = document.querySelector("[data-octopod-dialog]");

async function create() {
  const { url, name } = page.dataset;
  go(await openCreate({ projects: [{ url, name }], project: url }));
}

async function update() {
  const { url, name } = page.dataset;
  go(await openUpdate({ staging: { url, name } }));
}

function go(staging) {
  if (staging !== null) {
    location.href = document.head.dataset.rooturl + "/" + staging.url;
    return;
  }
  const address = new URL(location.href);
  if (address.searchParams.has("new") || address.searchParams.has("update")) {
    address.searchParams.delete("new");
    address.searchParams.delete("update");
    history.replaceState(history.state, "", address);
  }
}

const OPENERS = { project: create, staging: update };
const PARAMETERS = { project: "new", staging: "update" };

if (page !== null) {
  const kind = page.dataset.octopodDialog;
  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-octopod-opens-dialog]");
    if (opener !== null && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      OPENERS[kind]();
    }
  });
  if (new URLSearchParams(location.search).has(PARAMETERS[kind])) {
    OPENERS[kind]();
  }
}
