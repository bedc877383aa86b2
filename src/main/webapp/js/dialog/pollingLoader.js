/** Polls until an answer is complete. */

import { Backoff } from "../backoff.js";
import { LatestRequest } from "../latestRequest.js";

const backoff = new Backoff({ min: 250, max: 2000, factor: 1.5 });
const PAUSE_AFTER_ERROR = 5000;

/** @template T */
export class PollingLoader {
  #load;
  #isPending;
  #onLoad;
  #onError;
  #rounds = new LatestRequest();
  #timer = null;

  /**
   * @param {(reload: boolean) => Promise<T>} load returns what is currently known
   * @param {(answer: T) => boolean} isPending whether there is more to come
   * @param {(answer: T) => void} onLoad
   * @param {(error: Error) => void} onError is called after each request that failed
   */
  constructor(load, isPending, onLoad, onError) {
    this.#load = load;
    this.#isPending = isPending;
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
      const answer = await this.#load(reload);
      if (!isLatest()) {
        return;
      }
      this.#onLoad(answer);
      if (!this.#isPending(answer)) {
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
