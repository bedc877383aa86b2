/** Notices above the content: the page isn’t live, no agent is online, there are no stagings. */

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

/**
 * @param {HTMLElement} place
 * @param {Iterable<object>} projects
 * @param {boolean} single whether the page is about one project
 */
export function showAgentWarnings(place, projects, single) {
  const sentences = [];
  for (const project of projects) {
    if (project.agents !== "ONLINE") {
      const hidden = project.labelled && !project.label;
      const key = project.labelled ? project.agents + (hidden ? ".hidden" : "") : "ANY";
      sentences.push(text(`agents.${key}${single ? "" : ".of"}`, project.label ?? "", project.name));
    }
  }
  const shown = [...place.children].map((element) => element.textContent);
  if (JSON.stringify(shown) !== JSON.stringify(sentences)) {
    place.replaceChildren(
      ...sentences.map((sentence) => {
        const element = cloneTemplate("octopod-alert");
        element.textContent = sentence;
        return element;
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
export function showEmptyNotice(place, { title, sentence, action }) {
  if (place.dataset.empty === title + sentence) {
    return;
  }
  const notice = cloneTemplate("octopod-empty");
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
