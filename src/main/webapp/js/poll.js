/** Polls Jenkins while the page is visible. */

import { Backoff } from "./backoff.js";
import { ConnectionError, SessionExpiredError } from "./client.js";

const backoff = new Backoff({ min: 1000, max: 15000 });

/** @typedef {"live" | "disconnected" | "loggedOut"} ConnectionState */

/**
 * Calls `load` about once a second, never twice at a time. A page that isn’t shown asks nothing, and asks at once when it is
 * shown again. After an error it asks less and less often.
 *
 * @param {() => Promise<void>} load may throw what client.js throws
 * @param {(state: ConnectionState) => void} onConnectionChange is called with each new state
 * @returns {() => void} polls at once
 */
export function poll(load, onConnectionChange) {
  let timer = null;
  let isLoading = false;
  let pollAgain = false;
  let failures = 0;
  let connection = "live";

  function notify(state) {
    if (state !== connection) {
      connection = state;
      onConnectionChange(state);
    }
  }

  function nextPause() {
    // Not all pages at the same moment.
    return backoff.pause(failures + 1) * (0.9 + Math.random() * 0.2);
  }

  async function pollOnce() {
    clearTimeout(timer);
    if (isLoading) {
      pollAgain = true;
      return;
    }
    if (document.hidden) {
      return;
    }
    isLoading = true;
    try {
      await load();
      failures = 0;
      notify("live");
    } catch (e) {
      failures++;
      if (e instanceof SessionExpiredError) {
        notify("loggedOut");
      } else {
        if (!(e instanceof ConnectionError)) {
          console.error(e);
        }
        notify("disconnected");
      }
    } finally {
      isLoading = false;
      timer = setTimeout(pollOnce, pollAgain ? 0 : nextPause());
      pollAgain = false;
    }
  }

  document.addEventListener("visibilitychange", pollOnce);
  window.addEventListener("online", pollOnce);
  pollOnce();
  return pollOnce;
}
