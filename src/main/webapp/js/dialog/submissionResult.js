const CONFLICT_STATUS = 412;

/**
 * The result of a submission.
 *
 * - ACCEPTED: for all stagings
 * - CONFLICT: another user has changed the overrides of the only staging
 * - REFUSED: for all stagings, with the same message
 * - PARTLY_REFUSED: for some stagings, or with different messages
 *
 * @param {import("../backgroundTasks.js").TaskOutcome[]} outcomes
 * @returns {{kind: "ACCEPTED" | "CONFLICT" | "REFUSED" | "PARTLY_REFUSED", accepted: object[], refused: object[], isWaitable: boolean}}
 *   `isWaitable`: whether all refused requests can run after the current actions of their stagings
 */
export function submissionResult(outcomes) {
  const refused = outcomes.filter(({ state }) => state === "REFUSED");
  return {
    kind: kindOf(outcomes, refused),
    accepted: outcomes.filter((outcome) => !refused.includes(outcome)),
    refused,
    isWaitable: refused.length > 0 && refused.every(({ refusal }) => refusal.waitable),
  };
}

function kindOf(outcomes, refused) {
  if (refused.length === 0) {
    return "ACCEPTED";
  }
  if (outcomes.length === 1 && refused[0].refusal.statusCode === CONFLICT_STATUS) {
    return "CONFLICT";
  }
  const sentences = new Set(refused.map(({ refusal }) => refusal.sentence));
  return refused.length === outcomes.length && sentences.size === 1 ? "REFUSED" : "PARTLY_REFUSED";
}
