/** A run’s page: kept up to date until the run is done. */

import { startLiveUpdates } from "./liveUpdates.js";

startLiveUpdates(document.getElementById("octopod-live").dataset.url, ["octopod-run"]);
