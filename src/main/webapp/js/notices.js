/** What people have to know beside the stagings: that the page isn’t live, that no agent is there, that nothing is. */

import { stamp, text } from "./i18n.js";

/**
 * @param {HTMLElement} place
 * @param {import("./poll.js").Connection} connection
 * @param {string} root URL of Jenkins
 */
export function showConnection(place, connection, root) {
  if (connection === "live") {
    place.replaceChildren();
    return;
  }
  const alert = stamp("octopod-alert");
  alert.append(text("connection." + connection));
  if (connection === "loggedOut") {
    const login = document.createElement("a");
    login.href = root + "login?from=" + encodeURIComponent(location.pathname + location.search);
    login.textContent = text("logIn");
    alert.append(" ", login);
  }
  place.replaceChildren(alert);
}

/**
 * @param {HTMLElement} place
 * @param {Iterable<object>} projects
 * @param {boolean} single whether the page is about one project
 */
export function showAgents(place, projects, single) {
  const sentences = [];
  for (const project of projects) {
    if (project.agents !== "ONLINE") {
      const key = project.label ? project.agents : "ANY";
      sentences.push(text(`agents.${key}${single ? "" : ".of"}`, project.label ?? "", project.name));
    }
  }
  const shown = [...place.children].map((alert) => alert.textContent);
  if (JSON.stringify(shown) !== JSON.stringify(sentences)) {
    place.replaceChildren(
      ...sentences.map((sentence) => {
        const alert = stamp("octopod-alert");
        alert.textContent = sentence;
        return alert;
      }),
    );
  }
}

/**
 * Says why there is nothing to be seen and what to do.
 *
 * @param {HTMLElement} place
 * @param {{title: string, sentence: string, action: HTMLElement | null}} empty
 */
export function showEmpty(place, { title, sentence, action }) {
  if (place.dataset.empty === title + sentence) {
    return;
  }
  const notice = stamp("octopod-empty");
  notice.querySelector(".jenkins-notice > div").textContent = title;
  const [explanation, actions] = notice.querySelectorAll("p");
  explanation.textContent = sentence;
  if (action) {
    actions.append(action);
  } else {
    actions.remove();
  }
  place.replaceChildren(notice);
  place.dataset.empty = title + sentence;
}
