/** The notice above the content of a page that can’t be kept current. */

import { cloneTemplate } from "./dom.js";
import { text } from "./i18n.js";

/**
 * @param {HTMLElement} place
 * @param {import("./poll.js").ConnectionState} connection
 * @param {string} root URL of Jenkins
 */
export function showConnectionState(place, connection, root) {
  if (connection === "live") {
    place.replaceChildren();
    return;
  }
  const element = cloneTemplate("octopod-alert");
  element.append(text("connection." + connection));
  if (connection === "loggedOut") {
    const login = document.createElement("a");
    login.href = root + "login?from=" + encodeURIComponent(location.pathname + location.search);
    login.textContent = text("logIn");
    element.append(" ", login);
  }
  place.replaceChildren(element);
}
