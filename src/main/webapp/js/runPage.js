/** A run’s page: kept up to date until the run is done. */

import { keepLive } from "./liveUpdates.js";

keepLive(document.getElementById("octopod-live").dataset.url, ["octopod-run"]);
