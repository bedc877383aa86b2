/** Overrides of one kind as they are being typed: over the defaults, and over what the staging has now. */

/** @typedef {{key: string, value: string | null}} Entry a null value removes the key */

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {"default" | "overridden" | "removed" | "added" | "set"} state “set” where it isn’t known whether there is a default
 * @property {string | null} value that the key has; null where it is removed
 * @property {string | null} standard the default; null where there is none, or it isn’t known
 */

/**
 * @typedef {object} Change
 * @property {string} key
 * @property {"added" | "set" | "changed" | "removed" | "putBack"} kind
 * @property {string | null} from null where there was nothing, or it isn’t known
 * @property {string | null} to null where there will be nothing, or it isn’t known
 */

export class Draft {
  /** What the staging has now. */
  #base = new Map();

  #now = new Map();
  #defaults = new Map();
  #isKnown = false;

  /** Keys that there may be. @type {string[]} */
  keys = [];

  /** @param {Entry[]} base what the staging has; empty for a new one */
  constructor(base = []) {
    this.#base = asMap(base);
    this.#now = new Map(this.#base);
  }

  /** @param {Entry[]} entries */
  set defaults(entries) {
    this.#defaults = asMap(entries);
    this.#isKnown = true;
  }

  /** Forgets what the scripts have said: they are others now. */
  forget() {
    this.#defaults = new Map();
    this.#isKnown = false;
    this.keys = [];
  }

  /** @returns {boolean} whether the defaults are known */
  get isKnown() {
    return this.#isKnown;
  }

  /** @returns {Entry[]} the overrides, in their order */
  get entries() {
    return [...this.#now].map(([key, value]) => ({ key, value }));
  }

  /** @returns {Row[]} defaults in their order, then what is added */
  get rows() {
    const keys = new Set([...this.#defaults.keys(), ...this.#now.keys()]);
    return [...keys].map((key) => this.row(key));
  }

  /**
   * @param {string} key
   * @returns {Row}
   */
  row(key) {
    const standard = this.#defaults.get(key) ?? null;
    if (!this.#now.has(key)) {
      return { key, state: "default", value: standard, standard };
    }
    const value = this.#now.get(key);
    if (value === null) {
      return { key, state: "removed", value, standard };
    }
    const state = standard === null ? this.#without : "overridden";
    return { key, state, value, standard };
  }

  /** What a value is that no default is known for. */
  get #without() {
    return this.#isKnown ? "added" : "set";
  }

  /** Whether there is a row for the key. */
  has(key) {
    return this.#now.has(key) || this.#defaults.has(key);
  }

  set(key, value) {
    this.#now.set(key, value);
  }

  remove(key) {
    this.#now.set(key, null);
  }

  /** Lets the default hold, or nothing where there is none. */
  putBack(key) {
    this.#now.delete(key);
  }

  /** Undoes what was done to the key in this form. */
  revert(key) {
    if (this.#base.has(key)) {
      this.#now.set(key, this.#base.get(key));
    } else {
      this.#now.delete(key);
    }
  }

  /** @returns {Change[]} what would be another than now */
  get changes() {
    const keys = new Set([...this.#base.keys(), ...this.#now.keys()]);
    return [...keys].map((key) => this.#change(key)).filter((change) => change !== null);
  }

  #change(key) {
    const had = this.#base.has(key);
    const has = this.#now.has(key);
    const before = had ? this.#base.get(key) : (this.#defaults.get(key) ?? null);
    if (!has) {
      const standard = this.#defaults.get(key) ?? null;
      return { key, kind: "putBack", from: before, to: standard };
    }
    const now = this.#now.get(key);
    if (had && before === now) {
      return null;
    }
    if (now === null) {
      return { key, kind: "removed", from: before, to: null };
    }
    const isNew = before === null || before === now;
    return {
      key,
      kind: isNew ? this.#without : "changed",
      from: isNew ? null : before,
      to: now,
    };
  }

  /**
   * Goes on from what the staging has now: what was typed here stays, the rest becomes as it is there.
   *
   * @param {Entry[]} base
   * @returns {Change[]} what is another than this form was made from
   */
  rebase(base) {
    const theirs = new Draft(this.#entriesOf(this.#base));
    theirs.#defaults = this.#defaults;
    theirs.#isKnown = this.#isKnown;
    theirs.#now = asMap(base);
    const mine = new Set(this.changes.map((change) => change.key));
    const now = new Map();
    for (const { key, value } of base) {
      if (!mine.has(key)) {
        now.set(key, value);
      } else if (this.#now.has(key)) {
        now.set(key, this.#now.get(key));
      }
    }
    for (const [key, value] of this.#now) {
      if (mine.has(key)) {
        now.set(key, value);
      }
    }
    this.#base = asMap(base);
    this.#now = now;
    return theirs.changes;
  }

  #entriesOf(map) {
    return [...map].map(([key, value]) => ({ key, value }));
  }
}

function asMap(entries) {
  return new Map(entries.map(({ key, value }) => [key, value]));
}
