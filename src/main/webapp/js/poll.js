/** Asks again and again, as long as somebody looks. */

import { Disconnected, LoggedOut } from "./client.js";

const INTERVAL = 1000;
const LONGEST_PAUSE = 15000;

/** @typedef {"live" | "disconnected" | "loggedOut"} Connection */

/**
 * Calls `ask` about once a second, never twice at a time. A page that isn’t shown asks nothing, and asks at once when it is
 * shown again. After an error it asks less and less often.
 *
 * @param {() => Promise<void>} ask may throw what client.js throws
 * @param {(connection: Connection) => void} connected is told whenever that becomes another
 * @returns {() => void} asks now
 */
export function poll(ask, connected) {
  let timer = null;
  let asking = false;
  let again = false;
  let failures = 0;
  let connection = "live";

  function tell(now) {
    if (now !== connection) {
      connection = now;
      connected(now);
    }
  }

  function pause() {
    const doubled = INTERVAL * 2 ** Math.min(failures, 5);
    // Not all pages at the same moment.
    return Math.min(doubled, LONGEST_PAUSE) * (0.9 + Math.random() * 0.2);
  }

  async function round() {
    clearTimeout(timer);
    if (asking) {
      again = true;
      return;
    }
    if (document.hidden) {
      return;
    }
    asking = true;
    try {
      await ask();
      failures = 0;
      tell("live");
    } catch (e) {
      failures++;
      if (e instanceof LoggedOut) {
        tell("loggedOut");
      } else {
        if (!(e instanceof Disconnected)) {
          console.error(e);
        }
        tell("disconnected");
      }
    } finally {
      asking = false;
      timer = setTimeout(round, again ? 0 : pause());
      again = false;
    }
  }

  document.addEventListener("visibilitychange", round);
  window.addEventListener("online", round);
  round();
  return round;
}
