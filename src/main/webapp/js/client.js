/** Talks to Jenkins: JSON in, JSON out, with the crumb, and with errors that pages can explain. */

/** In milliseconds. */
const REQUEST_TIMEOUT = 60000;

/** Jenkins doesn’t answer, or is starting or stopping. */
export class ConnectionError extends Error {}

/** The user isn’t logged in any more. */
export class SessionExpiredError extends Error {}

/**
 * @typedef {object} JsonResponse
 * @property {number} status of HTTP; 304 has no body
 * @property {any} body what the JSON says; null if there is none
 * @property {string | null} etag of the response
 */

/**
 * @param {string} url
 * @param {{etag?: string | null, signal?: AbortSignal}} [options] the ETag of the answer that the page has
 * @returns {Promise<JsonResponse>}
 */
export function getJson(url, { etag = null, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (etag) {
    headers["If-None-Match"] = etag;
  }
  return requestJson(url, { headers, signal });
}

/**
 * @param {string} url
 * @param {any} body what is sent as JSON
 * @returns {Promise<JsonResponse>}
 */
export function postJson(url, body) {
  return requestJson(url, {
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
  const response = await request(url, { headers, signal });
  return {
    status: response.status,
    html: response.ok ? await response.text() : "",
    etag: response.headers.get("ETag"),
  };
}

/**
 * Loads plain text.
 *
 * @param {string | URL} url
 * @returns {Promise<{status: number, body: string | null}>} null if the answer is something else, such as a page with an error
 */
export async function getText(url) {
  const response = await request(url, { headers: { Accept: "text/plain" } });
  const isPlain = (response.headers.get("Content-Type") ?? "").startsWith("text/plain");
  return { status: response.status, body: isPlain ? await response.text() : null };
}

async function requestJson(url, options) {
  const response = await request(url, options);
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.ok && !isJson && response.status !== 204) {
    throw new SessionExpiredError("not JSON: " + url);
  }
  return {
    status: response.status,
    body: isJson ? await response.json() : null,
    etag: response.headers.get("ETag"),
  };
}

async function request(url, options) {
  let response;
  try {
    response = await fetch(url, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      ...options,
      signal: options.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT),
    });
  } catch (e) {
    if (e.name === "AbortError") {
      throw e;
    }
    throw new ConnectionError(e.message, { cause: e });
  }
  if (response.type === "opaqueredirect" || response.status === 401) {
    throw new SessionExpiredError("sent elsewhere: " + url);
  }
  if ([502, 503, 504].includes(response.status) && isHtml(response)) {
    throw new ConnectionError("not ready: " + response.status);
  }
  if (response.status === 403 && isLoginPage(response)) {
    throw new SessionExpiredError("not allowed: " + url);
  }
  return response;
}

function isHtml(response) {
  return (response.headers.get("Content-Type") ?? "").includes("html");
}

/** Jenkins answers so if an anonymous user has no permission. */
function isLoginPage(response) {
  const who = response.headers.get("X-You-Are-Authenticated-As");
  return isHtml(response) && (who === null || who === "anonymous");
}
