/** The stagings that the page knows, and which of them it is to show, in which order. */

/**
 * @typedef {object} Row a staging, as the feed has it (StagingRow.java), and what is derived from it
 * @property {string} haystack what a search looks through
 */

/** @typedef {{q: string, status: string, project: string, mine: boolean, sort: string, archived: boolean}} Filter */

const COMPARED = {
  name: (row) => row.name,
  status: (row) => row.statusWord,
  links: (row) => row.links?.[0]?.name ?? "",
  tag: (row) => row.tag ?? "",
  overrides: (row) => row.overridesText,
  created: (row) => row.created,
  changed: (row) => row.changed,
  expires: (row) => (row.pinned ? Infinity : (row.expires ?? Infinity)),
};

/** What is put into each sorted by at first: times newest first. */
export const DESCENDING_FIRST = new Set(["created", "changed"]);

const collator = new Intl.Collator(document.documentElement.lang || undefined, {
  numeric: true,
});

export class Stagings {
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** @type {Map<string, object>} */
  projects = new Map();
  viewer = null;

  /**
   * Takes in what the feed says.
   *
   * @param {object} feed (Feed.java)
   * @param {(row: Row) => string} statusWord how pages call a row’s status
   * @returns {{row: Row, before: Row | undefined}[]} the rows that are there and new or changed
   */
  apply(feed, statusWord) {
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
      row.overrides = overrides(row, project?.tagKey);
      row.overridesText = overridesText(row);
      row.haystack = haystack(row);
      const old = before.get(row.id);
      this.rows.set(row.id, row);
      return { row, before: old };
    });
  }

  /**
   * @param {Filter} filter
   * @returns {{current: Row[], archived: Row[]}} what matches it, in its order
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
    const order = orderBy(filter.sort);
    return { current: current.sort(order), archived: archived.sort(order) };
  }

  #matches(row, filter, tokens) {
    return (
      (!filter.project || row.project === filter.project) &&
      (!filter.mine || this.isMine(row)) &&
      (!filter.status || groupOf(row) === filter.status) &&
      tokens.every((token) => row.haystack.includes(token))
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
function groupOf(row) {
  if (row.activity) {
    return "busy";
  }
  if (row.status === "Running") {
    return "running";
  }
  return row.status === "Archived" ? "archived" : "failing";
}

function orderBy(sort) {
  const descending = sort.startsWith("-");
  const value = COMPARED[sort.replace("-", "")] ?? COMPARED.name;
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
function overrides(row, tagKey) {
  const all = [...(row.deployment ?? []), ...(row.application ?? [])];
  return all.filter(({ key, value }) => key !== tagKey || value === undefined);
}

function haystack(row) {
  return [
    row.name,
    row.branch,
    row.projectName,
    row.statusWord,
    row.reason,
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
