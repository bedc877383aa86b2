/** Waits for the background tasks of a submission. */

import { Backoff } from "./backoff.js";
import { getJson } from "./client.js";

const backoff = new Backoff({ min: 150, max: 1000, factor: 1.5 });

/** Jenkins doesn’t know any more what has become of it: it was restarted, or asked too late. */
export class SubmissionExpiredError extends Error {}

/**
 * @typedef {object} Problem
 * @property {"NAME" | "DEPLOYMENT" | "APPLICATION" | "NONE"} field that it is about
 * @property {string | null} key of the override that it is about
 * @property {string} sentence
 */

/**
 * @typedef {object} Refusal
 * @property {string} sentence
 * @property {Problem[]} problems
 * @property {number} statusCode
 * @property {boolean} waitable whether it can be requested to run after the current action of the staging
 */

/**
 * @typedef {object} TaskOutcome
 * @property {string} subject that the task was started with
 * @property {"WAITING" | "RUNNING" | "ACCEPTED" | "REFUSED"} state
 * @property {string | null} url from the root of Jenkins
 * @property {Refusal | null} refusal
 */

/**
 * @param {TaskOutcome} outcome
 * @returns {string} the name of the staging that the task was about
 */
export function stagingName({ subject }) {
  return subject.slice(subject.lastIndexOf("/") + 1);
}

/**
 * @param {string} url of the ticket
 * @param {(outcomes: TaskOutcome[]) => void} [onProgress] is called after each poll
 * @returns {Promise<TaskOutcome[]>} once all are done; rejects with the errors of client.js, or `SubmissionExpiredError`
 */
export async function awaitTasks(url, onProgress = () => {}) {
  for (let pause = backoff.min; ; pause = backoff.next(pause)) {
    const { status, body } = await getJson(url);
    if (status !== 200) {
      throw new SubmissionExpiredError("HTTP status " + status);
    }
    onProgress(body.steps);
    if (body.done) {
      return body.steps;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
