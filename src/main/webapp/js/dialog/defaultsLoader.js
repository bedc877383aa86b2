/** Keeps asking for the defaults until they are known. */

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2000;
const AFTER_ERROR = 5000;

export class DefaultsLoader {
  #ask;
  #show;
  #fail;
  #round = 0;
  #timer = null;

  /**
   * @param {(reload: boolean) => Promise<object>} ask for what is known by now
   * @param {(both: object) => void} show
   * @param {(error: Error) => void} fail is told of each question that isn’t answered
   */
  constructor(ask, show, fail) {
    this.#ask = ask;
    this.#show = show;
    this.#fail = fail;
  }

  /**
   * Begins anew: with other overrides, or because somebody wants to have the scripts asked again.
   *
   * @param {{reload?: boolean, after?: number}} [options] after so many milliseconds, unless it is called again until then
   */
  start({ reload = false, after = 0 } = {}) {
    this.stop();
    const round = this.#round;
    this.#timer = setTimeout(() => this.#turn(round, reload, FIRST_PAUSE), after);
  }

  stop() {
    this.#round++;
    clearTimeout(this.#timer);
  }

  async #turn(round, reload, pause) {
    let next = pause * 1.5;
    try {
      const both = await this.#ask(reload);
      if (round !== this.#round) {
        return;
      }
      this.#show(both);
      if (!isPending(both.deployment) && !isPending(both.application)) {
        return;
      }
    } catch (e) {
      if (round !== this.#round) {
        return;
      }
      this.#fail(e);
      next = AFTER_ERROR;
    }
    this.#timer = setTimeout(
      () => this.#turn(round, false, Math.min(next, LONGEST_PAUSE)),
      next === AFTER_ERROR ? AFTER_ERROR : pause,
    );
  }
}

/** @returns {boolean} whether there is more to come */
export function isPending(config) {
  return config.defaults.pending || config.keys.pending;
}
