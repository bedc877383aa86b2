/** Polls the defaults until they are known. */

import { Backoff } from "../backoff.js";
import { LatestRequest } from "../latestRequest.js";

const backoff = new Backoff({ min: 250, max: 2000, factor: 1.5 });
const PAUSE_AFTER_ERROR = 5000;

export class DefaultsLoader {
  #load;
  #onLoad;
  #onError;
  #rounds = new LatestRequest();
  #timer = null;

  /**
   * @param {(reload: boolean) => Promise<object>} load returns what is currently known
   * @param {(both: object) => void} onLoad
   * @param {(error: Error) => void} onError is called after each request that failed
   */
  constructor(load, onLoad, onError) {
    this.#load = load;
    this.#onLoad = onLoad;
    this.#onError = onError;
  }

  /**
   * Starts again, with other overrides, or because the user wants to run the scripts again.
   *
   * @param {{reload?: boolean, after?: number}} [options] `after`: milliseconds until it starts, unless it is called again before
   */
  start({ reload = false, after = 0 } = {}) {
    this.stop();
    const isLatest = this.#rounds.start();
    this.#timer = setTimeout(() => this.#poll(isLatest, reload, backoff.min), after);
  }

  stop() {
    this.#rounds.cancel();
    clearTimeout(this.#timer);
  }

  async #poll(isLatest, reload, pause) {
    let timeout = pause;
    try {
      const both = await this.#load(reload);
      if (!isLatest()) {
        return;
      }
      this.#onLoad(both);
      if (!isPending(both.deployment) && !isPending(both.application)) {
        return;
      }
    } catch (e) {
      if (!isLatest()) {
        return;
      }
      this.#onError(e);
      timeout = PAUSE_AFTER_ERROR;
    }
    this.#timer = setTimeout(() => this.#poll(isLatest, false, backoff.next(pause)), timeout);
  }
}

/** @returns {boolean} whether there is more to come */
export function isPending(config) {
  return config.defaults.pending || config.keys.pending;
}
