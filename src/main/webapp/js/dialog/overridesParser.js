/**
 * Overrides as people paste them: a line each, `KEY=VALUE` sets a key, `-KEY` removes it. Jenkins reads the same format
 * (Overrides.java, ConfigurationKey.java). Both must read it alike, so both have the test cases of override-lines.json.
 */

/** @typedef {import("./draft.js").KeyValueEntry} KeyValueEntry */

/** A dot that no backslash makes a part of a name. */
const SEPARATOR = /(?<!\\)\./;

/** What `\R` matches in Java. */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** What Java calls white space. Unlike `\s` and `trim`, it has no no-break spaces: Jenkins keeps those. */
const SPACE = "[\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]";

const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

function strip(text) {
  return text.replace(OUTER_SPACE, "");
}

/**
 * @param {string} key
 * @returns {string[]} its parts, in which a dot is `\.`
 */
export function splitKey(key) {
  return key.split(SEPARATOR);
}

/**
 * @param {string} key as it was typed
 * @returns {string} as Jenkins keeps it; empty if nothing is left of it
 */
export function normalizeKey(key) {
  return splitKey(key)
    .map(strip)
    .filter((part) => part !== "")
    .join(".");
}

/**
 * Parses lines of overrides. If a key occurs more than once, it keeps its first place and gets the last value.
 *
 * @param {string} lines
 * @returns {{entries: KeyValueEntry[], unreadable: {number: number, line: string} | null}} `unreadable` is the first line in error
 */
export function parseOverrides(lines) {
  const values = new Map();
  for (const [index, raw] of lines.split(LINE_BREAK).entries()) {
    const line = strip(raw);
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const entry = parseLine(line);
    if (entry === null) {
      return { entries: entriesOf(values), unreadable: { number: index + 1, line } };
    }
    values.set(entry.key, entry.value);
  }
  return { entries: entriesOf(values), unreadable: null };
}

/**
 * @param {string} typed
 * @returns {boolean} whether it contains overrides, and not only a key
 */
export function containsOverrides(typed) {
  const content = strip(typed);
  return content.includes("=") || LINE_BREAK.test(content) || content.startsWith("-");
}

function entriesOf(values) {
  return [...values].map(([key, value]) => ({ key, value }));
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
