import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  containsOverrides,
  normalizeKey,
  parseOverrides,
  splitKey,
} from "../../../main/webapp/js/dialog/overridesParser.js";

/** The cases that OverrideLinesVectorsTest of engine/ reads, too. */
const VECTORS = new URL(
  "../../../../engine/src/test/resources/io/jenkins/plugins/octopod/engine/override-lines.json",
  import.meta.url,
);
const { keys, lines, unreadable } = JSON.parse(readFileSync(VECTORS, "utf8"));

describe("as Jenkins reads it", () => {
  for (const { typed, kept } of keys) {
    test("key " + JSON.stringify(typed), () => assert.equal(normalizeKey(typed), kept));
  }
  for (const { text, entries } of lines) {
    test("lines " + JSON.stringify(text), () => {
      const expected = entries.map(([key, value]) => ({ key, value }));
      assert.deepEqual(parseOverrides(text), { entries: expected, unreadable: null });
    });
  }
  for (const { text, number, line } of unreadable) {
    test("unreadable " + JSON.stringify(text), () => {
      assert.deepEqual(parseOverrides(text).unreadable, { number, line });
    });
  }
});

test("a key is split at each dot that no backslash precedes", () => {
  assert.deepEqual(splitKey("a.b\\.c.d"), ["a", "b\\.c", "d"]);
  assert.deepEqual(splitKey("a"), ["a"]);
});

test("lines before the unreadable one are returned", () => {
  assert.deepEqual(parseOverrides("a=1\noops\nb=2").entries, [{ key: "a", value: "1" }]);
});

test("a key alone is no override", () => {
  for (const key of ["a", " image.tag ", "a-b", "\na\n", ""]) {
    assert.equal(containsOverrides(key), false, key);
  }
  for (const typed of ["a=", "-a", " -a", "a\nb", "a\rb", "a\u2028b"]) {
    assert.equal(containsOverrides(typed), true, typed);
  }
});
