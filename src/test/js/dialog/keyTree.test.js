import assert from "node:assert/strict";
import { test } from "node:test";
import { buildKeyTree } from "../../../main/webapp/js/dialog/keyTree.js";

/** Rows as their labels, groups as `label[size]:{children}`. */
function outline(...keys) {
  const show = (node) => (node.row ? node.label : `${node.label}[${node.size}]:{${node.children.map(show).join(",")}}`);
  return buildKeyTree(keys.map((key) => ({ key }))).map(show);
}

test("keys with the same beginning are grouped", () => {
  assert.deepEqual(outline("a.only.one", "image.tag", "db.host", "image.name", "db.pool.min", "db.pool.max", "Z"), [
    "a.only.one",
    "image[2]:{tag,name}",
    "db[3]:{host,pool[2]:{min,max}}",
    "Z",
  ]);
});

test("a key can be a group as well", () => {
  assert.deepEqual(outline("image", "image.tag", "image.name"), ["image", "image[2]:{tag,name}"]);
  assert.deepEqual(outline("image", "image.tag"), ["image", "image.tag"]);
});

test("a group with one part has a longer label instead", () => {
  assert.deepEqual(outline("a.b.c", "a.b.d"), ["a.b[2]:{c,d}"]);
});

test("a dot after a backslash is part of a name", () => {
  assert.deepEqual(outline("x\\.io/a", "x\\.io/b"), ["x\\.io/a", "x\\.io/b"]);
});

test("each node knows its whole path", () => {
  const [group] = buildKeyTree([{ key: "a.b.c" }, { key: "a.b.d" }]);
  assert.equal(group.path, "a.b");
  assert.deepEqual(
    group.children.map(({ path, row }) => [path, row.key]),
    [
      ["a.b.c", "a.b.c"],
      ["a.b.d", "a.b.d"],
    ],
  );
});

test("without rows there is nothing", () => {
  assert.deepEqual(buildKeyTree([]), []);
});
