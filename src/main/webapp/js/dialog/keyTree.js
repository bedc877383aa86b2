/** Groups dotted keys by their common prefix: `image.tag` and `image.name` are in a group `image`. */

import { splitKey } from "./overridesParser.js";

/** @typedef {import("./draft.js").KeyRow} KeyRow */

/**
 * @typedef {object} TreeNode
 * @property {string} path the key of a row, or what the keys of a group begin with
 * @property {string} label what of the path isn’t said by the groups around it
 * @property {KeyRow | null} row null for a group
 * @property {TreeNode[]} children of a group
 * @property {number} size how many rows are in it
 */

/**
 * @param {KeyRow[]} rows
 * @returns {TreeNode[]} in the order of the rows; each group where the first of its rows is
 */
export function buildKeyTree(rows) {
  const root = createBranch();
  for (const row of rows) {
    let at = root;
    for (const part of splitKey(row.key)) {
      if (!at.parts.has(part)) {
        at.parts.set(part, createBranch());
      }
      at = at.parts.get(part);
    }
    at.row = row;
  }
  return buildChildren(root, "", "");
}

function createBranch() {
  return { row: null, parts: new Map() };
}

function buildChildren(at, path, label) {
  return [...at.parts].flatMap(([part, below]) => buildNodes(below, join(path, part), join(label, part)));
}

/** One or two nodes: a key may be a group as well. */
function buildNodes(at, path, label) {
  const result = [];
  if (at.row !== null) {
    result.push({ path, label, row: at.row, children: [], size: 1 });
  }
  if (at.parts.size === 0) {
    return result;
  }
  const alone = at.parts.size === 1;
  const children = buildChildren(at, path, alone ? label : "");
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
