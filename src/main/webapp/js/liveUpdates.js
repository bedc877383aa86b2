/** Keeps parts of a page as they are in Jenkins. */

import { announce } from "./announce.js";
import { getHtml } from "./client.js";
import { morph, remember } from "./morph.js";
import { showConnection } from "./notices.js";
import { poll } from "./poll.js";
import { moveBars } from "./progressBar.js";
import { tick } from "./time.js";

const TICK = 1000;

/**
 * Asks for the parts of the page again and again, until the first of them says that it is final.
 *
 * @param {string} url answers with the parts
 * @param {string[]} ids of the parts; the first one has `data-title` and `data-status`
 * @param {(first: Element) => Promise<void> | void} [changed] is told of each other state, and soon of the first; where it
 *   rejects, it is told again
 */
export function keepLive(url, ids, changed = () => {}) {
  const parts = ids.map((id) => document.getElementById(id)).filter(Boolean);
  const [first] = parts;
  const notice = document.getElementById("octopod-connection");
  const root = document.head.dataset.rooturl + "/";
  // Such as “ - Jenkins”.
  const suffix = document.title.startsWith(first.dataset.title) ? document.title.slice(first.dataset.title.length) : "";
  let etag = null;
  let over = first.dataset.final === "true";
  let gone = false;

  async function ask() {
    if (over) {
      return;
    }
    const answer = await getHtml(url, { etag });
    if (answer.status === 404 || answer.status === 403) {
      showConnection(notice, "gone", root);
      gone = true;
      over = true;
      return;
    }
    if (answer.status !== 200 && answer.status !== 304) {
      throw new Error("status " + answer.status);
    }
    if (answer.status === 200) {
      const status = first.dataset.status;
      update(parts, answer.html);
      document.title = first.dataset.title + suffix;
      if (first.dataset.status !== status) {
        announce(first.dataset.status);
      }
      await changed(first);
      over = first.dataset.final === "true";
    }
    // Not before, so that what couldn’t be shown is asked for again.
    etag = answer.etag;
  }

  parts.forEach(remember);
  if (!over) {
    poll(ask, (connection) => {
      if (!gone) {
        showConnection(notice, connection, root);
      }
    });
  }
  const move = () => {
    tick(document);
    moveBars(document);
  };
  move();
  setInterval(move, TICK);
}

/**
 * Makes parts of the page what Jenkins has sent.
 *
 * @param {Element[]} parts
 * @param {string} html
 */
export function update(parts, html) {
  const sent = new DOMParser().parseFromString(html, "text/html");
  // What a page needs is there with the page.
  sent.querySelectorAll("script, link, style").forEach((it) => it.remove());
  for (const part of parts) {
    const next = sent.getElementById(part.id);
    if (next !== null) {
      for (const added of morph(part, next)) {
        window.Behaviour?.applySubtree(added, true);
      }
      tick(part);
      moveBars(part);
    }
  }
}
