/** The selected stagings, and the bar that appears while there are any. */

import { showText } from "../dom.js";
import { text } from "../i18n.js";

export class StagingSelection {
  /** @type {Set<string>} */
  ids = new Set();
  #bar = document.getElementById("octopod-selection");
  #count = document.getElementById("octopod-selection-count");

  /**
   * @param {(operation: string) => void} onOperation is called when the user chooses an operation for all of them
   * @param {() => void} onClear is called when the user has cleared the selection
   */
  constructor(onOperation, onClear) {
    this.#bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.selection === "none") {
        this.ids.clear();
        onClear();
      } else if (button?.dataset.operation) {
        onOperation(button.dataset.operation);
      }
    });
  }

  /**
   * @param {Iterable<string>} ids
   * @param {boolean} selected
   */
  setAll(ids, selected) {
    for (const id of ids) {
      if (selected) {
        this.ids.add(id);
      } else {
        this.ids.delete(id);
      }
    }
  }

  /**
   * Stagings that no longer exist can’t be selected.
   *
   * @param {Map<string, object>} rows that exist, by id
   */
  prune(rows) {
    this.setAll(
      [...this.ids].filter((id) => !rows.has(id)),
      false,
    );
  }

  /** Shows how many there are. */
  show() {
    this.#bar.hidden = this.ids.size === 0;
    showText(this.#count, text("selected", this.ids.size));
  }
}
