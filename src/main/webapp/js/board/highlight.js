/** Highlights in a text what a search has found. */

/**
 * @param {string} content
 * @param {string[]} tokens in lower case
 * @returns {DocumentFragment} the text, with `<mark>` around what was searched for
 */
export function highlight(content, tokens) {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const [from, to] of findMatches(content.toLowerCase(), tokens)) {
    fragment.append(content.slice(at, from));
    const mark = document.createElement("mark");
    mark.textContent = content.slice(from, to);
    fragment.append(mark);
    at = to;
  }
  fragment.append(content.slice(at));
  return fragment;
}

/** Where the tokens are; those that touch or overlap as one. */
function findMatches(content, tokens) {
  const found = [];
  for (const token of tokens) {
    for (let at = content.indexOf(token); at >= 0; at = content.indexOf(token, at + token.length)) {
      found.push([at, at + token.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [from, to] of found) {
    const last = joined.at(-1);
    if (last && from <= last[1]) {
      last[1] = Math.max(last[1], to);
    } else {
      joined.push([from, to]);
    }
  }
  return joined;
}
