/** What the dialog asks and sends. */

import { postJson } from "../client.js";

/** Jenkins won’t answer this: whoever asks may not, or what it is about is gone. */
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
    return this.#ask("checkName", { name });
  }

  /** @param {string} name of the staging */
  current(name) {
    return this.#ask("current", { name });
  }

  /**
   * @param {string | null} name of the staging that is updated
   * @param {import("./draft.js").Entry[]} deployment
   * @param {boolean} reload whether the scripts are to be asked again
   */
  defaults(name, deployment, reload) {
    return this.#ask("defaults", { name, deployment, reload });
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

  async #ask(what, question) {
    const { status, body } = await postJson(this.#url + what, question);
    if (status !== 200) {
      throw new RequestError(status);
    }
    return body;
  }
}
