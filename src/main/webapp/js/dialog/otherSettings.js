/** Everything but name and version, folded until the user needs it. */

import { part, showText } from "../dom.js";
import { text } from "../i18n.js";

export class OtherSettings {
  #element;
  #isFailureShown = false;
  #isLoading = true;
  #count = 0;
  #usesDefaults = true;

  /** @param {HTMLDetailsElement} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {number} count how many values differ from the defaults
   * @param {boolean} usesDefaults whether there are defaults; else the values are those that will change
   */
  showCount(count, usesDefaults) {
    this.#count = count;
    this.#usesDefaults = usesDefaults;
    this.#render();
  }

  /** @param {{deployment: object, application: object}} both what the scripts have printed */
  showState(both) {
    const defaults = [both.deployment.defaults, both.application.defaults];
    this.#isLoading = defaults.some(({ state }) => state === "LOADING");
    const failed = defaults.some(({ sentence }) => sentence !== null);
    if (failed && !this.#isFailureShown) {
      this.open();
    }
    // The user may fold it again.
    this.#isFailureShown = failed;
    this.#render();
  }

  open() {
    this.#element.open = true;
  }

  focus() {
    this.#element.querySelector("summary").focus();
  }

  #render() {
    const kind = this.#usesDefaults ? "dialog.more." : "dialog.more.merge.";
    const number = this.#count === 0 ? "none" : this.#count === 1 ? "one" : "several";
    const isUnknown = this.#isLoading && this.#count === 0 && this.#usesDefaults;
    showText(part(this.#element, "moreCount"), text(isUnknown ? "dialog.more.loading" : kind + number, this.#count));
  }
}
