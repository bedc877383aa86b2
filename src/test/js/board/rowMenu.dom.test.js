import { click, show } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { toggleMenu } from "../../../main/webapp/js/board/rowMenu.js";

/** jsdom has no popovers. */
Object.assign(window.HTMLElement.prototype, {
  showPopover() {},
  hidePopover() {
    this.dispatchEvent(Object.assign(new Event("toggle"), { newState: "closed" }));
  },
});

const ROW = { name: "a", url: "job/demo/job/a/", status: "Running", may: ["build"] };

let button;
let chosen;

const menu = () => document.querySelector("[role=menu]");
const items = () => [...menu().querySelectorAll("[role=menuitem], [data-operation]")];
const open = (row) => toggleMenu(button, row, "/jenkins/", (operation) => chosen.push(operation));

beforeEach(() => {
  menu()?.hidePopover();
  menu()?.remove();
  chosen = [];
  button = show("<button>Menu</button>").firstElementChild;
});

test("each operation is there, with the reason if it isn’t available", () => {
  open(ROW);
  const why = (name) => menu().querySelector(`[data-operation=${name}] .octopod-menu__why`).textContent;
  assert.equal(why("update"), "");
  assert.equal(why("restore"), "Not in this status.");
  assert.equal(menu().querySelector("[data-operation=restore]").getAttribute("aria-disabled"), "true");
  assert.equal(menu().querySelector("[data-operation=abort]"), null, "nothing is going on");
  assert.equal(button.getAttribute("aria-expanded"), "true");
});

test("an available operation is chosen and closes the menu", () => {
  open(ROW);
  click(menu().querySelector("[data-operation=restore]"));
  assert.deepEqual(chosen, []);
  click(menu().querySelector("[data-operation=archive]"));
  assert.deepEqual(chosen, ["archive"]);
  assert.equal(button.getAttribute("aria-expanded"), "false");
});

test("the console, the note and the lifetime are links", () => {
  open({ ...ROW, console: "job/demo/job/a/3/console", activity: { run: "#3" } });
  assert.deepEqual(
    [...menu().querySelectorAll("a")].map((link) => link.getAttribute("href")),
    ["/jenkins/job/demo/job/a/note/", "/jenkins/job/demo/job/a/lifetime/", "/jenkins/job/demo/job/a/3/console"],
  );
  assert.notEqual(menu().querySelector("[data-operation=abort]"), null);
  menu().hidePopover();
});

test("the button closes it again", () => {
  open(ROW);
  open(ROW);
  assert.equal(button.getAttribute("aria-expanded"), "false");
});

test("arrow keys move the focus around", () => {
  open({ ...ROW, console: "console" });
  const links = items().filter((item) => item.getAttribute("role") === "menuitem");
  const press = (key) => menu().dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  links[0].focus();
  press("ArrowUp");
  assert.equal(document.activeElement, links.at(-1));
  press("ArrowDown");
  assert.equal(document.activeElement, links[0]);
  press("End");
  assert.equal(document.activeElement, links.at(-1));
  press("Home");
  assert.equal(document.activeElement, links[0]);
  menu().hidePopover();
});

test("a new staging like this one is for users who can create one", () => {
  open({ ...ROW, newLike: "job/demo/?new&like=a" });
  assert.ok(items().some((item) => item.getAttribute("href") === "/jenkins/job/demo/?new&like=a"));
  menu().hidePopover();
  menu()?.remove();
  open(ROW);
  assert.ok(!items().some((item) => item.getAttribute("href")?.includes("like=")));
});
