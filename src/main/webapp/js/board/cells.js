/** What stands in each column. A cell is made anew only when what it is made of has changed. */

import { cloneTemplate, text } from "../i18n.js";
import { progressBar } from "../progressBar.js";
import { timeElement } from "../time.js";
import { marked } from "./highlight.js";

/** So many overrides are shown before the rest is asked for. */
const BRIEFLY = 3;

/**
 * @typedef {object} Context
 * @property {string} root URL of Jenkins, ending in a slash
 * @property {string[]} tokens that are searched for
 * @property {boolean} single whether all is of one project
 * @property {boolean} expanded whether all overrides of this row are shown
 * @property {Map<string, object>} projects by id
 */

/** @typedef {{madeOf: (row: object, context: Context) => any, make: (row: object, context: Context) => Node[]}} Cell */

/** @type {Record<string, Cell>} */
export const CELLS = {
  name: {
    madeOf: (row, { tokens, single }) => [row.url, row.branch, tokens, single, row.projectName],
    make: (row, { root, tokens, single, projects }) => {
      const link = document.createElement("a");
      link.className = "jenkins-table__link";
      link.href = root + row.url;
      // In one box, as the link is a row of boxes and would set the marked part apart.
      const name = document.createElement("span");
      name.append(marked(row.name, tokens));
      link.append(name);
      const lines = [link];
      if (row.branch) {
        lines.push(second(marked(row.branch, tokens)));
      }
      if (!single) {
        const project = document.createElement("a");
        project.href = root + (projects.get(row.project)?.url ?? "");
        project.append(marked(row.projectName, tokens));
        lines.push(second(project));
      }
      return lines;
    },
  },

  status: {
    madeOf: (row, { tokens }) => [row.status, row.since, row.activity, row.reason, row.stale, row.staleReason, tokens],
    make: (row, { root, tokens }) => {
      const look = cloneTemplate("octopod-look-" + (row.activity ? "busy-" : "") + row.status);
      look.querySelector(".octopod-status__word").replaceChildren(marked(row.statusWord, tokens));
      const lines = [look];
      if (row.activity) {
        lines.push(...activity(row.activity, root));
      } else {
        lines.push(second(...filled("since", timeElement(row.since, "span"))));
        if (row.reason) {
          const reason = second(marked(row.reason, tokens));
          reason.classList.add("octopod-reason");
          reason.title = row.reason;
          lines.push(reason);
        }
      }
      if (row.stale) {
        const stale = second(...filled("stale", timeElement(row.stale, "span")));
        stale.classList.add("octopod-stale");
        stale.title = row.staleReason ?? "";
        lines.push(stale);
      }
      return lines;
    },
  },

  links: {
    madeOf: (row, { tokens }) => [row.links, tokens],
    make: (row, { tokens }) => {
      const box = document.createElement("div");
      box.className = "octopod-links";
      box.append(...(row.links ?? []).map((link) => linkButton(link, tokens)));
      return row.links ? [box] : [];
    },
  },

  tag: {
    madeOf: (row, { tokens }) => [row.tag, row.tagIsDefault, tokens],
    make: (row, { tokens }) => {
      if (row.tag === undefined) {
        return [];
      }
      const tag = document.createElement("code");
      tag.className = "octopod-tag";
      tag.title = row.tag;
      tag.append(marked(row.tag, tokens));
      return row.tagIsDefault ? [tag, second(text("tagIsDefault"))] : [tag];
    },
  },

  overrides: {
    madeOf: (row, { tokens, expanded }) => [row.overrides, tokens, expanded],
    make: (row, { tokens, expanded }) => {
      const all = row.overrides;
      const shown = expanded ? all : briefly(all, tokens);
      const lines = shown.map((override) => overrideLine(override, tokens));
      const hidden = all.length - shown.length;
      if (hidden > 0 || (expanded && briefly(all, tokens).length < all.length)) {
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
    madeOf: (row, { tokens }) => [row.created, row.createdBy, tokens],
    make: (row, { tokens }) => timeAndPerson(row.created, row.createdBy, tokens),
  },

  changed: {
    madeOf: (row, { tokens }) => [row.changed, row.changedBy, tokens],
    make: (row, { tokens }) => timeAndPerson(row.changed, row.changedBy, tokens),
  },

  expires: {
    madeOf: (row) => [row.expires, row.expiring, row.pinned, row.archived],
    make: (row) => {
      if (row.pinned) {
        return [cloneTemplate("octopod-pin")];
      }
      if (!row.expires) {
        return [];
      }
      const time = timeElement(row.expires);
      time.classList.toggle("jenkins-!-warning-color", Boolean(row.expiring));
      return [time, second(text(row.archived ? "thenCleanedUp" : "thenArchived"))];
    },
  },
};

function activity(going, root) {
  if (!going.run) {
    return [second(going.waitingFor ?? text("queued"))];
  }
  const run = document.createElement("a");
  run.href = root + going.runUrl;
  run.textContent = text("run", going.run);
  const line = second(...filled("runSince", run, timeElement(going.started, "span")));
  return [line, progressBar(going, root + going.runUrl)];
}

function linkButton(link, tokens) {
  if (!link.safe) {
    const unsafe = document.createElement("span");
    unsafe.className = "octopod-link octopod-link--text";
    unsafe.append(marked(link.name + ": " + link.url, tokens));
    return unsafe;
  }
  const button = cloneTemplate("octopod-link");
  button.href = link.url;
  button.title = link.url;
  button.querySelector(".octopod-link__name").append(marked(link.name, tokens));
  return button;
}

/** Those that a search has found, and of the others the first that aren’t as by default. */
function briefly(overrides, tokens) {
  const isFound = ({ key, value }) => {
    const line = (key + "=" + (value ?? "")).toLowerCase();
    return tokens.some((token) => line.includes(token));
  };
  const found = overrides.filter(isFound);
  const others = overrides.filter((override) => !override.isDefault && !found.includes(override));
  const chosen = new Set([...found, ...others.slice(0, Math.max(0, BRIEFLY - found.length))]);
  return overrides.filter((override) => chosen.has(override));
}

function overrideLine({ key, value }, tokens) {
  const line = document.createElement("div");
  line.className = "octopod-override";
  if (value === undefined) {
    const removed = document.createElement("del");
    removed.append(marked(key, tokens));
    const word = document.createElement("span");
    word.className = "jenkins-!-text-color-secondary";
    word.textContent = text("removed");
    line.title = key;
    line.append(removed, " ", word);
  } else {
    const name = document.createElement("span");
    name.className = "jenkins-!-text-color-secondary";
    name.append(marked(key, tokens), "=");
    line.title = key + "=" + value;
    line.append(name, marked(value, tokens));
  }
  return line;
}

function timeAndPerson(at, person, tokens) {
  const time = timeElement(at);
  return person ? [time, second(...filled("by", marked(person.name, tokens)))] : [time];
}

function second(...content) {
  const line = document.createElement("div");
  line.className = "octopod-second";
  line.append(...content);
  return line;
}

/** A text with elements in its holes. */
function filled(key, ...elements) {
  return text(key)
    .split(/(\{\d\})/)
    .map((part) => {
      const hole = /^\{(\d)\}$/.exec(part);
      return hole ? elements[Number(hole[1])] : part;
    });
}
