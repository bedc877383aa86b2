import assert from "node:assert/strict";
import { test } from "node:test";
import { LatestRequest } from "../../main/webapp/js/latestRequest.js";

test("only the latest request counts", () => {
  const requests = new LatestRequest();
  const first = requests.start();
  assert.equal(first(), true);
  const second = requests.start();
  assert.equal(first(), false);
  assert.equal(second(), true);
  requests.cancel();
  assert.equal(second(), false);
});
