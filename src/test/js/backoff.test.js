import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../main/webapp/js/backoff.js";

test("pauses double up to the maximum", () => {
  const backoff = new Backoff({ min: 100, max: 1000 });
  assert.deepEqual(
    [1, 2, 3, 4, 5, 2000].map((failures) => backoff.pause(failures)),
    [100, 200, 400, 800, 1000, 1000],
  );
});

test("a pause follows another", () => {
  const backoff = new Backoff({ min: 100, max: 1000, factor: 1.5 });
  assert.equal(backoff.next(backoff.min), 150);
  assert.equal(backoff.next(900), 1000);
});
