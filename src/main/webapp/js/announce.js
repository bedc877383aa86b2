/** Tells users of a screen reader what has changed on the page. */

/** In milliseconds. */
const SHOWN_FOR = 10000;

let pageRegion = null;

/** @param {string} sentence */
export function announce(sentence) {
  if (pageRegion === null) {
    pageRegion = document.createElement("div");
    pageRegion.className = "jenkins-visually-hidden";
    pageRegion.setAttribute("role", "status");
    pageRegion.setAttribute("aria-live", "polite");
    document.body.append(pageRegion);
  }
  announceIn(pageRegion, sentence);
}

/**
 * Adds a line of its own for each sentence, because a sentence that equals the last one wouldn’t be read.
 *
 * @param {Element} region with `aria-live`
 * @param {string} sentence
 */
export function announceIn(region, sentence) {
  const line = document.createElement("p");
  line.textContent = sentence;
  region.append(line);
  setTimeout(() => line.remove(), SHOWN_FOR);
}
