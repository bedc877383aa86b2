/** The stagings that the page knows, and which of them it shows in which order. */

import { pageLanguage } from "../i18n.js";

/**
 * @typedef {object} StagingRow a staging, as the feed has it (StagingRow.java), and what is derived from it
 * @property {string} searchText what a search looks through
 */

/** @typedef {{q: string, status: string, project: string, mine: boolean, sort: string, archived: boolean}} Filter */

const SORT_VALUES = {
  name: (row) => row.name,
  status: (row) => row.statusWord,
  links: (row) => row.links?.[0]?.name ?? "",
  tag: (row) => row.tag ?? "",
  overrides: (row) => row.overridesText,
  created: (row) => row.created,
  changed: (row) => row.changed,
  expires: (row) => (row.pinned ? Infinity : (row.expires ?? Infinity)),
};

/** Columns that are sorted newest first. */
export const DESCENDING_FIRST = new Set(["created", "changed"]);

const collator = new Intl.Collator(pageLanguage(), {
  numeric: true,
});

export class StagingsModel {
  /** @type {Map<string, StagingRow>} */
  rows = new Map();
  /** @type {Map<string, object>} */
  projects = new Map();
  viewer = null;

  /**
   * Applies an answer of the feed.
   *
   * @param {object} feed (FeedResponse.java)
   * @param {(row: StagingRow) => string} statusWord how pages call a row’s status
   * @returns {{row: StagingRow, before: StagingRow | undefined}[]} the rows that are there and new or changed
   */
  applyFeed(feed, statusWord) {
    const before = this.rows;
    if (feed.complete) {
      this.rows = new Map();
    }
    this.viewer = feed.viewer ?? null;
    this.projects = new Map(feed.projects.map((project) => [project.id, project]));
    feed.gone.forEach((id) => this.rows.delete(id));
    return feed.stagings.map((row) => {
      row.statusWord = statusWord(row);
      const project = this.projects.get(row.project);
      row.projectName = project?.name ?? row.project;
      row.overrides = overridesWithoutTag(row, project?.tagKey);
      row.overridesText = overridesText(row);
      row.searchText = searchTextOf(row);
      const old = before.get(row.id);
      this.rows.set(row.id, row);
      return { row, before: old };
    });
  }

  /**
   * @param {Filter} filter
   * @returns {{current: StagingRow[], archived: StagingRow[]}} what matches it, in its order
   */
  select(filter) {
    const tokens = tokensOf(filter.q);
    const current = [];
    const archived = [];
    for (const row of this.rows.values()) {
      if (this.#matches(row, filter, tokens)) {
        (row.archived ? archived : current).push(row);
      }
    }
    const order = comparatorFor(filter.sort);
    return { current: current.sort(order), archived: archived.sort(order) };
  }

  #matches(row, filter, tokens) {
    return (
      (!filter.project || row.project === filter.project) &&
      (!filter.mine || this.isMine(row)) &&
      (!filter.status || statusGroupOf(row) === filter.status) &&
      tokens.every((token) => row.searchText.includes(token))
    );
  }

  isMine(row) {
    return this.viewer !== null && (row.createdBy?.id === this.viewer || row.changedBy?.id === this.viewer);
  }
}

/**
 * @param {string} q what was typed
 * @returns {string[]} each of which has to be found
 */
export function tokensOf(q) {
  return q.toLowerCase().split(/\s+/).filter(Boolean);
}

/** @returns {"busy" | "running" | "failing" | "archived"} */
function statusGroupOf(row) {
  if (row.activity) {
    return "busy";
  }
  if (row.status === "Running") {
    return "running";
  }
  return row.status === "Archived" ? "archived" : "failing";
}

function comparatorFor(sort) {
  const descending = sort.startsWith("-");
  const value = SORT_VALUES[sort.replace("-", "")] ?? SORT_VALUES.name;
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const left = value(a);
    const right = value(b);
    const compared = typeof left === "number" ? compareNumbers(left, right) : collator.compare(left, right);
    return sign * compared || collator.compare(a.id, b.id);
  };
}

/** Two that are both infinite are equal, which their difference wouldn’t say. */
function compareNumbers(left, right) {
  return left === right ? 0 : left < right ? -1 : 1;
}

function overridesText(row) {
  return row.overrides.map(({ key, value }) => key + "=" + (value ?? "")).join("\n");
}

/** All but the tag, which has a column of its own. */
function overridesWithoutTag(row, tagKey) {
  const all = [...(row.deployment ?? []), ...(row.application ?? [])];
  return all.filter(({ key, value }) => key !== tagKey || value === undefined);
}

function searchTextOf(row) {
  return [
    row.name,
    row.branch,
    row.projectName,
    row.statusWord,
    row.reason,
    row.note?.text,
    row.tag,
    row.overridesText,
    row.createdBy?.name,
    row.createdBy?.id,
    row.changedBy?.name,
    row.changedBy?.id,
    ...(row.links ?? []).flatMap((link) => [link.name, link.url]),
  ]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
}
