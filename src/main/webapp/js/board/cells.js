/** The cells of each column. A cell is rendered again only when its dependencies have changed. */

import { cloneTemplate } from "../dom.js";
import { text } from "../i18n.js";
import { progressBar } from "../progressBar.js";
import { timeElement } from "../time.js";
import { highlight } from "./highlight.js";

/** Number of overrides that are shown until the user expands them, so that a row has one line. */
const MAX_ABBREVIATED = 1;

/**
 * @typedef {object} Context
 * @property {string} root URL of Jenkins, ending in a slash
 * @property {string[]} tokens that are searched for
 * @property {boolean} single whether all is of one project
 * @property {boolean} expanded whether all overrides of this row are shown
 * @property {Map<string, object>} projects by id
 */

/**
 * @typedef {object} Cell
 * @property {(row: object, context: Context) => any} dependenciesOf
 * @property {(row: object, context: Context) => Node[]} render
 */

/** @type {Record<string, Cell>} */
export const CELLS = {
  name: {
    dependenciesOf: (row, { tokens, single }) => [row.url, row.branch, row.note, tokens, single, row.projectName],
    render: (row, { root, tokens, single, projects }) => {
      const link = document.createElement("a");
      link.className = "jenkins-table__link";
      link.href = root + row.url;
      // In one box, as the link is a row of boxes and would set the marked part apart.
      const name = document.createElement("span");
      name.append(highlight(row.name, tokens));
      link.append(name);
      const lines = [link];
      if (row.branch) {
        lines.push(...inlineDetail(highlight(row.branch, tokens)));
      }
      if (!single) {
        const project = document.createElement("a");
        project.href = root + (projects.get(row.project)?.url ?? "");
        project.append(highlight(row.projectName, tokens));
        lines.push(...inlineDetail(project));
      }
      if (row.note) {
        lines.push(noteLine(row.note, tokens));
      }
      return lines;
    },
  },

  status: {
    dependenciesOf: (row, { tokens }) => [
      row.status,
      row.since,
      row.activity,
      row.waiting,
      row.reason,
      row.stale,
      row.staleReason,
      row.unclear,
      tokens,
    ],
    render: (row, { root, tokens }) => {
      const status = cloneTemplate("octopod-presentation-" + (row.activity ? "busy-" : "") + row.status);
      status.querySelector(".octopod-status__word").replaceChildren(highlight(row.statusWord, tokens));
      const lines = [status];
      if (row.activity) {
        lines.push(...activityLines(row.activity, root));
      } else {
        lines.push(...inlineDetail(...fillText("since", timeElement(row.since, "span"))));
        if (row.reason) {
          const reason = secondaryLine(highlight(row.reason, tokens));
          reason.classList.add("octopod-reason");
          reason.title = row.reason;
          lines.push(reason);
        }
      }
      if (row.waiting) {
        lines.push(secondaryLine(highlight(row.waiting, tokens)));
      }
      if (row.stale) {
        const stale = secondaryLine(...fillText("stale", timeElement(row.stale, "span")));
        stale.classList.add("octopod-stale");
        stale.title = row.staleReason ?? "";
        lines.push(stale);
      }
      if (row.unclear) {
        const unclear = secondaryLine(text("unclear"));
        unclear.classList.add("octopod-stale");
        unclear.title = row.unclear;
        lines.push(unclear);
      }
      return lines;
    },
  },

  links: {
    dependenciesOf: (row, { tokens }) => [row.links, tokens],
    render: (row, { tokens }) => {
      const box = document.createElement("div");
      box.className = "octopod-links";
      box.append(...(row.links ?? []).map((link) => linkButton(link, tokens)));
      return row.links ? [box] : [];
    },
  },

  tag: {
    dependenciesOf: (row, { tokens }) => [row.tag, row.tagIsDefault, tokens],
    render: (row, { tokens }) => {
      if (row.tag === undefined) {
        return [];
      }
      const tag = document.createElement("code");
      tag.className = "octopod-tag";
      tag.title = row.tagIsDefault ? text("tagIsDefault", row.tag) : row.tag;
      tag.append(highlight(row.tag, tokens));
      if (!row.tagIsDefault) {
        return [tag];
      }
      tag.classList.add("jenkins-!-text-color-secondary");
      const byDefault = document.createElement("span");
      byDefault.className = "jenkins-visually-hidden";
      byDefault.textContent = text("byDefault");
      return [tag, " ", byDefault];
    },
  },

  overrides: {
    dependenciesOf: (row, { tokens, expanded }) => [row.overrides, tokens, expanded],
    render: (row, { tokens, expanded }) => {
      const all = row.overrides;
      const shown = expanded ? all : abbreviateOverrides(all, tokens);
      const lines = shown.map((override) => overrideLine(override, tokens));
      const hidden = all.length - shown.length;
      if (hidden > 0 || (expanded && abbreviateOverrides(all, tokens).length < all.length)) {
        const more = document.createElement("button");
        more.type = "button";
        more.className = "octopod-more";
        more.dataset.expand = row.id;
        more.setAttribute("aria-expanded", String(expanded));
        more.textContent = expanded ? text("less") : text(shown.length ? "more" : "asByDefault", hidden);
        lines.push(more);
      }
      return lines;
    },
  },

  created: {
    dependenciesOf: (row, { tokens }) => [row.created, row.createdBy, tokens],
    render: (row, { tokens }) => timeAndPerson(row.created, row.createdBy, tokens),
  },

  changed: {
    dependenciesOf: (row, { tokens }) => [row.changed, row.changedBy, tokens],
    render: (row, { tokens }) => timeAndPerson(row.changed, row.changedBy, tokens),
  },

  expires: {
    dependenciesOf: (row) => [row.expires, row.expiring, row.pinned, row.archived],
    render: (row) => {
      if (row.pinned) {
        return [cloneTemplate("octopod-pin")];
      }
      if (!row.expires) {
        return [];
      }
      const time = timeElement(row.expires, "distance");
      time.classList.toggle("jenkins-!-warning-color", Boolean(row.expiring));
      return [time, ...inlineDetail(text(row.archived ? "thenCleanedUp" : "thenArchived"))];
    },
  },
};

function noteLine(note, tokens) {
  const line = document.createElement("div");
  line.className = "octopod-note";
  line.dir = "auto";
  line.title = note.by ? note.text + "\n" + text("by", note.by.name) : note.text;
  line.append(highlight(note.text, tokens));
  return line;
}

function activityLines(activity, root) {
  if (!activity.run) {
    return [secondaryLine(activity.waitingFor ?? text("queued"))];
  }
  const run = document.createElement("a");
  run.href = root + activity.runUrl;
  run.textContent = text("run", activity.run);
  const line = inlineDetail(...fillText("runSince", run, timeElement(activity.started, "span")));
  return [...line, progressBar(activity, root + activity.runUrl)];
}

function linkButton(link, tokens) {
  if (!link.safe) {
    const unsafe = document.createElement("span");
    unsafe.className = "octopod-link octopod-link--text";
    unsafe.append(highlight(link.name + ": " + link.url, tokens));
    return unsafe;
  }
  const button = cloneTemplate("octopod-link");
  button.href = link.url;
  button.title = link.url;
  button.querySelector(".octopod-link__name").append(highlight(link.name, tokens));
  return button;
}

/** Overrides that a search has found, then the first of the others that differ from the default. */
function abbreviateOverrides(overrides, tokens) {
  const isFound = ({ key, value }) => {
    const line = (key + "=" + (value ?? "")).toLowerCase();
    return tokens.some((token) => line.includes(token));
  };
  const found = overrides.filter(isFound);
  const others = overrides.filter((override) => !override.isDefault && !found.includes(override));
  const chosen = new Set([...found, ...others.slice(0, Math.max(0, MAX_ABBREVIATED - found.length))]);
  return overrides.filter((override) => chosen.has(override));
}

function overrideLine({ key, value }, tokens) {
  const line = document.createElement("div");
  line.className = "octopod-override";
  if (value === undefined) {
    const removed = document.createElement("del");
    removed.append(highlight(key, tokens));
    const word = document.createElement("span");
    word.className = "jenkins-!-text-color-secondary";
    word.textContent = text("removed");
    line.title = key;
    line.append(removed, " ", word);
  } else {
    const name = document.createElement("span");
    name.className = "jenkins-!-text-color-secondary";
    name.append(highlight(key, tokens), "=");
    line.title = key + "=" + value;
    line.append(name, highlight(value, tokens));
  }
  return line;
}

function timeAndPerson(at, person, tokens) {
  const time = timeElement(at, "distance");
  if (!person) {
    return [time];
  }
  const by = inlineDetail(...fillText("by", highlight(person.name, tokens)));
  by.at(-1).title = text("by", person.name);
  // Where the table is too narrow for the name.
  time.title += "\n" + text("by", person.name);
  return [time, ...by];
}

function secondaryLine(...content) {
  const line = document.createElement("div");
  line.className = "octopod-second";
  line.append(...content);
  return line;
}

/** A detail that follows on the same line, if the table isn’t narrow. */
function inlineDetail(...content) {
  const detail = secondaryLine(...content);
  detail.classList.add("octopod-second--inline");
  return [" ", detail];
}

/** A text with elements in its holes. */
function fillText(key, ...elements) {
  return text(key)
    .split(/(\{\d\})/)
    .map((part) => {
      const hole = /^\{(\d)\}$/.exec(part);
      return hole ? elements[Number(hole[1])] : part;
    });
}
