/**
 * Makes a part of the page what Jenkins has sent, by changing no more than what has changed: what people have focused, opened,
 * typed or scrolled stays. Elements are known again by `data-key` or `id`; what is inside of `data-keep` isn’t touched.
 */

/** What Jenkins has sent of an element, to leave alone what the page’s scripts have made of it since. */
const served = new WeakMap();
const servedAttributes = new WeakMap();

/**
 * Takes note of what Jenkins has sent; to be called before any script changes it.
 *
 * @param {Element} root
 */
export function rememberServed(root) {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    served.set(element, element.outerHTML);
    servedAttributes.set(element, element.getAttributeNames());
  }
}

/**
 * @param {Element} live of the page
 * @param {Element} next as Jenkins has sent it
 * @returns {Element[]} those that are new on the page, or have another tooltip, which Jenkins has to set up
 */
export function morph(live, next) {
  const added = [];
  morphElement(live, next, added);
  return added;
}

function morphElement(live, next, added) {
  const html = next.outerHTML;
  if (served.get(live) === html) {
    return;
  }
  if (live.getAttribute("tooltip") !== next.getAttribute("tooltip")) {
    added.push(live);
  }
  const keepsTime = live.localName === "time" && live.dateTime === next.dateTime;
  morphAttributes(live, next);
  if (!live.hasAttribute("data-keep") && !keepsTime) {
    morphChildren(live, next, added);
  }
  served.set(live, html);
}

/** What a script has added is left; what Jenkins has sent before and doesn’t now is removed. */
function morphAttributes(live, next) {
  const names = next.getAttributeNames();
  for (const name of names) {
    const value = next.getAttribute(name);
    if (live.getAttribute(name) !== value) {
      live.setAttribute(name, value);
    }
  }
  for (const name of servedAttributes.get(live) ?? []) {
    if (!names.includes(name)) {
      live.removeAttribute(name);
    }
  }
  servedAttributes.set(live, names);
}

function morphChildren(live, next, added) {
  const keyed = new Map();
  for (const child of live.children) {
    if (keyOf(child) !== null) {
      keyed.set(keyOf(child), child);
    }
  }
  const wanted = new Set([...next.children].map(keyOf));
  for (const [key, child] of keyed) {
    if (!wanted.has(key)) {
      child.remove();
      keyed.delete(key);
    }
  }
  let place = live.firstChild;
  for (const child of [...next.childNodes]) {
    const match = findCounterpart(child, place, keyed);
    if (match === null) {
      const fresh = document.importNode(child, true);
      live.insertBefore(fresh, place);
      if (fresh instanceof Element) {
        rememberServed(fresh);
        added.push(fresh);
      }
      continue;
    }
    place = skipText(place, match);
    if (match === place) {
      place = place.nextSibling;
    } else {
      move(live, match, place);
    }
    if (match instanceof Element) {
      morphElement(match, child, added);
    } else if (match.data !== child.data) {
      match.data = child.data;
    }
  }
  while (place !== null) {
    const rest = place.nextSibling;
    place.remove();
    place = rest;
  }
}

/** Removes text that stands before an element rather than moving that, which would lose its focus. */
function skipText(place, match) {
  let end = place;
  while (end !== null && end !== match && end.nodeType === Node.TEXT_NODE) {
    end = end.nextSibling;
  }
  if (end !== match) {
    return place;
  }
  while (place !== match) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
  return place;
}

/** Keeps focus and scroll position, where the browser can. */
function move(container, node, place) {
  if (container.moveBefore) {
    container.moveBefore(node, place);
  } else {
    container.insertBefore(node, place);
  }
}

/** The node of the page that will become `child`; null if there is none. */
function findCounterpart(child, place, keyed) {
  if (child.nodeType !== Node.ELEMENT_NODE) {
    return place !== null && place.nodeType === child.nodeType ? place : null;
  }
  const key = keyOf(child);
  if (key !== null) {
    const match = keyed.get(key);
    return match !== undefined && match.localName === child.localName ? match : null;
  }
  // Text between elements comes and goes with them.
  let next = place;
  while (next !== null && next.nodeType !== Node.ELEMENT_NODE) {
    next = next.nextSibling;
  }
  return next !== null && next.localName === child.localName && keyOf(next) === null ? next : null;
}

function keyOf(element) {
  return element.getAttribute("data-key") ?? (element.id || null);
}
