/** Dotted keys by what they have in common: `image.tag` and `image.name` are in a group `image`. */

/** @typedef {import("./draft.js").Row} Row */

/**
 * @typedef {object} Node
 * @property {string} path the key of a row, or what the keys of a group begin with
 * @property {string} label what of the path isn’t said by the groups around it
 * @property {Row | null} row null for a group
 * @property {Node[]} children of a group
 * @property {number} size how many rows are in it
 */

/**
 * @param {Row[]} rows
 * @returns {Node[]} in the order of the rows; each group where the first of its rows is
 */
export function tree(rows) {
  const root = branch();
  for (const row of rows) {
    let at = root;
    for (const part of row.key.split(".")) {
      if (!at.parts.has(part)) {
        at.parts.set(part, branch());
      }
      at = at.parts.get(part);
    }
    at.row = row;
  }
  return nodes(root, "", "");
}

function branch() {
  return { row: null, parts: new Map() };
}

function nodes(at, path, label) {
  return [...at.parts].flatMap(([part, below]) => node(below, join(path, part), join(label, part)));
}

/** One or two nodes: a key may be a group as well. */
function node(at, path, label) {
  const result = [];
  if (at.row !== null) {
    result.push({ path, label, row: at.row, children: [], size: 1 });
  }
  if (at.parts.size === 0) {
    return result;
  }
  const alone = at.parts.size === 1;
  const children = nodes(at, path, alone ? label : "");
  // What a group has in common with its only part says nothing: its label is made longer instead.
  if (alone) {
    return [...result, ...children];
  }
  const size = children.reduce((sum, child) => sum + child.size, 0);
  return [...result, { path, label, row: null, children, size }];
}

function join(path, part) {
  return path === "" ? part : path + "." + part;
}
