/** The page of a staging: keeps it current, with the list of its actions, and opens the dialog for a cleanup. */

import { getHtml } from "./client.js";
import { LatestRequest } from "./latestRequest.js";
import { startLiveUpdates, updateParts } from "./liveUpdates.js";
import { rememberServed } from "./morph.js";

const INITIAL_ROWS = 25;

/** The list of what was done to the staging. */
class ActionList {
  #place;
  #rows = INITIAL_ROWS;
  #version = null;
  #requests = new LatestRequest();

  /** @param {HTMLElement} place with the address of the list */
  constructor(place) {
    this.#place = place;
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-rows]");
      if (button !== null) {
        this.#showOlder(button);
      }
    });
  }

  /**
   * Loads the list if the page says that there is another version of it.
   *
   * @param {HTMLElement} content of the page
   */
  async update(content) {
    const version = content.dataset.actions;
    if (version !== this.#version) {
      await this.#load();
      this.#version = version;
    }
  }

  async #load() {
    const isLatest = this.#requests.start();
    const answer = await getHtml(this.#place.dataset.url + "?rows=" + this.#rows);
    // If the staging no longer exists, the next request of the page says so.
    if (!isLatest() || answer.status === 404) {
      return;
    }
    if (answer.status !== 200) {
      throw new Error("status " + answer.status);
    }
    updateParts([this.#list()], answer.html);
  }

  #list() {
    let list = document.getElementById("octopod-actions-list");
    if (list === null) {
      list = document.createElement("div");
      list.id = "octopod-actions-list";
      rememberServed(list);
      this.#place.replaceChildren(list);
    }
    return list;
  }

  async #showOlder(button) {
    button.disabled = true;
    const shown = this.#place.querySelectorAll("tbody > tr").length;
    this.#rows = Number(button.dataset.rows);
    try {
      await this.#load();
      // Users of a keyboard go on at the first of the added rows.
      this.#place.querySelectorAll("tbody > tr")[shown]?.querySelector("a")?.focus();
    } catch (e) {
      // The page itself says if Jenkins doesn’t answer.
      console.error(e);
    } finally {
      button.disabled = false;
    }
  }
}

/** @param {HTMLDialogElement} dialog in which the name of the staging must be typed */
function setUpCleanupDialog(dialog) {
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
}

const actions = new ActionList(document.getElementById("octopod-actions"));
setUpCleanupDialog(document.getElementById("octopod-cleanup"));
const { url } = document.getElementById("octopod-live").dataset;
startLiveUpdates(url, ["octopod-staging", "octopod-tasks"], (content) => actions.update(content));
