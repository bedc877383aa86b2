/** A native dialog that doesn’t lose what was typed into it. */

import { announceIn } from "../announce.js";
import { cloneTemplate, part } from "../dom.js";

export class ModalDialog {
  #isDirty;
  #onClose;
  #isBusy = false;
  #isConfirming = false;

  /**
   * @param {() => boolean} isDirty whether something would be lost
   * @param {() => void} onClose
   */
  constructor(isDirty, onClose) {
    this.#isDirty = isDirty;
    this.#onClose = onClose;
    this.element = cloneTemplate("octopod-dialog");
    // The browser itself would close the dialog at the second Escape, even if the page prevents it.
    this.element.addEventListener("keydown", (e) => {
      if (e.key === "Escape") {
        e.preventDefault();
        e.stopPropagation();
        this.tryToClose();
      }
    });
    this.element.addEventListener("cancel", (e) => {
      if (e.target === this.element) {
        e.preventDefault();
        this.tryToClose();
      }
    });
    for (const name of ["close", "cancel"]) {
      this.part(name).addEventListener("click", () => this.tryToClose());
    }
    this.beforeUnload = (e) => {
      if (this.#isDirty()) {
        e.preventDefault();
      }
    };
  }

  /** @returns {HTMLElement} */
  part(name) {
    return part(this.element, name);
  }

  open() {
    this.opener = document.activeElement;
    document.body.append(this.element);
    this.element.showModal();
    window.addEventListener("beforeunload", this.beforeUnload);
  }

  close() {
    window.removeEventListener("beforeunload", this.beforeUnload);
    this.element.close();
    this.element.remove();
    if (this.opener?.isConnected) {
      this.opener.focus();
    }
    this.#onClose();
  }

  /** Asks first if something would be lost. */
  async tryToClose() {
    // While the form is being sent, the user couldn’t know whether it was accepted.
    if (!this.#isConfirming && !this.#isBusy) {
      this.#isConfirming = true;
      const closes = !this.#isDirty() || (await confirmDiscard());
      this.#isConfirming = false;
      if (closes) {
        this.close();
      }
    }
  }

  /** For users of a screen reader, which doesn’t read what is outside of a modal dialog. */
  announce(sentence) {
    announceIn(this.part("live"), sentence);
  }

  /** @param {string | null} sentence what is being done; null if nothing is */
  set busy(sentence) {
    this.#isBusy = sentence !== null;
    const isBusy = sentence !== null;
    this.element.setAttribute("aria-busy", String(isBusy));
    this.part("contents").inert = isBusy;
    this.part("submit").disabled = isBusy;
    this.part("working").hidden = !isBusy;
    this.part("workingText").textContent = sentence ?? "";
    if (isBusy) {
      this.announce(sentence);
    }
  }

  /** @param {string} sentence empty for none */
  set problem(sentence) {
    this.part("problem").hidden = sentence === "";
    this.part("problem").textContent = sentence;
  }
}

/** Not Jenkins’ own dialog, which leaves the focus nowhere when it goes. */
function confirmDiscard() {
  const dialog = cloneTemplate("octopod-dialog-discard");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("keydown", (e) => {
      if (e.key === "Escape") {
        e.preventDefault();
        dialog.close();
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "discard");
    });
  });
}
