/** Overrides as people paste them: a line each, `KEY=VALUE` sets a key, `-KEY` removes it. */

/**
 * @param {string} key as it was typed
 * @returns {string} as Jenkins keeps it; empty where nothing is left of it
 */
export function normalizedKey(key) {
  return key
    .split(".")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(".");
}

/**
 * @typedef {object} Line
 * @property {string} key
 * @property {string | null} value null to remove the key
 */

/**
 * @param {string} text
 * @returns {{entries: Line[], unreadable: {number: number, line: string} | null}} the first line that can’t be read
 */
export function parseLines(text) {
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
 * @returns {boolean} whether it says more than a key
 */
export function saysMoreThanAKey(text) {
  return /[=\r\n]/.test(text.trim()) || text.trim().startsWith("-");
}

function parseLine(line) {
  const equals = line.indexOf("=");
  const removes = equals < 0 && line.startsWith("-");
  if (equals < 0 && !removes) {
    return null;
  }
  const key = normalizedKey(removes ? line.slice(1) : line.slice(0, equals));
  return key === "" ? null : { key, value: removes ? null : line.slice(equals + 1) };
}
