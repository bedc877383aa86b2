/** Pauses between attempts that grow from a minimum by a factor up to a maximum, as in Java’s Backoff. */
export class Backoff {
  #factor;
  #max;

  /**
   * @param {object} pauses
   * @param {number} pauses.min first pause in milliseconds
   * @param {number} pauses.max longest pause in milliseconds
   * @param {number} [pauses.factor] ratio of a pause to the one before
   */
  constructor({ min, max, factor = 2 }) {
    this.min = min;
    this.#max = max;
    this.#factor = factor;
  }

  /**
   * @param {number} failures number of consecutive failures; at least 1
   * @returns {number} the pause after these failures, in milliseconds
   */
  pause(failures) {
    return Math.min(this.min * this.#factor ** (failures - 1), this.#max);
  }

  /**
   * @param {number} pause in milliseconds
   * @returns {number} the pause that follows it, in milliseconds
   */
  next(pause) {
    return Math.min(pause * this.#factor, this.#max);
  }
}
