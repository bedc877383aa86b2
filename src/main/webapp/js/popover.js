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
