/** Keeps parts of a page as they are in Jenkins. */

import { announce } from "./announce.js";
import { getHtml } from "./client.js";
import { showConnectionState } from "./connectionNotice.js";
import { morph, rememberServed } from "./morph.js";
import { poll } from "./poll.js";
import { updateProgressBars } from "./progressBar.js";
import { updateTimes } from "./time.js";

const CLOCK_INTERVAL = 1000;

/**
 * Asks for the parts of the page again and again, until the first of them says that it is final.
 *
 * @param {string} url answers with the parts
 * @param {string[]} ids of the parts; the first one has `data-status`, and `data-title` if the page is all about it
 * @param {(first: Element) => Promise<void> | void} [onChange] is called soon, and whenever `data-status`
 *   or other content changes; it is called again if it rejects
 * @param {() => void} [onGone] is called instead of a notice when there are no parts any more
 */
export function startLiveUpdates(url, ids, onChange = () => {}, onGone = null) {
  const parts = ids.map((id) => document.getElementById(id)).filter(Boolean);
  const [first] = parts;
  const notice = document.getElementById("octopod-connection");
  const root = document.head.dataset.rooturl + "/";
  // Such as “ - Jenkins”.
  const { title = "" } = first.dataset;
  const suffix = document.title.startsWith(title) ? document.title.slice(title.length) : "";
  let etag = null;
  let isFinal = first.dataset.final === "true";
  let isGone = false;

  async function loadParts() {
    if (isFinal) {
      return;
    }
    const answer = await getHtml(url, { etag });
    if (answer.status === 404 || answer.status === 403) {
      if (onGone === null) {
        showConnectionState(notice, "gone", root);
      } else {
        onGone();
      }
      isGone = true;
      isFinal = true;
      return;
    }
    if (answer.status !== 200 && answer.status !== 304) {
      throw new Error("status " + answer.status);
    }
    if (answer.status === 200) {
      const status = first.dataset.status;
      updateParts(parts, answer.html);
      if (first.dataset.title !== undefined) {
        document.title = first.dataset.title + suffix;
      }
      if (first.dataset.status !== status) {
        announce(first.dataset.status);
      }
      await onChange(first);
      isFinal = first.dataset.final === "true";
    }
    // Not before, so that what couldn’t be shown is asked for again.
    etag = answer.etag;
  }

  parts.forEach(rememberServed);
  if (!isFinal) {
    poll(loadParts, (connection) => {
      if (!isGone) {
        showConnectionState(notice, connection, root);
      }
    });
  }
  const updateClock = () => {
    updateTimes(document);
    updateProgressBars(document);
  };
  updateClock();
  setInterval(updateClock, CLOCK_INTERVAL);
}

/**
 * Makes parts of the page what Jenkins has sent.
 *
 * @param {Element[]} parts
 * @param {string} html
 */
export function updateParts(parts, html) {
  const sent = new DOMParser().parseFromString(html, "text/html");
  // What a page needs is there with the page.
  sent.querySelectorAll("script, link, style").forEach((it) => it.remove());
  for (const part of parts) {
    const next = sent.getElementById(part.id);
    if (next !== null) {
      for (const added of morph(part, next)) {
        window.Behaviour?.applySubtree(added, true);
      }
      updateTimes(part);
      updateProgressBars(part);
    }
  }
}
