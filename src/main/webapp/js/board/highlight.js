/** Shows in a text what a search has found in it. */

/**
 * @param {string} words
 * @param {string[]} tokens in lower case
 * @returns {DocumentFragment} the words, with `<mark>` around what was searched for
 */
export function marked(words, tokens) {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const [from, to] of findings(words.toLowerCase(), tokens)) {
    fragment.append(words.slice(at, from));
    const mark = document.createElement("mark");
    mark.textContent = words.slice(from, to);
    fragment.append(mark);
    at = to;
  }
  fragment.append(words.slice(at));
  return fragment;
}

/** Where the tokens are; those that touch or overlap as one. */
function findings(words, tokens) {
  const found = [];
  for (const token of tokens) {
    for (let at = words.indexOf(token); at >= 0; at = words.indexOf(token, at + token.length)) {
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
