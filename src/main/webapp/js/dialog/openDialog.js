/** Opens the dialog for a new staging and for updates, from any page that has its templates (`<o:dialog/>`). */

import { stagingName } from "../backgroundTasks.js";
import { text } from "../i18n.js";
import { errorMessage } from "./errorMessage.js";
import { Form } from "./form.js";
import { FormApi } from "./formApi.js";

/** Whether the dialog is open or about to open. */
let isOpen = false;

/**
 * @param {object} options
 * @param {{url: string, name: string}[]} options.projects in which the viewer may create stagings, with their URLs from the
 *   root of Jenkins, as `job/demo/`
 * @param {string} [options.project] URL of the one that is chosen at first
 * @param {string} [options.like] name of a staging of the only project, whose overrides the new one gets
 * @returns {Promise<{name: string, url: string} | null>} the new staging, which is being created now, with its URL from the
 *   root of Jenkins; null if there is none
 */
export function openCreateDialog({ projects, project, like }) {
  return runUnlessOpen(null, async () => {
    let copied;
    try {
      copied = like ? await new FormApi(projects[0].url).loadLike(like) : null;
    } catch (e) {
      window.dialog.alert(text("dialog.title.create"), { message: errorMessage(e) });
      return null;
    }
    const outcomes = await openForm({ mode: "CREATE", projects, project, copied });
    return outcomes === null ? null : stagingOf(outcomes[0]);
  });
}

/**
 * @param {object} options
 * @param {{url: string, name: string}} options.staging with its URL from the root of Jenkins, as `job/demo/job/a/`
 * @returns {Promise<{name: string, url: string} | null>} the staging, which is being updated now; null if it isn’t
 */
export function openUpdateDialog({ staging: { url, name } }) {
  return runUnlessOpen(null, async () => {
    const project = projectOf(url);
    let current;
    try {
      current = await new FormApi(project.url).loadCurrent(name);
    } catch (e) {
      window.dialog.alert(text("dialog.title.update", name), {
        message: errorMessage(e),
      });
      return null;
    }
    const outcomes = await openForm({
      mode: "UPDATE",
      projects: [project],
      names: [name],
      current,
    });
    return outcomes === null ? null : stagingOf(outcomes[0]);
  });
}

/**
 * The same overrides for several stagings, over those that each of them has.
 *
 * @param {object} options
 * @param {{url: string, name: string}[]} options.stagings of one project; with others, it is said that it can’t be done
 * @returns {Promise<{name: string, url: string}[]>} those that are being updated now
 */
export async function openBulkUpdateDialog({ stagings }) {
  const urls = new Set(stagings.map(({ url }) => projectOf(url).url));
  if (urls.size !== 1) {
    window.dialog.alert(text("dialog.title.merge", stagings.length), {
      message: text("dialog.oneProject"),
    });
    return [];
  }
  const projects = [projectOf(stagings[0].url)];
  const names = stagings.map(({ name }) => name);
  return runUnlessOpen([], async () => {
    const outcomes = await openForm({ mode: "MERGE", projects, names });
    return (outcomes ?? []).map(stagingOf);
  });
}

/** A second click doesn’t open a second dialog. */
async function runUnlessOpen(fallback, run) {
  if (isOpen) {
    return fallback;
  }
  isOpen = true;
  try {
    return await run();
  } finally {
    isOpen = false;
  }
}

function openForm(options) {
  return new Promise((resolve) => new Form(options, resolve).open());
}

function stagingOf(outcome) {
  return { name: stagingName(outcome), url: outcome.url };
}

function projectOf(url) {
  return { url: url.replace(/job\/[^/]+\/$/, ""), name: "" };
}
