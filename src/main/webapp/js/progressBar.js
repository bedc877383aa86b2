/** Jenkins’ own progress bar, moved on by the page. */

import { stamp, text } from "./i18n.js";
import { now, span } from "./time.js";

/** As Jenkins has it: what takes ten times as long as ever is stuck. */
const STUCK = 10;

/**
 * @param {{started: number, estimate?: number}} activity
 * @param {string} url of the console
 * @returns {HTMLElement}
 */
export function progressBar(activity, url) {
  const link = stamp("octopod-progress");
  const bar = link.firstElementChild;
  link.href = url;
  bar.dataset.started = activity.started;
  bar.dataset.estimate = activity.estimate ?? 0;
  bar.setAttribute("aria-label", text("progress"));
  move(bar);
  return link;
}

/**
 * Moves the bars below an element on.
 *
 * @param {ParentNode} root
 */
export function moveBars(root) {
  root.querySelectorAll(".app-progress-bar[data-started]").forEach(move);
}

function move(bar) {
  const elapsed = now() - Number(bar.dataset.started);
  const estimate = Number(bar.dataset.estimate);
  const filling = bar.firstElementChild;
  if (!estimate) {
    filling.className = "app-progress-bar--animate app-progress-bar--unknown";
    bar.title = text("estimateUnknown");
    return;
  }
  const percent = Math.max(0, Math.min(99, Math.floor((100 * elapsed) / estimate)));
  filling.style.width = percent + "%";
  bar.classList.toggle("app-progress-bar--error", elapsed > STUCK * estimate);
  bar.setAttribute("aria-valuenow", percent);
  bar.title = elapsed < estimate ? text("remaining", span(estimate - elapsed)) : text("overdue", span(estimate));
}
