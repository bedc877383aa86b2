/** Requests of the dialog. */

import { postJson } from "../client.js";

/** Jenkins refuses a request: the user lacks a permission, or the project or staging no longer exists. */
export class RequestError extends Error {
  /** @param {number} status of HTTP */
  constructor(status) {
    super("HTTP status " + status);
    this.status = status;
  }
}

/** The form of one project. */
export class FormApi {
  #url;

  /** @param {string} project URL of the project from the root of Jenkins, as `job/demo/` */
  constructor(project) {
    this.#url = document.head.dataset.rooturl + "/" + project + "staging-form/";
  }

  /** @param {string} name as it was typed */
  checkName(name) {
    return this.#post("checkName", { name });
  }

  /** @param {string} name of the staging */
  loadCurrent(name) {
    return this.#post("current", { name });
  }

  /** @param {string} name of the staging whose overrides a new one gets */
  loadLike(name) {
    return this.#post("like", { name });
  }

  /**
   * @param {string | null} name of the staging that is updated
   * @param {import("./draft.js").KeyValueEntry[]} deployment
   * @param {boolean} reload whether to run the scripts again
   */
  loadDefaults(name, deployment, reload) {
    return this.#post("defaults", { name, deployment, reload });
  }

  /** @param {string | null} name of the staging that is updated */
  loadRecent(name) {
    return this.#post("recent", { name });
  }

  /**
   * @param {object} submission
   * @returns {Promise<{ticket: string | null, refusal: import("../backgroundTasks.js").Refusal | null}>}
   */
  async submit(submission) {
    const { status, body } = await postJson(this.#url + "submit", submission);
    if (body === null || (status !== 202 && body.problems === undefined)) {
      throw new RequestError(status);
    }
    return status === 202 ? { ticket: body.ticket, refusal: null } : { ticket: null, refusal: body };
  }

  async #post(path, request) {
    const { status, body } = await postJson(this.#url + path, request);
    if (status !== 200) {
      throw new RequestError(status);
    }
    return body;
  }
}
