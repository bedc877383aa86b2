/** Says why the table is empty, and offers what helps. */

import { cloneTemplate } from "../dom.js";
import { text } from "../i18n.js";

/**
 * @param {HTMLElement} place
 * @param {object} state
 * @param {boolean} state.isFiltered whether a filter hides stagings that aren’t archived
 * @param {number} state.archived how many archived stagings match the filter
 * @param {boolean} state.hasProjects
 * @param {boolean} state.mayCreateProject
 * @param {boolean} state.mayCreateStaging
 * @param {{newProjectUrl: string, clearFilter: () => void, createStaging: () => void}} actions
 */
export function explainEmptyBoard(place, state, { newProjectUrl, clearFilter, createStaging }) {
  if (state.isFiltered) {
    showEmptyNotice(place, {
      title: text("empty.filtered"),
      sentence: text(state.archived > 0 ? "empty.filtered.archived" : "empty.filtered.do"),
      action: actionButton(text("clearFilters"), clearFilter),
    });
  } else if (!state.hasProjects) {
    showEmptyNotice(place, {
      title: text("empty.projects"),
      sentence: text(state.mayCreateProject ? "empty.projects.create" : "empty.projects.ask"),
      action: state.mayCreateProject ? actionLink(text("newProject"), newProjectUrl) : null,
    });
  } else {
    showEmptyNotice(place, {
      title: text(state.archived > 0 ? "empty.current" : "empty.all"),
      sentence: text(state.mayCreateStaging ? "empty.create" : "empty.ask"),
      action: state.mayCreateStaging ? actionButton(text("newStaging"), createStaging) : null,
    });
  }
}

/** Leaves a notice alone that is shown already, with its focus. */
function showEmptyNotice(place, { title, sentence, action }) {
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

function actionButton(words, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jenkins-button jenkins-button--primary";
  button.textContent = words;
  button.addEventListener("click", onClick);
  return button;
}

function actionLink(words, href) {
  const link = document.createElement("a");
  link.className = "jenkins-button jenkins-button--primary";
  link.href = href;
  link.textContent = words;
  return link;
}
