import { SubmissionExpiredError } from "../backgroundTasks.js";
import { ConnectionError, SessionExpiredError } from "../client.js";
import { text } from "../i18n.js";
import { RequestError } from "./formApi.js";

/**
 * @param {Error} e that a request of the dialog has thrown
 * @returns {string} the message for the user
 */
export function errorMessage(e) {
  if (e instanceof ConnectionError) {
    return text("dialog.disconnected");
  }
  if (e instanceof SessionExpiredError) {
    return text("dialog.loggedOut");
  }
  if (e instanceof SubmissionExpiredError) {
    return text("dialog.forgotten");
  }
  if (e instanceof RequestError) {
    return text({ 403: "dialog.forbidden", 404: "dialog.notFound" }[e.status] ?? "dialog.failed", e.status);
  }
  console.error(e);
  return text("dialog.failed", e.message);
}
