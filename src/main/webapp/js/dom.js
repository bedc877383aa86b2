/** Finds and copies pieces of a page. */

/**
 * @param {string} id of a `<template>`
 * @returns {HTMLElement} a copy of the one element in it
 */
export function cloneTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement} the element below `root` with that `data-part`
 */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/**
 * Replaces the text of an element only if it differs, because screen readers read each change of a live region.
 *
 * @param {Element} element
 * @param {string} words
 */
export function showText(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}
