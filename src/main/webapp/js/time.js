/** Says times as people do, in the page’s language, by the clock of Jenkins. */

const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, {
  numeric: "auto",
  style: "short",
});
const exact = new Intl.DateTimeFormat(language, {
  dateStyle: "medium",
  timeStyle: "medium",
});

const UNITS = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** In milliseconds since 1970. */
const LAST = 8.64e15;

let offset = 0;

/**
 * Takes note of the time that it is for Jenkins.
 *
 * @param {number} now milliseconds since 1970
 */
export function setNow(now) {
  offset = now - Date.now();
}

/** @returns {number} milliseconds since 1970 by the clock of Jenkins */
export function now() {
  return Date.now() + offset;
}

/**
 * @param {number} at milliseconds since 1970
 * @returns {string} such as “3 min. ago” or “in 2 days”
 */
export function ago(at) {
  const seconds = (at - now()) / 1000;
  const [unit, length] = unitOf(Math.abs(seconds));
  return relative.format(Math.trunc(seconds / length), unit);
}

/**
 * @param {number} milliseconds
 * @returns {string} such as “3 min”
 */
export function span(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  const [unit, length] = unitOf(seconds);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(Math.trunc(seconds / length));
}

/**
 * @param {number} at milliseconds since 1970
 * @returns {string} date and time of day
 */
function exactly(at) {
  return exact.format(dateOf(at));
}

/**
 * Makes a `<time>` that `tick` keeps right.
 *
 * @param {number} at milliseconds since 1970
 * @param {"ago" | "span"} [style] how long ago it was, or how long it has been going on
 * @returns {HTMLTimeElement}
 */
export function timeElement(at, style = "ago") {
  const element = document.createElement("time");
  element.dateTime = dateOf(at).toISOString();
  element.dataset.style = style;
  element.title = exactly(at);
  say(element);
  return element;
}

/**
 * Says the times below an element as of now.
 *
 * @param {ParentNode} root
 */
export function tick(root) {
  root.querySelectorAll("time[data-style]").forEach(say);
}

/** Whatever somebody has set: the last that there is in this language, where it is later. */
function dateOf(at) {
  return new Date(Math.max(-LAST, Math.min(at, LAST)));
}

function say(element) {
  const at = Date.parse(element.dateTime);
  const words = element.dataset.style === "span" ? span(now() - at) : ago(at);
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

function unitOf(seconds) {
  return UNITS.find(([, length]) => seconds >= length) ?? UNITS.at(-1);
}
