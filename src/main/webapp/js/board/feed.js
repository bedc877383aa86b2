/** Loads what has changed among the stagings. */

import { ConnectionError, SessionExpiredError, getJson } from "../client.js";

export class Feed {
  #url;
  #etag = null;
  #initialViewer;

  /** @param {string} url of the feed */
  constructor(url) {
    this.#url = url;
  }

  /**
   * Loads what has changed since the last answer that could be shown. Reloads the page if another user has logged in.
   *
   * @param {(feed: object) => void} show is called with the answer (FeedResponse.java), unless nothing has changed
   */
  async load(show) {
    const answer = await getJson(this.#url, { etag: this.#etag });
    if (answer.status === 304) {
      return;
    }
    if (answer.status !== 200) {
      const ErrorType = answer.status === 403 ? SessionExpiredError : ConnectionError;
      throw new ErrorType("the feed answered " + answer.status);
    }
    if (!this.#isForSameViewer(answer.body)) {
      // The rest of the page offers what the other user is allowed to do.
      location.reload();
      return;
    }
    show(answer.body);
    // Not before, so that what couldn’t be shown is loaded again.
    this.#etag = answer.etag;
  }

  #isForSameViewer(feed) {
    const viewer = feed.viewer ?? "";
    this.#initialViewer ??= viewer;
    if (viewer === "" && this.#initialViewer !== "") {
      throw new SessionExpiredError("the user is logged out");
    }
    return viewer === this.#initialViewer;
  }
}
