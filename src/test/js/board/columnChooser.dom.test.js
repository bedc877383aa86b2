import { show } from "../fixtures/domPage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnChooser } from "../../../main/webapp/js/board/columnChooser.js";
import { settle } from "../fixtures/jenkins.js";

let board;
let sent;

const box = (column) => board.querySelector(`[data-column-choice=${column}]`);

function open(hidden, url) {
  board = show(`<section data-hidden-columns="${hidden}">
    <button id="octopod-columns-button" aria-expanded="false"></button>
    <fieldset id="octopod-columns-menu">
      <input type="checkbox" data-column-choice="links" checked><input type="checkbox" data-column-choice="tag" checked>
    </fieldset></section>`).firstElementChild;
  sent = [];
  globalThis.fetch = async (address, { body }) => {
    sent.push([address, JSON.parse(body)]);
    return new Response(null, { status: 204 });
  };
  new ColumnChooser(board, url);
}

function choose(column, shown) {
  box(column).checked = shown;
  box(column).dispatchEvent(new Event("change", { bubbles: true }));
}

test("columns that were hidden before aren’t checked", () => {
  open("tag", "board/columns");
  assert.deepEqual([box("links").checked, box("tag").checked], [true, false]);
});

test("a choice counts at once and is saved", async () => {
  open("tag", "board/columns");
  choose("links", false);
  assert.equal(board.dataset.hiddenColumns, "links tag");
  choose("tag", true);
  assert.equal(board.dataset.hiddenColumns, "links");
  await settle();
  assert.deepEqual(sent, [
    ["board/columns", { hidden: ["links", "tag"] }],
    ["board/columns", { hidden: ["links"] }],
  ]);
});

test("the choice of a user who isn’t logged in is only for this page", async () => {
  open("", "");
  choose("links", false);
  assert.equal(board.dataset.hiddenColumns, "links");
  await settle();
  assert.deepEqual(sent, []);
});

test("a choice that can’t be saved counts all the same", async () => {
  open("", "board/columns");
  globalThis.fetch = async () => {
    throw new TypeError("no connection");
  };
  choose("links", false);
  await settle();
  assert.equal(board.dataset.hiddenColumns, "links");
});

test("the button says whether the menu is open", () => {
  open("", "");
  const menu = document.getElementById("octopod-columns-menu");
  const button = document.getElementById("octopod-columns-button");
  menu.dispatchEvent(Object.assign(new Event("toggle"), { newState: "open" }));
  assert.equal(button.getAttribute("aria-expanded"), "true");
  assert.equal(document.activeElement, box("links"));
  menu.dispatchEvent(Object.assign(new Event("toggle"), { newState: "closed" }));
  assert.equal(button.getAttribute("aria-expanded"), "false");
});
