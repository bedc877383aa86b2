/** Polls the defaults until they are known. */

import { LatestRequest } from "../latestRequest.js";

const FIRST_PAUSE = 250;
const MAX_PAUSE = 2000;
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
    this.#timer = setTimeout(() => this.#poll(isLatest, reload, FIRST_PAUSE), after);
  }

  stop() {
    this.#rounds.cancel();
    clearTimeout(this.#timer);
  }

  async #poll(isLatest, reload, pause) {
    let next = pause * 1.5;
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
      next = PAUSE_AFTER_ERROR;
    }
    this.#timer = setTimeout(
      () => this.#poll(isLatest, false, Math.min(next, MAX_PAUSE)),
      next === PAUSE_AFTER_ERROR ? PAUSE_AFTER_ERROR : pause,
    );
  }
}

/** @returns {boolean} whether there is more to come */
export function isPending(config) {
  return config.defaults.pending || config.keys.pending;
}
