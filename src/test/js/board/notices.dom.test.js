/** What is shown above the table, or in its place. */

import { click, show } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { showAgentWarnings } from "../../../main/webapp/js/board/agentWarnings.js";
import { explainEmptyBoard } from "../../../main/webapp/js/board/emptyBoard.js";
import { showConnectionState } from "../../../main/webapp/js/connectionNotice.js";

let place;

beforeEach(() => (place = show("<div></div>").firstElementChild));

describe("the connection", () => {
  test("is shown as long as it isn’t live", () => {
    showConnectionState(place, "disconnected", "/jenkins/");
    assert.match(place.textContent, /^Jenkins doesn’t answer/);
    showConnectionState(place, "live", "/jenkins/");
    assert.equal(place.textContent, "");
    showConnectionState(place, "gone", "/jenkins/");
    assert.match(place.textContent, /no longer available/);
  });

  test("of a user who is logged out has a link that leads back", () => {
    showConnectionState(place, "loggedOut", "/jenkins/");
    assert.equal(place.querySelector("a").getAttribute("href"), "/jenkins/login?from=%2Fjenkins%2Fjob%2Fdemo%2F");
  });
});

describe("projects without an agent", () => {
  const warnings = (projects, single = false) => {
    showAgentWarnings(place, projects, single);
    return [...place.children].map((element) => element.textContent.replace(/[:,] .*/, ""));
  };
  const project = (agents, more = {}) => ({ name: "Shop", agents, ...more });

  test("are named if there are several", () => {
    assert.deepEqual(warnings([project("ONLINE"), project("OFFLINE", { labelled: true, label: "linux" })]), ["Shop"]);
    assert.match(place.textContent, /no agent with the label “linux” is connected/);
    assert.deepEqual(warnings([project("NONE", { labelled: true, label: "linux" })], true), [
      "No agent has the label “linux”",
    ]);
  });

  test("can have a label that the user isn’t allowed to see, or none", () => {
    assert.deepEqual(warnings([project("OFFLINE", { labelled: true })], true), [
      "No agent with the project’s label is connected",
    ]);
    assert.deepEqual(warnings([project("OFFLINE")], true), ["No agent is connected"]);
  });

  test("whose warnings are the same are left alone", () => {
    warnings([project("OFFLINE")]);
    const [warning] = place.children;
    warnings([project("OFFLINE")]);
    assert.equal(place.firstElementChild, warning);
    assert.deepEqual(warnings([project("ONLINE")]), []);
  });
});

describe("an empty table", () => {
  let calls;
  const actions = {
    newProjectUrl: "/jenkins/view/all/newJob",
    clearFilter: () => calls.push("clear"),
    createStaging: () => calls.push("create"),
  };
  const state = {
    isFiltered: false,
    archived: 0,
    hasProjects: true,
    mayCreateProject: false,
    mayCreateStaging: false,
  };
  const explain = (changes) => {
    explainEmptyBoard(place, { ...state, ...changes }, actions);
    const action = place.querySelector("button, a");
    return [place.dataset.empty.slice(0, 22), action?.textContent ?? null];
  };

  beforeEach(() => (calls = []));

  test("says why, and offers what helps", () => {
    assert.deepEqual(explain({ isFiltered: true }), ["No staging in use matc", "Show all"]);
    click(place.querySelector("button"));
    assert.deepEqual(explain({ hasProjects: false }), ["No projects yetThere i", null]);
    assert.deepEqual(explain({ hasProjects: false, mayCreateProject: true }), [
      "No projects yetStaging",
      "New project",
    ]);
    assert.equal(place.querySelector("a").getAttribute("href"), actions.newProjectUrl);
    assert.deepEqual(explain({}), ["No stagings yetStaging", null]);
    assert.deepEqual(explain({ mayCreateStaging: true, archived: 1 }), ["No staging is in useCr", "New staging"]);
    click(place.querySelector("button"));
    assert.deepEqual(calls, ["clear", "create"]);
  });

  test("that is explained already is left alone", () => {
    explain({});
    const notice = place.firstElementChild;
    explain({});
    assert.equal(place.firstElementChild, notice);
  });
});
