import "./fixtures/plainPage.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { useFakeClock } from "./fixtures/jenkins.js";
import { currentTime, formatDuration, formatRelativeTime, setCurrentTime } from "../../main/webapp/js/time.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 50 * 365 * DAY;

let clock;

beforeEach(() => {
  clock = useFakeClock(NOW);
  setCurrentTime(NOW);
});
afterEach(() => clock.restore());

test("the clock of Jenkins counts", async () => {
  setCurrentTime(NOW - 5 * HOUR);
  assert.equal(currentTime(), NOW - 5 * HOUR);
  await clock.tick(SECOND);
  assert.equal(currentTime(), NOW - 5 * HOUR + SECOND);
});

describe("relative times", () => {
  for (const [difference, words] of [
    [0, "now"],
    [-999, "now"],
    [-SECOND, "1 sec. ago"],
    [-59 * SECOND, "59 sec. ago"],
    [-MINUTE, "1 min. ago"],
    [-HOUR + 1, "59 min. ago"],
    [-3 * HOUR, "3 hr. ago"],
    [-DAY, "yesterday"],
    [-2 * DAY, "2 days ago"],
    [-31 * DAY, "last mo."],
    [-800 * DAY, "2 yr. ago"],
    [MINUTE, "in 1 min."],
    [DAY, "tomorrow"],
    [2 * DAY + HOUR, "in 2 days"],
  ]) {
    test(words, () => assert.equal(formatRelativeTime(NOW + difference), words));
  }
});

describe("durations", () => {
  for (const [milliseconds, words] of [
    [-5, "0 sec"],
    [0, "0 sec"],
    [999, "0 sec"],
    [59 * SECOND, "59 sec"],
    [90 * SECOND, "1 min"],
    [36 * HOUR, "1 day"],
    [59 * DAY, "1 mth"],
    [800 * DAY, "2 yrs"],
  ]) {
    test(words, () => assert.equal(formatDuration(milliseconds), words));
  }
});
