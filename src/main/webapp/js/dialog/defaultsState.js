/** What the control scripts have printed so far: the answer of `FormApi.loadDefaults`. */

/**
 * @param {{defaults: object, keys: object}} config of one kind
 * @returns {boolean} whether there is more to come
 */
export function isPending(config) {
  return config.defaults.pending || config.keys.pending;
}

/**
 * @param {{deployment: object, application: object, tags: object}} both
 * @returns {boolean} whether there is more to come
 */
export function isAnyPending(both) {
  return isPending(both.deployment) || isPending(both.application) || both.tags.pending;
}

/**
 * @param {{defaults: object, keys: object}} config of one kind
 * @returns {boolean} whether all its keys are known
 */
export function isComplete(config) {
  return config.defaults.state === "READY" && config.keys.state === "READY" && !isPending(config);
}

/**
 * @param {{defaults: object, keys: object}} config of one kind
 * @param {string} key
 * @returns {boolean} whether the scripts know the key
 */
export function knowsKey(config, key) {
  return config.defaults.list.some((entry) => entry.key === key) || config.keys.list.includes(key);
}

/**
 * @param {{defaults: object}} config of one kind
 * @param {string} key
 * @returns {string | null} null if there is no default, or if it is unknown
 */
export function defaultOf(config, key) {
  return config.defaults.list.find((entry) => entry.key === key)?.value ?? null;
}
