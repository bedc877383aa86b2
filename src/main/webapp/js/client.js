/** Talks to Jenkins: JSON in, JSON out, with the crumb, and with errors that say what a page can say. */

/** In milliseconds; who doesn’t answer within that time doesn’t answer. */
const LONGEST = 60000;

/** Jenkins doesn’t answer, or answers as it does while it starts or stops. */
export class Disconnected extends Error {}

/** Whoever opened the page isn’t logged in any more. */
export class LoggedOut extends Error {}

/**
 * @typedef {object} Answer
 * @property {number} status of HTTP; 304 has no body
 * @property {any} body what the JSON says; null where there is none
 * @property {string | null} etag of the answer
 */

/**
 * @param {string} url
 * @param {{etag?: string | null, signal?: AbortSignal}} [options] the ETag of the answer that the page has
 * @returns {Promise<Answer>}
 */
export function getJson(url, { etag = null, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (etag) {
    headers["If-None-Match"] = etag;
  }
  return ask(url, { headers, signal });
}

/**
 * @param {string} url
 * @param {any} body what is sent as JSON
 * @returns {Promise<Answer>}
 */
export function postJson(url, body) {
  return ask(url, {
    method: "POST",
    headers: window.crumb.wrap({
      Accept: "application/json",
      "Content-Type": "application/json",
    }),
    body: JSON.stringify(body ?? null),
  });
}

/**
 * Asks for a piece of a page.
 *
 * @param {string} url
 * @param {{etag?: string | null, signal?: AbortSignal}} [options]
 * @returns {Promise<{status: number, html: string, etag: string | null}>}
 */
export async function getHtml(url, { etag = null, signal } = {}) {
  const headers = { Accept: "text/html" };
  if (etag) {
    headers["If-None-Match"] = etag;
  }
  const response = await reach(url, { headers, signal });
  return {
    status: response.status,
    html: response.ok ? await response.text() : "",
    etag: response.headers.get("ETag"),
  };
}

async function ask(url, options) {
  const response = await reach(url, options);
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.ok && !isJson && response.status !== 204) {
    throw new LoggedOut("not JSON: " + url);
  }
  return {
    status: response.status,
    body: isJson ? await response.json() : null,
    etag: response.headers.get("ETag"),
  };
}

async function reach(url, options) {
  let response;
  try {
    response = await fetch(url, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      ...options,
      signal: options.signal ?? AbortSignal.timeout(LONGEST),
    });
  } catch (e) {
    if (e.name === "AbortError") {
      throw e;
    }
    throw new Disconnected(e.message, { cause: e });
  }
  if (response.type === "opaqueredirect" || response.status === 401) {
    throw new LoggedOut("sent elsewhere: " + url);
  }
  if ([502, 503, 504].includes(response.status) && isPage(response)) {
    throw new Disconnected("not ready: " + response.status);
  }
  if (response.status === 403 && isLoginPage(response)) {
    throw new LoggedOut("not allowed: " + url);
  }
  return response;
}

function isPage(response) {
  return (response.headers.get("Content-Type") ?? "").includes("html");
}

/** Jenkins answers so to those who are nobody and may therefore do nothing. */
function isLoginPage(response) {
  const who = response.headers.get("X-You-Are-Authenticated-As");
  return isPage(response) && (who === null || who === "anonymous");
}
