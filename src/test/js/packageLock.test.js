import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => JSON.parse(readFileSync(new URL("../../../" + name, import.meta.url), "utf8"));
const { packages } = read("package-lock.json");

test("packages are locked by their contents, not by the address of a registry", () => {
  for (const [path, { resolved, integrity }] of Object.entries(packages)) {
    assert.equal(resolved, undefined, path);
    assert.ok(path === "" || integrity?.startsWith("sha512-"), path);
  }
});

test("what is asked for is pinned, and for development only", () => {
  const { dependencies, devDependencies } = read("package.json");
  assert.equal(dependencies, undefined);
  for (const [name, version] of Object.entries(devDependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
  }
});
