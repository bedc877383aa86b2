/**
 * Makes a page’s buttons open the dialog: those with `data-octopod-opens-dialog`. A page whose address has `?new` or `?update`
 * opens it at once, so that a link to the dialog can be sent. With `?new&like=NAME`, it begins with the overrides of that staging.
 */

import { openCreateDialog, openUpdateDialog } from "./openDialog.js";

const page = document.querySelector("[data-octopod-dialog]");

async function createStaging({ like } = {}) {
  const { url, name } = page.dataset;
  showStaging(await openCreateDialog({ projects: [{ url, name }], project: url, like }));
}

async function updateStaging() {
  const { url, name } = page.dataset;
  showStaging(await openUpdateDialog({ staging: { url, name } }));
}

function showStaging(staging) {
  if (staging !== null) {
    location.href = document.head.dataset.rooturl + "/" + staging.url;
    return;
  }
  const address = new URL(location.href);
  if (address.searchParams.has("new") || address.searchParams.has("update")) {
    address.searchParams.delete("new");
    address.searchParams.delete("update");
    address.searchParams.delete("like");
    history.replaceState(history.state, "", address);
  }
}

const OPENERS = { project: createStaging, staging: updateStaging };
const PARAMETERS = { project: "new", staging: "update" };

if (page !== null) {
  const kind = page.dataset.octopodDialog;
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-octopod-opens-dialog]");
    if (button !== null && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      OPENERS[kind]();
    }
  });
  const parameters = new URLSearchParams(location.search);
  if (parameters.has(PARAMETERS[kind])) {
    OPENERS[kind]({ like: parameters.get("like") ?? undefined });
  }
}
