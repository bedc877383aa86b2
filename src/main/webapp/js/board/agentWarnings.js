/** The warnings above the table: which projects have no agent that can run something. */

import { cloneTemplate } from "../dom.js";
import { text } from "../i18n.js";

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
