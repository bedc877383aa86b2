/** Positions popovers. */

/** In pixels. */
const GAP = 4;
const MARGIN = 8;

/**
 * Places an open popover below a button, or above it if there is no space below.
 *
 * @param {HTMLElement} popover with a fixed position
 * @param {HTMLElement} button
 */
export function positionBelow(popover, button) {
  const at = button.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const below = at.bottom + GAP;
  const fits = below + size.height <= window.innerHeight;
  popover.style.top = Math.max(MARGIN, fits ? below : at.top - size.height - GAP) + "px";
  popover.style.left =
    Math.max(MARGIN, Math.min(at.right - size.width, window.innerWidth - size.width - MARGIN)) + "px";
}

/**
 * Places an open popover at the start of a field, as wide as the field, below it or above it, where there is more space.
 *
 * @param {HTMLElement} popover with a fixed position
 * @param {HTMLElement} field
 */
export function positionAtField(popover, field) {
  const at = field.getBoundingClientRect();
  const above = at.top - GAP - MARGIN;
  const below = window.innerHeight - at.bottom - GAP - MARGIN;
  popover.style.maxHeight = "";
  popover.style.width = Math.min(at.width, window.innerWidth - 2 * MARGIN) + "px";
  const size = popover.getBoundingClientRect();
  const fits = size.height <= below || below >= above;
  popover.style.maxHeight = Math.min(size.height, fits ? below : above) + "px";
  popover.style.top = (fits ? at.bottom + GAP : at.top - GAP - Math.min(size.height, above)) + "px";
  popover.style.left = Math.max(MARGIN, Math.min(at.left, window.innerWidth - size.width - MARGIN)) + "px";
}
