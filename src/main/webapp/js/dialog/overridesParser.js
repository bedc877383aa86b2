/** Overrides as people paste them: a line each, `KEY=VALUE` sets a key, `-KEY` removes it. */

/** @typedef {import("./draft.js").KeyValueEntry} KeyValueEntry */

/** A dot that no backslash makes a part of a name. */
const SEPARATOR = /(?<!\\)\./;

/**
 * @param {string} key
 * @returns {string[]} its parts, in which a dot is `\.`
 */
export function splitKey(key) {
  return key.split(SEPARATOR);
}

/**
 * @param {string} key as it was typed
 * @returns {string} as Jenkins keeps it; empty where nothing is left of it
 */
export function normalizeKey(key) {
  return splitKey(key)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(".");
}

/**
 * @param {string} text
 * @returns {{entries: KeyValueEntry[], unreadable: {number: number, line: string} | null}} `unreadable` is the first line in error
 */
export function parseOverrides(text) {
  const entries = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const entry = parseLine(line);
    if (entry === null) {
      return { entries, unreadable: { number: index + 1, line } };
    }
    entries.push(entry);
  }
  return { entries, unreadable: null };
}

/**
 * @param {string} text
 * @returns {boolean} whether it contains overrides, and not only a key
 */
export function containsOverrides(text) {
  return /[=\r\n]/.test(text.trim()) || text.trim().startsWith("-");
}

function parseLine(line) {
  const equals = line.indexOf("=");
  const removes = equals < 0 && line.startsWith("-");
  if (equals < 0 && !removes) {
    return null;
  }
  const key = normalizeKey(removes ? line.slice(1) : line.slice(0, equals));
  return key === "" ? null : { key, value: removes ? null : line.slice(equals + 1) };
}
