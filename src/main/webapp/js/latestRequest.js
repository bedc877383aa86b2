/** Answers can arrive in another order than their requests. Only the answer to the latest request is shown. */

export class LatestRequest {
  #number = 0;

  /**
   * Starts a request. All earlier ones become stale.
   *
   * @returns {() => boolean} whether this request is still the latest
   */
  start() {
    const number = ++this.#number;
    return () => number === this.#number;
  }

  /** Makes all requests stale. */
  cancel() {
    this.#number++;
  }
}
