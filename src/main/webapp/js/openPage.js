/** The page that leads to a link of a staging: goes on to the link when Jenkins says that it can be opened. */

import { startLiveUpdates } from "./liveUpdates.js";

/** @param {HTMLElement} content of the page, with the address of the link if it can be opened */
function goOn(content) {
  const address = content.dataset.location;
  if (address) {
    // Going back in the history must not lead to this page, which would lead to the link again.
    window.location.replace(address);
  }
}

// A page that a form has led to can have the address from the beginning.
goOn(document.getElementById("octopod-open"));
startLiveUpdates(document.getElementById("octopod-live").dataset.url, ["octopod-open"], goOn);
