/** Lets users hide columns of the table. Jenkins keeps the choice of users who are logged in. */

import { postJson } from "../client.js";
import { positionBelow } from "../popover.js";

export class ColumnChooser {
  #board;
  #url;
  #boxes;
  /** The end of the last save, so that choices are saved in their order. */
  #saved = Promise.resolve();

  /**
   * @param {HTMLElement} board with the hidden columns in `data-hidden-columns`, separated by spaces; CSS hides them
   * @param {string} url where the choice is saved; empty if the user isn’t logged in
   */
  constructor(board, url) {
    this.#board = board;
    this.#url = url;
    const button = document.getElementById("octopod-columns-button");
    const menu = document.getElementById("octopod-columns-menu");
    this.#boxes = [...menu.querySelectorAll("[data-column-choice]")];
    this.#show();
    menu.addEventListener("toggle", (event) => {
      button.setAttribute("aria-expanded", String(event.newState === "open"));
      if (event.newState === "open") {
        positionBelow(menu, button);
        this.#boxes[0].focus();
      }
    });
    menu.addEventListener("change", () => this.#choose());
  }

  #show() {
    const hidden = (this.#board.dataset.hiddenColumns ?? "").split(" ");
    this.#boxes.forEach((box) => (box.checked = !hidden.includes(box.dataset.columnChoice)));
  }

  #choose() {
    const hidden = this.#boxes.filter((box) => !box.checked).map((box) => box.dataset.columnChoice);
    this.#board.dataset.hiddenColumns = hidden.join(" ");
    if (this.#url) {
      // If Jenkins doesn’t answer, the choice counts only for this page, which says by itself that Jenkins doesn’t answer.
      this.#saved = this.#saved.then(() => postJson(this.#url, { hidden })).catch(() => {});
    }
  }
}
