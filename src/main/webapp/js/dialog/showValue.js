import { text } from "../i18n.js";

/**
 * Shows the value of a key, or that it is empty.
 *
 * @param {HTMLElement} element to be filled
 * @param {string} value
 */
export function showValue(element, value) {
  element.textContent = value === "" ? text("dialog.empty") : value;
  element.classList.toggle("octopod-key__empty", value === "");
}
