/** Says to those who don’t see the page what has changed on it. */

let region = null;

/** @param {string} sentence */
export function announce(sentence) {
  if (region === null) {
    region = document.createElement("div");
    region.className = "jenkins-visually-hidden";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  // A line of its own for each, or one that says the same as the last wouldn’t be read.
  const line = document.createElement("p");
  line.textContent = sentence;
  region.append(line);
  setTimeout(() => line.remove(), 10000);
}
