/** Each text that the scripts ask for is on the pages that run them, and each text there is asked for. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readTexts, WORDS } from "./fixtures/texts.js";

const SCRIPTS = new URL("../../main/webapp/js/", import.meta.url);

/** Which texts a page has, by the script that it runs. */
const PAGES = {
  "stagingsPage.js": ["boardTexts", "dialogTexts"],
  "stagingPage.js": ["liveTexts"],
  "runPage.js": ["liveTexts"],
  "dialog/openButtons.js": ["dialogTexts"],
  "podLog.js": [],
};

const each = (prefix, names, suffix = "") => names.map((name) => prefix + name + suffix);
const BULK_OPERATIONS = ["redeploy", "archive", "restore", "cleanup"];
const CONFIRMED = WORDS.confirm.filter((name) => name !== "update");
const AGENTS = ["ANY", "OFFLINE", "OFFLINE.hidden", "CLOUD", "CLOUD.hidden", "NONE", "NONE.hidden"];

/** What keys that are put together can be, by the expression. */
const COMPUTED = {
  '"connection." + connection': (page) =>
    each(
      "connection.",
      page === "stagingsPage.js" ? ["disconnected", "loggedOut"] : ["disconnected", "loggedOut", "gone"],
    ),
  '`agents.${key}${single ? "" : ".of"}`': () => [...each("agents.", AGENTS), ...each("agents.", AGENTS, ".of")],
  'row.activity ? "doing." + row.activity.action : "status." + row.status': () => [
    ...each("doing.", WORDS.doing),
    ...each("status.", WORDS.status),
  ],
  '"operation." + name': () => each("operation.", [...WORDS.operation, "abort"]),
  '"confirm." + name': () => each("confirm.", [...CONFIRMED, "abort"]),
  '"confirmSeveral." + name': () => each("confirmSeveral.", BULK_OPERATIONS),
  '"dialog." + kind': () => each("dialog.", ["deployment", "application"]),
  "`dialog.${kind}.description`": () => each("dialog.", ["deployment", "application"], ".description"),
  '"dialog.submit." + kind': () => each("dialog.submit.", ["create", "update", "merge"]),
  'isUnknown ? "dialog.more.loading" : kind + number': () => [
    "dialog.more.loading",
    ...each("dialog.more.", ["none", "one", "several"]),
    ...each("dialog.more.merge.", ["none", "one", "several"]),
  ],
  '"dialog.none." + TEXT_KEYS[this.#mode]': () => each("dialog.none.", ["create", "update", "merge"]),
  '"dialog.state." + row.state': () => each("dialog.state.", ["default", "overridden", "removed", "added", "set"]),
  '"dialog.state." + this.#draft.row(key).state': () =>
    each("dialog.state.", ["default", "overridden", "removed", "added", "set"]),
  '"dialog.change." + kind': () => each("dialog.change.", ["added", "set", "changed", "removed", "reset"]),
  '{ 403: "dialog.forbidden", 404: "dialog.notFound" }[e.status] ?? "dialog.failed"': () =>
    each("dialog.", ["forbidden", "notFound", "failed"]),
};

/** A literal, or one of two. */
const LITERAL = /^(?:[^?]+ \? )?"([^"]+)"(?: : "([^"]+)")?$/;

function readScript(path) {
  return readFileSync(new URL(path, SCRIPTS), "utf8");
}

/** @returns {string[]} the scripts that a page runs */
function scriptsOf(page) {
  const found = new Set([page]);
  for (const path of found) {
    for (const [, imported] of readScript(path).matchAll(/^(?:import|export) .*?"(\.[^"]+)";$/gms)) {
      found.add(new URL(imported, new URL(path, SCRIPTS)).href.slice(SCRIPTS.href.length));
    }
  }
  return [...found];
}

/** @returns {string[]} the first arguments of all calls of `text` and `fillText` */
function keyExpressions(source) {
  return [...source.matchAll(/(?<!function |[\w)]\.)\b(?:text|fillText)\(/g)].map(({ index, 0: call }) =>
    firstArgument(source, index + call.length),
  );
}

function firstArgument(source, from) {
  let depth = 0;
  for (let at = from; ; at++) {
    if ((source[at] === "," || source[at] === ")") && depth === 0) {
      return source.slice(from, at).replace(/\s+/g, " ").trim();
    }
    depth += "([{".includes(source[at]) ? 1 : ")]}".includes(source[at]) ? -1 : 0;
  }
}

function keysOf(expression, page) {
  const [, ...literals] = LITERAL.exec(expression) ?? [];
  if (literals.length > 0) {
    return literals.filter(Boolean);
  }
  assert.ok(expression in COMPUTED, `this test doesn’t know which keys ${expression} can be`);
  return COMPUTED[expression](page);
}

function usedOn(page) {
  const expressions = scriptsOf(page).flatMap((path) => keyExpressions(readScript(path)));
  // fillText hands on the key that it is given.
  return new Set(expressions.filter((expression) => expression !== "key").flatMap((it) => keysOf(it, page)));
}

describe("each text is on the page", () => {
  for (const [page, names] of Object.entries(PAGES)) {
    test(page, () => {
      const texts = new Set(names.flatMap((name) => [...readTexts(name).keys()]));
      assert.deepEqual(
        [...usedOn(page)].filter((key) => !texts.has(key)),
        [],
      );
    });
  }
});

describe("each text is used", () => {
  for (const name of ["boardTexts", "dialogTexts", "liveTexts"]) {
    const pages = Object.keys(PAGES).filter((page) => PAGES[page].includes(name));
    test(name, () => {
      const used = new Set(pages.flatMap((page) => [...usedOn(page)]));
      assert.deepEqual(
        [...readTexts(name).keys()].filter((key) => !used.has(key) && key !== "confirm.update"),
        [],
      );
    });
  }
});

test("this test knows all expressions that are there, and no other", () => {
  const expressions = new Set(Object.keys(PAGES).flatMap(scriptsOf).map(readScript).flatMap(keyExpressions));
  assert.deepEqual(
    Object.keys(COMPUTED).filter((expression) => !expressions.has(expression)),
    [],
  );
});

describe("this test knows the words of Jenkins", () => {
  const java = (path) => readFileSync(new URL("../../../" + path, import.meta.url), "utf8");
  const engine = "engine/src/main/java/io/jenkins/plugins/octopod/engine/";
  const dashboard = "src/main/java/io/jenkins/plugins/octopod/dashboard/";
  const constants = (source) =>
    [...source.matchAll(/^ {4}([A-Z]\w+)(?=[(,;])/gm)]
      .map(([, name]) => name)
      .filter((name) => !source.includes("enum " + name));

  test("statuses", () => assert.deepEqual(constants(java(engine + "Status.java")), WORDS.status));

  test("actions", () => assert.deepEqual(constants(java(engine + "StagingAction.java")), WORDS.doing));

  test("operations", () => {
    const source = java(dashboard + "model/StagingOperation.java");
    const urls = [...source.matchAll(/^ {4}[A-Z]+\(\s*"(\w+)"/gm)].map(([, url]) => url);
    assert.deepEqual(urls, WORDS.operation);
  });

  test("agents", () => {
    const [, list] = /enum Agents \{([^}]*)\}/.exec(java(dashboard + "feed/ProjectRow.java"));
    const names = list
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .split(/[\s,;]+/)
      .filter(Boolean);
    assert.deepEqual(
      names.toSorted(),
      [...new Set(AGENTS.map((key) => key.replace(".hidden", "")))]
        .map((it) => (it === "ANY" ? "ONLINE" : it))
        .toSorted(),
    );
  });

  test("operations on several stagings", () => {
    const [, list] = /getBulkOperations\(\) \{\s*return List\.of\(([^)]*)\)/.exec(
      java(dashboard + "StagingsTableModel.java"),
    );
    const urls = [...list.matchAll(/StagingOperation\.(\w+)/g)].map(([, name]) => name.toLowerCase());
    // The dialog asks for an update.
    assert.deepEqual(urls, ["update", ...BULK_OPERATIONS]);
  });

  test("kinds of words", () => {
    const source = java(dashboard + "StagingsTableModel.java");
    assert.deepEqual(
      [...source.matchAll(/words\.put\("(\w+)\."/g)].map(([, prefix]) => prefix),
      Object.keys(WORDS),
    );
  });
});
