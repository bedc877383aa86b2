/** Formats times as people read them, in the page’s language, by the clock of Jenkins. */

import { showText } from "./dom.js";
import { pageLanguage } from "./i18n.js";

const relativeFormat = new Intl.RelativeTimeFormat(pageLanguage(), {
  numeric: "auto",
  style: "short",
});
const dateTimeFormat = new Intl.DateTimeFormat(pageLanguage(), {
  dateStyle: "medium",
  timeStyle: "medium",
});

/** With their lengths in seconds. */
const UNITS = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** In milliseconds since 1970. */
const MAX_TIME = 8.64e15;

let offset = 0;

/**
 * Sets the clock of Jenkins.
 *
 * @param {number} time milliseconds since 1970
 */
export function setCurrentTime(time) {
  offset = time - Date.now();
}

/** @returns {number} milliseconds since 1970 by the clock of Jenkins */
export function currentTime() {
  return Date.now() + offset;
}

/** Says for each `data-style` what a `<time>` shows. */
const STYLES = {
  ago: formatRelativeTime,
  span: (at) => formatDuration(currentTime() - at),
  distance: (at) => formatDuration(Math.abs(currentTime() - at)),
};

/**
 * @param {number} at milliseconds since 1970
 * @returns {string} such as “3 min. ago” or “in 2 days”
 */
export function formatRelativeTime(at) {
  const seconds = (at - currentTime()) / 1000;
  const [unit, unitSeconds] = unitOf(Math.abs(seconds));
  return relativeFormat.format(Math.trunc(seconds / unitSeconds), unit);
}

/**
 * @param {number} milliseconds
 * @returns {string} such as “3 min”
 */
export function formatDuration(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  const [unit, unitSeconds] = unitOf(seconds);
  return new Intl.NumberFormat(pageLanguage(), {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(Math.trunc(seconds / unitSeconds));
}

/**
 * @param {number} at milliseconds since 1970
 * @returns {string} date and time of day
 */
function formatDateTime(at) {
  return dateTimeFormat.format(dateOf(at));
}

/**
 * Makes a `<time>` that `updateTimes` keeps current.
 *
 * @param {number} at milliseconds since 1970
 * @param {"ago" | "span" | "distance"} [style] how long ago it was or will be; how long it has been going on; how far
 *   away it is, for a column whose title says whether it is in the past
 * @returns {HTMLTimeElement}
 */
export function timeElement(at, style = "ago") {
  const element = document.createElement("time");
  element.dateTime = dateOf(at).toISOString();
  element.dataset.style = style;
  element.title = formatDateTime(at);
  updateTimeElement(element);
  return element;
}

/**
 * Updates the times below an element.
 *
 * @param {ParentNode} root
 */
export function updateTimes(root) {
  root.querySelectorAll("time[data-style]").forEach(updateTimeElement);
}

/** A time that a user has set can be beyond what `Date` can hold; then it is the last possible one. */
function dateOf(at) {
  return new Date(Math.max(-MAX_TIME, Math.min(at, MAX_TIME)));
}

function updateTimeElement(element) {
  const at = Date.parse(element.dateTime);
  showText(element, STYLES[element.dataset.style](at));
}

function unitOf(seconds) {
  return UNITS.find(([, unitSeconds]) => seconds >= unitSeconds) ?? UNITS.at(-1);
}
