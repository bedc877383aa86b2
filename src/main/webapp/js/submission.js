/** Follows what was submitted until all of it is done. */

import { getJson } from "./client.js";

const INTERVAL = 300;

/**
 * @param {string} url of the ticket
 * @param {(steps: object[]) => void} [onProgress] is told how far it is
 * @returns {Promise<object[]>} the steps, each ACCEPTED or REFUSED
 */
export async function follow(url, onProgress = () => {}) {
  for (;;) {
    const { status, body } = await getJson(url);
    if (status !== 200) {
      throw new Error("the submission is unknown: " + status);
    }
    onProgress(body.steps);
    if (body.done) {
      return body.steps;
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
