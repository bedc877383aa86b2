/** The menu of a row: its operations, and why some aren’t available. */

import { cloneTemplate } from "../dom.js";
import { positionBelow } from "../popover.js";
import { OPERATIONS, unavailableReason } from "./availability.js";

let current = null;

/**
 * Opens the menu of a row, or closes it if it is open.
 *
 * @param {HTMLElement} button
 * @param {object} row
 * @param {string} root URL of Jenkins
 * @param {(operation: string) => void} onChoose
 */
export function toggleMenu(button, row, root, onChoose) {
  if (current?.button === button) {
    current.menu.hidePopover();
    return;
  }
  const menu = cloneTemplate("octopod-menu");
  menu.append(...menuItems(row, root));
  document.body.append(menu);
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      removeMenu(menu, button);
    }
  });
  menu.addEventListener("click", (event) => {
    const item = event.target.closest("[data-operation]");
    if (item && item.getAttribute("aria-disabled") !== "true") {
      menu.hidePopover();
      onChoose(item.dataset.operation);
    }
  });
  menu.addEventListener("keydown", (event) => moveFocus(event, menu));
  menu.showPopover();
  positionBelow(menu, button);
  button.setAttribute("aria-expanded", "true");
  current = { menu, button };
  menu.querySelector("[role=menuitem]")?.focus();
}

function removeMenu(menu, button) {
  const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
  button.setAttribute("aria-expanded", "false");
  current = null;
  // Later, because the listener that closed it may still use it.
  setTimeout(() => menu.remove());
  if (hadFocus && button.isConnected) {
    button.focus();
  }
}

function menuItems(row, root) {
  const operations = OPERATIONS.filter(({ name }) => name !== "abort" || row.activity).map((operation) => {
    const item = cloneTemplate("octopod-operation-" + operation.name);
    const why = unavailableReason(operation, row);
    if (why !== null) {
      item.setAttribute("aria-disabled", "true");
      item.classList.remove("jenkins-!-destructive-color");
      item.querySelector(".octopod-menu__why").textContent = why;
    }
    return item;
  });
  if (row.newLike) {
    operations.push(linkItem("like", root + row.newLike));
  }
  if ((row.may ?? []).includes("build")) {
    operations.push(linkItem("note", root + row.url + "note/"));
    operations.push(linkItem("lifetime", root + row.url + "lifetime/"));
  }
  if (row.console) {
    operations.push(linkItem("console", root + row.console));
  }
  return operations;
}

function linkItem(name, href) {
  const item = cloneTemplate("octopod-operation-" + name);
  item.href = href;
  return item;
}

function moveFocus(event, menu) {
  const all = [...menu.querySelectorAll("[role=menuitem]")];
  const at = all.indexOf(document.activeElement);
  const target = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at + all.length - 1) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (target !== undefined) {
    event.preventDefault();
    all[target].focus();
  } else if (event.key === "Tab") {
    menu.hidePopover();
  }
}
