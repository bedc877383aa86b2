import { show } from "./fixtures/domPage.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { morph, rememberServed } from "../../main/webapp/js/morph.js";

let live;

function serve(html) {
  live = show(`<div id="part">${html}</div>`).firstElementChild;
  rememberServed(live);
}

function receive(html) {
  const next = document.createElement("div");
  next.innerHTML = `<div id="part">${html}</div>`;
  return morph(live, next.firstElementChild);
}

const find = (selector) => live.querySelector(selector);

beforeEach(() => serve(""));

test("the part becomes what Jenkins has sent", () => {
  for (const html of [
    "",
    "text",
    "<p>a</p>",
    "<p>a</p>text<p>b</p>",
    "<ul><li>1</li><li>2</li></ul>",
    '<p class="x" title="y">a</p><!--comment-->',
    "<b>a</b><p>b</p>",
    "text only",
    '<li data-key="1">1</li><li data-key="2">2</li>',
    '<li data-key="2">2</li><li data-key="3">3</li><li data-key="1">1</li>',
    "",
  ]) {
    receive(html);
    assert.equal(live.innerHTML, html);
  }
});

describe("elements", () => {
  test("with a key are known again", () => {
    serve('<li data-key="a">a</li><li data-key="b">b</li>');
    const b = find("[data-key=b]");
    receive('<li data-key="b">B</li><li data-key="a">a</li>');
    assert.equal(find("[data-key=b]"), b);
    assert.equal(b.textContent, "B");
    assert.equal(live.firstElementChild, b);
  });

  test("with an id are known again", () => {
    serve('<p id="a">a</p><p>b</p>');
    const a = find("#a");
    receive('<p>b</p><p id="a">A</p>');
    assert.equal(find("#a"), a);
  });

  test("with the key of another kind of element are new", () => {
    serve('<p data-key="a">a</p>');
    const a = find("p");
    const added = receive('<div data-key="a">a</div>');
    assert.equal(a.isConnected, false);
    assert.deepEqual(added, [find("div")]);
  });

  test("without a key are known by their place", () => {
    serve("<p>a</p>");
    const a = find("p");
    receive("text<p>b</p>");
    assert.equal(find("p"), a);
  });

  test("keep the focus if text comes before them", () => {
    serve("<button>a</button>");
    find("button").focus();
    receive("text <button>b</button>");
    assert.equal(document.activeElement, find("button"));
  });
});

describe("what is not touched", () => {
  test("an element that Jenkins sends as before, whatever scripts made of it", () => {
    serve("<p>a</p><p>b</p>");
    find("p").textContent = "changed";
    receive("<p>a</p><p>c</p>");
    assert.equal(live.innerHTML, "<p>changed</p><p>c</p>");
  });

  test("what is inside of data-keep", () => {
    serve('<p data-keep="true" class="a">a</p>');
    find("p").textContent = "kept";
    receive('<p data-keep="true" class="b">b</p>');
    assert.equal(live.innerHTML, '<p data-keep="true" class="b">kept</p>');
  });

  test("the words of a time that is the same", () => {
    serve('<time datetime="2026-01-01">then</time>');
    find("time").textContent = "1 day ago";
    receive('<time datetime="2026-01-01" title="x">then</time>');
    assert.equal(find("time").textContent, "1 day ago");
    receive('<time datetime="2026-01-02">now</time>');
    assert.equal(find("time").textContent, "now");
  });

  test("an attribute that a script has added", () => {
    serve('<p class="a" title="x">a</p>');
    find("p").setAttribute("data-open", "true");
    receive('<p class="b">a</p>');
    assert.equal(live.innerHTML, '<p class="b" data-open="true">a</p>');
  });
});

describe("what Jenkins has to set up", () => {
  test("is what is new", () => {
    serve("<p>a</p>");
    const added = receive("<p>a</p><p>b</p>");
    assert.deepEqual(added, [live.lastElementChild]);
  });

  test("is what has another tooltip", () => {
    serve('<p tooltip="a">a</p>');
    assert.deepEqual(receive('<p tooltip="b">a</p>'), [find("p")]);
    assert.deepEqual(receive('<p tooltip="b">c</p>'), []);
  });
});
