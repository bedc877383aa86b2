/** Shows the log of a pod in a dialog, and follows it for a limited time. */

import { getText } from "./client.js";
import { showText } from "./dom.js";
import { LatestRequest } from "./latestRequest.js";

const INTERVAL = 1500;
const LOADING_INTERVAL = 250;

/** In milliseconds; then the user has to choose again to follow the log. */
const MAX_FOLLOW_TIME = 10 * 60 * 1000;

/** In pixels; a log that is scrolled closer to its end than this stays at the end. */
const END_DISTANCE = 40;

class PodLog {
  #dialog;
  #sentences;
  #log;
  #state;
  #follow;
  #container;
  #url = null;
  #timer = null;
  #followedUntil = 0;
  #requests = new LatestRequest();

  /** @param {HTMLDialogElement} dialog with the sentences that can be shown instead of a log */
  constructor(dialog) {
    this.#dialog = dialog;
    this.#sentences = dialog.dataset;
    this.#log = this.#part("text");
    this.#state = this.#part("state");
    this.#follow = this.#part("follow");
    this.#container = this.#part("container");
    for (const name of ["container", "lines", "previous"]) {
      this.#part(name).addEventListener("change", () => this.#restart());
    }
    this.#follow.addEventListener("change", () => {
      this.#extend();
      if (this.#follow.checked) {
        this.#load();
      }
    });
    this.#part("close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => clearTimeout(this.#timer));
  }

  /** @param {HTMLAnchorElement} link to the log, with the names of the pod and of its containers */
  open(link) {
    const { octopodPod, containers, container } = link.dataset;
    this.#url = link.href;
    this.#part("pod").textContent = octopodPod;
    this.#container.replaceChildren(
      ...containers.split(",").map((name) => new Option(name, name, false, name === container)),
    );
    this.#part("previous").checked = false;
    this.#follow.checked = true;
    this.#dialog.showModal();
    this.#restart();
  }

  #restart() {
    this.#extend();
    this.#log.textContent = "";
    this.#state.textContent = this.#sentences.loading;
    this.#load();
  }

  #extend() {
    this.#followedUntil = Date.now() + MAX_FOLLOW_TIME;
  }

  /** Loads the log once, and again later. */
  async #load() {
    clearTimeout(this.#timer);
    const isLatest = this.#requests.start();
    const answer = await this.#request();
    if (!isLatest() || !this.#dialog.open) {
      return;
    }
    if (answer.log !== null) {
      this.#showLog(answer.log);
    }
    let { sentence } = answer;
    if (this.#follow.checked && Date.now() > this.#followedUntil) {
      this.#follow.checked = false;
      sentence = this.#sentences.paused;
    }
    showText(this.#state, sentence);
    const isLoading = sentence === this.#sentences.loading;
    if (this.#follow.checked || isLoading) {
      this.#timer = setTimeout(() => this.#load(), answer.isPending ? LOADING_INTERVAL : INTERVAL);
    }
  }

  /** @returns {Promise<{log: string | null, sentence: string, isPending: boolean}>} */
  async #request() {
    try {
      const { status, body } = await getText(this.#logUrl());
      if (status === 200 && body !== null) {
        return { log: body, sentence: body === "" ? this.#sentences.empty : "", isPending: false };
      }
      if (status === 202) {
        return { log: null, sentence: this.#sentences.loading, isPending: true };
      }
      return { log: null, sentence: body ?? this.#sentences.lost, isPending: false };
    } catch {
      return { log: null, sentence: this.#sentences.lost, isPending: false };
    }
  }

  #logUrl() {
    const url = new URL(this.#url);
    url.searchParams.set("container", this.#container.value);
    url.searchParams.set("lines", this.#part("lines").value);
    url.searchParams.set("previous", this.#part("previous").checked);
    return url;
  }

  #showLog(log) {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < END_DISTANCE;
    if (this.#log.textContent !== log) {
      this.#log.textContent = log;
      if (isAtEnd) {
        this.#log.scrollTop = this.#log.scrollHeight;
      }
    }
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-octopod-part="${name}"]`);
  }
}

const podLog = new PodLog(document.getElementById("octopod-pod-log"));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-octopod-pod]");
  // With these keys, the browser opens the link in another tab or window.
  if (link !== null && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    podLog.open(link);
  }
});
