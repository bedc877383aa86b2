/** The page’s language, and its texts, which are in `<template data-octopod-texts>`. */

let texts = null;

function loadTexts() {
  texts = new Map();
  for (const template of document.querySelectorAll("template[data-octopod-texts]")) {
    for (const element of template.content.querySelectorAll("[data-text]")) {
      texts.set(element.dataset.text, element.textContent.trim());
    }
  }
}

/**
 * @param {string} key
 * @param {...(string | number)} values for `{0}`, `{1}`, …
 * @returns {string}
 */
export function text(key, ...values) {
  if (texts === null) {
    loadTexts();
  }
  const pattern = texts.get(key);
  if (pattern === undefined) {
    throw new Error("no text " + key);
  }
  return pattern.replace(/\{(\d)\}/g, (hole, index) => values[index] ?? hole);
}

/** @returns {string | undefined} for the formats of `Intl`; undefined for the browser’s own language */
export function pageLanguage() {
  return document.documentElement.lang || undefined;
}
