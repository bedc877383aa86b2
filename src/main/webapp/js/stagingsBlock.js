/** The stagings on the page of a build or job: kept up to date, and removed when there is nothing left to show. */

import { startLiveUpdates } from "./liveUpdates.js";

const ID = "octopod-block";

startLiveUpdates(
  document.getElementById("octopod-live").dataset.url,
  [ID],
  () => {},
  () => document.getElementById(ID).remove(),
);
