/** Overrides of one kind as they are being typed: over the defaults, and over what the staging has now. */

/** @typedef {{key: string, value: string | null}} KeyValueEntry a null value removes the key */

/**
 * @typedef {object} KeyRow
 * @property {string} key
 * @property {"default" | "overridden" | "removed" | "added" | "set"} state “set” if it is unknown whether there is a default
 * @property {string | null} value that the key has; null if it is removed
 * @property {string | null} defaultValue null if there is none, or if it is unknown
 */

/**
 * @typedef {object} Change
 * @property {string} key
 * @property {"added" | "set" | "changed" | "removed" | "reset"} kind
 * @property {string | null} from null if there was nothing, or if it is unknown
 * @property {string | null} to null if there will be nothing, or if it is unknown
 */

export class Draft {
  /** What the staging has now. */
  #base = new Map();

  /** Keys of overrides that the form begins with. */
  #first;

  #overrides = new Map();
  #defaults = new Map();
  #areDefaultsKnown = false;

  /** Keys that there may be. @type {string[]} */
  keys = [];

  /** @param {KeyValueEntry[]} base what the staging has; empty for a new one */
  constructor(base = []) {
    this.#base = toMap(base);
    this.#overrides = new Map(this.#base);
    this.#first = new Set(this.#base.keys());
  }

  /** @param {KeyValueEntry[]} entries */
  set defaults(entries) {
    this.#defaults = toMap(entries);
    this.#areDefaultsKnown = true;
  }

  /**
   * Sets overrides that the form begins with, over those of the staging.
   *
   * @param {KeyValueEntry[]} entries
   */
  setAll(entries) {
    for (const { key, value } of entries) {
      this.#overrides.set(key, value);
      this.#first.add(key);
    }
  }

  /** @returns {boolean} whether the form begins with an override for the key */
  beginsWith(key) {
    return this.#first.has(key);
  }

  /** When the user has chosen another project, the scripts differ. */
  clearDefaults() {
    this.#defaults = new Map();
    this.#areDefaultsKnown = false;
    this.keys = [];
  }

  /** @returns {boolean} whether the defaults are known */
  get areDefaultsKnown() {
    return this.#areDefaultsKnown;
  }

  /** @returns {KeyValueEntry[]} the overrides, in their order */
  get entries() {
    return [...this.#overrides].map(([key, value]) => ({ key, value }));
  }

  /** @returns {KeyRow[]} defaults in their order, then what is added */
  get rows() {
    const keys = new Set([...this.#defaults.keys(), ...this.#overrides.keys()]);
    return [...keys].map((key) => this.row(key));
  }

  /**
   * @param {string} key
   * @returns {KeyRow}
   */
  row(key) {
    const defaultValue = this.#defaults.get(key) ?? null;
    if (!this.#overrides.has(key)) {
      return { key, state: "default", value: defaultValue, defaultValue };
    }
    const value = this.#overrides.get(key);
    if (value === null) {
      return { key, state: "removed", value, defaultValue };
    }
    const state = defaultValue === null ? this.#stateWithoutDefault : "overridden";
    return { key, state, value, defaultValue };
  }

  /** State of an override for which no default is known. */
  get #stateWithoutDefault() {
    return this.#areDefaultsKnown ? "added" : "set";
  }

  /** @returns {number} how many values differ from the defaults, without that of one key */
  countDifferences(without) {
    return this.rows.filter(
      ({ key, state, value, defaultValue }) =>
        key !== without && state !== "default" && (state === "removed" || value !== defaultValue),
    ).length;
  }

  /** Whether there is a row for the key. */
  has(key) {
    return this.#overrides.has(key) || this.#defaults.has(key);
  }

  set(key, value) {
    this.#overrides.set(key, value);
  }

  remove(key) {
    this.#overrides.set(key, null);
  }

  /** Removes the override, so that the default applies, if any. */
  reset(key) {
    this.#overrides.delete(key);
  }

  /** Undoes what was done to the key in this form. */
  revert(key) {
    if (this.#base.has(key)) {
      this.#overrides.set(key, this.#base.get(key));
    } else {
      this.#overrides.delete(key);
    }
  }

  /** @returns {Change[]} how the overrides differ from those that the staging has */
  get changes() {
    const keys = new Set([...this.#base.keys(), ...this.#overrides.keys()]);
    return [...keys].map((key) => this.#change(key)).filter((change) => change !== null);
  }

  #change(key) {
    const had = this.#base.has(key);
    const has = this.#overrides.has(key);
    const before = had ? this.#base.get(key) : (this.#defaults.get(key) ?? null);
    if (!has) {
      const defaultValue = this.#defaults.get(key) ?? null;
      return { key, kind: "reset", from: before, to: defaultValue };
    }
    const now = this.#overrides.get(key);
    if (had && before === now) {
      return null;
    }
    if (now === null) {
      return { key, kind: "removed", from: before, to: null };
    }
    const isNew = before === null || before === now;
    return {
      key,
      kind: isNew ? this.#stateWithoutDefault : "changed",
      from: isNew ? null : before,
      to: now,
    };
  }

  /**
   * Goes on from what the staging has now: what was typed here stays, the rest becomes as it is there.
   *
   * @param {KeyValueEntry[]} base
   * @returns {Change[]} how `base` differs from what this form was made from
   */
  rebase(base) {
    const theirs = new Draft(this.#entriesOf(this.#base));
    theirs.#defaults = this.#defaults;
    theirs.#areDefaultsKnown = this.#areDefaultsKnown;
    theirs.#overrides = toMap(base);
    const mine = new Set(this.changes.map((change) => change.key));
    const now = new Map();
    for (const { key, value } of base) {
      if (!mine.has(key)) {
        now.set(key, value);
      } else if (this.#overrides.has(key)) {
        now.set(key, this.#overrides.get(key));
      }
    }
    for (const [key, value] of this.#overrides) {
      if (mine.has(key)) {
        now.set(key, value);
      }
    }
    this.#base = toMap(base);
    this.#overrides = now;
    return theirs.changes;
  }

  #entriesOf(map) {
    return [...map].map(([key, value]) => ({ key, value }));
  }
}

function toMap(entries) {
  return new Map(entries.map(({ key, value }) => [key, value]));
}
