/** The name of a new staging, checked while it is typed. */

import { part } from "../dom.js";
import { text } from "../i18n.js";
import { LatestRequest } from "../latestRequest.js";

const PAUSE = 250;

export class NameField {
  #element;
  #checkName;
  #timer = null;
  #checks = new LatestRequest();

  /**
   * @param {HTMLElement} element
   * @param {(name: string) => Promise<object>} checkName
   * @param {() => void} onChange
   */
  constructor(element, checkName, onChange) {
    this.#element = element;
    this.#checkName = checkName;
    this.input.addEventListener("input", () => {
      onChange();
      this.check(PAUSE);
    });
    this.#part("suggestion").addEventListener("click", () => {
      this.input.value = this.#part("suggestion").dataset.name;
      this.input.focus();
      onChange();
      this.check();
    });
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.#part("name");
  }

  get value() {
    return this.input.value.trim();
  }

  get isShown() {
    return !this.#element.hidden;
  }

  set isShown(shown) {
    this.#element.hidden = !shown;
  }

  /** @param {number} [after] milliseconds, unless something is typed until then */
  check(after = 0) {
    clearTimeout(this.#timer);
    const isLatest = this.#checks.start();
    this.#timer = setTimeout(() => this.#runCheck(isLatest), after);
  }

  async #runCheck(isLatest) {
    try {
      const answer = await this.#checkName(this.input.value);
      if (isLatest()) {
        this.#show(answer);
      }
    } catch {
      // It is checked again when it is sent, and an error is shown then.
    }
  }

  #show({ state, sentence, host, suggestion }) {
    this.#showProblem(sentence);
    const fine = state === "FINE";
    this.#part("fine").hidden = !fine;
    this.#part("host").textContent = fine ? (host ?? text("dialog.nameFree")) : "";
    this.#part("suggestion").hidden = suggestion === null;
    this.#part("suggestion").dataset.name = suggestion ?? "";
    this.#part("suggestion").textContent = text("dialog.useName", suggestion ?? "");
  }

  /**
   * @param {string} sentence
   * @returns {HTMLElement} the field in which the user can correct it
   */
  showProblem(sentence) {
    this.#showProblem(sentence);
    this.#part("fine").hidden = true;
    return this.input;
  }

  clearProblem() {
    this.#showProblem(null);
  }

  #showProblem(sentence) {
    this.#part("nameError").hidden = sentence === null;
    this.#part("nameError").textContent = sentence ?? "";
    this.input.setAttribute("aria-invalid", String(sentence !== null));
  }

  #part(name) {
    return part(this.#element, name);
  }
}
