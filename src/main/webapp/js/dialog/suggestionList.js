/** The listbox of the field that has the focus. It is above the dialog, so that it isn’t cut off. */

import { cloneTemplate, part } from "../dom.js";
import { positionAtField } from "../popover.js";

let lastId = 0;

export class SuggestionList {
  #element;
  #options = [];
  #activeIndex = -1;
  #onPick = null;

  /** The field that has suggestions now. @type {HTMLElement | null} */
  field = null;

  /**
   * @param {HTMLElement} element a popover in the dialog
   * @param {HTMLElement} scrolling what can be scrolled, with the fields in it
   */
  constructor(element, scrolling) {
    this.#element = element;
    // The field keeps the focus.
    element.addEventListener("mousedown", (e) => e.preventDefault());
    element.addEventListener("click", (e) => {
      const option = e.target.closest("[role=option]");
      if (option !== null) {
        this.#onPick(option.dataset.value);
      }
    });
    const follow = () => this.field !== null && this.#place();
    scrolling.addEventListener("scroll", follow, { passive: true });
    window.addEventListener("resize", follow);
    this.stopFollowing = () => window.removeEventListener("resize", follow);
  }

  get #listbox() {
    return part(this.#element, "options");
  }

  /** @returns {string | null} the value that the user has moved to */
  get active() {
    return this.#options[this.#activeIndex]?.dataset.value ?? null;
  }

  /**
   * @param {HTMLElement} field
   * @param {import("./combobox.js").SuggestionGroup[]} groups
   * @param {string} note empty for none
   * @param {(value: string) => void} onPick
   */
  show(field, groups, note, onPick) {
    this.field = field;
    this.#onPick = onPick;
    this.#activeIndex = -1;
    this.#listbox.replaceChildren(...groups.map(({ heading, options }) => groupElement(heading, options)));
    this.#listbox.hidden = groups.length === 0;
    this.#options = [...this.#listbox.querySelectorAll("[role=option]")];
    part(this.#element, "note").textContent = note;
    part(this.#element, "note").hidden = note === "";
    field.setAttribute("aria-controls", this.#listbox.id);
    field.removeAttribute("aria-activedescendant");
    this.#element.showPopover();
    this.#listbox.scrollTop = 0;
    this.#place();
  }

  hide() {
    this.field.removeAttribute("aria-controls");
    this.field.removeAttribute("aria-activedescendant");
    this.field = null;
    this.#options = [];
    this.#activeIndex = -1;
    this.#element.hidePopover();
    this.#listbox.replaceChildren();
  }

  /** Moves to the next or the previous suggestion, from the last one to the first. */
  move(step) {
    const count = this.#options.length;
    if (count === 0) {
      return;
    }
    this.#options[this.#activeIndex]?.setAttribute("aria-selected", "false");
    const from = this.#activeIndex < 0 && step < 0 ? count : this.#activeIndex;
    this.#activeIndex = (from + step + count) % count;
    const option = this.#options[this.#activeIndex];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  #place() {
    positionAtField(this.#element, this.field);
  }
}

function groupElement(heading, options) {
  const group = cloneTemplate("octopod-dialog-suggestion-group");
  part(group, "heading").textContent = heading;
  group.setAttribute("aria-label", heading);
  group.append(
    ...options.map(({ value, detail }) => {
      const option = cloneTemplate("octopod-dialog-suggestion");
      option.id = "octopod-dialog-suggestion-" + ++lastId;
      option.dataset.value = value;
      part(option, "value").textContent = value;
      part(option, "detail").textContent = detail;
      return option;
    }),
  );
  return group;
}
