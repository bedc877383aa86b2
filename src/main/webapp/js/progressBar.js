/** Jenkins’ own progress bar, updated by the page. */

import { cloneTemplate } from "./dom.js";
import { text } from "./i18n.js";
import { currentTime, formatDuration } from "./time.js";

/** As in Jenkins, a run is stuck once it takes ten times as long as estimated. */
const STUCK_FACTOR = 10;

/**
 * @param {{started: number, estimate?: number}} activity
 * @param {string} url of the console
 * @returns {HTMLElement}
 */
export function progressBar(activity, url) {
  const link = cloneTemplate("octopod-progress");
  const bar = link.firstElementChild;
  link.href = url;
  bar.dataset.started = activity.started;
  bar.dataset.estimate = activity.estimate ?? 0;
  bar.setAttribute("aria-label", text("progress"));
  updateBar(bar);
  return link;
}

/**
 * Updates the bars below an element.
 *
 * @param {ParentNode} root
 */
export function updateProgressBars(root) {
  root.querySelectorAll(".app-progress-bar[data-started]").forEach(updateBar);
}

function updateBar(bar) {
  const elapsed = currentTime() - Number(bar.dataset.started);
  const estimate = Number(bar.dataset.estimate);
  const filling = bar.firstElementChild;
  if (!estimate) {
    filling.className = "app-progress-bar--animate app-progress-bar--unknown";
    bar.title = text("estimateUnknown");
    return;
  }
  const percent = Math.max(0, Math.min(99, Math.floor((100 * elapsed) / estimate)));
  filling.style.width = percent + "%";
  bar.classList.toggle("app-progress-bar--error", elapsed > STUCK_FACTOR * estimate);
  bar.setAttribute("aria-valuenow", percent);
  bar.title =
    elapsed < estimate
      ? text("remaining", formatDuration(estimate - elapsed))
      : text("overdue", formatDuration(estimate));
}
