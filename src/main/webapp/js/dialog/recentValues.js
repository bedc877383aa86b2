/** Values that keys have recently had on the stagings of a project. */

import { text } from "../i18n.js";
import { formatRelativeTime } from "../time.js";

const NONE = { tagKey: null, pending: true, deployment: [], application: [] };

export class RecentValues {
  #known = NONE;

  /** @param {object} answer of `FormApi.loadRecent` */
  set known(answer) {
    this.#known = answer;
  }

  /** When the user has chosen another project. */
  clear() {
    this.#known = NONE;
  }

  /** @returns {string | null} the key whose value is the version; null if it is unknown */
  get tagKey() {
    return this.#known.tagKey;
  }

  /**
   * @param {"deployment" | "application"} section
   * @param {string} key
   * @returns {boolean} whether a staging had an override for the key
   */
  has(section, key) {
    return this.#valuesOf(section, key).length > 0;
  }

  /**
   * @param {"deployment" | "application"} section
   * @param {string} key
   * @returns {import("./combobox.js").Suggestion[]} the newest first
   */
  suggestions(section, key) {
    return this.#valuesOf(section, key).map(({ value, ...deployment }) => ({ value, detail: describe(deployment) }));
  }

  #valuesOf(section, key) {
    return this.#known[section].find((entry) => entry.key === key)?.values ?? [];
  }
}

function describe({ staging, deployer, number, at }) {
  const ago = formatRelativeTime(at);
  if (deployer === null) {
    return text("dialog.recent.byUser", staging, ago);
  }
  return text(
    "dialog.recent.byBuild",
    number === 0 ? deployer : text("dialog.recent.build", deployer, number),
    staging,
    ago,
  );
}
