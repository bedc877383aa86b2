/** Follows what was asked for to its end. */

import { getJson } from "./client.js";

const FIRST_PAUSE = 150;
const LONGEST_PAUSE = 1000;

/** Jenkins doesn’t know any more what has become of it: it was restarted, or asked too late. */
export class Forgotten extends Error {}

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
 */

/**
 * @typedef {object} Outcome
 * @property {string} subject that the step was started with
 * @property {"WAITING" | "RUNNING" | "ACCEPTED" | "REFUSED"} state
 * @property {string | null} url from the root of Jenkins
 * @property {Refusal | null} refusal
 */

/**
 * @param {string} url of the ticket
 * @param {(outcomes: Outcome[]) => void} [progress] is told now and then
 * @returns {Promise<Outcome[]>} once all is done; rejects with what client.js rejects with, or with `Forgotten`
 */
export async function follow(url, progress = () => {}) {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const { status, body } = await getJson(url);
    if (status !== 200) {
      throw new Forgotten("HTTP status " + status);
    }
    progress(body.steps);
    if (body.done) {
      return body.steps;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
