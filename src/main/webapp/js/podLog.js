/** Shows the log of a pod in a dialog, and follows it for as long as somebody may be looking. */

const INTERVAL = 1500;
const LOADING_INTERVAL = 250;

/** In milliseconds; then the user has to choose again to follow the log. */
const MAX_FOLLOW_TIME = 10 * 60 * 1000;

const dialog = document.getElementById("octopod-pod-log");
const part = (name) => dialog.querySelector('[data-octopod-part="' + name + '"]');
const text = part("text");
const state = part("state");
const follow = part("follow");
const container = part("container");

let address = null;
let timer = null;
let round = 0;
let until = 0;

function logUrl() {
  const asked = new URL(address);
  asked.searchParams.set("container", container.value);
  asked.searchParams.set("lines", part("lines").value);
  asked.searchParams.set("previous", part("previous").checked);
  return asked;
}

function showLog(log) {
  const atEnd = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
  if (text.textContent !== log) {
    text.textContent = log;
    if (atEnd) {
      text.scrollTop = text.scrollHeight;
    }
  }
}

/** Asks once, and again later; what comes after something else was chosen is dropped. */
async function loadLog() {
  clearTimeout(timer);
  const mine = ++round;
  let pause = INTERVAL;
  let log = null;
  let sentence;
  try {
    const answer = await fetch(logUrl());
    const body = await answer.text();
    if (answer.status === 202) {
      sentence = dialog.dataset.loading;
      pause = LOADING_INTERVAL;
    } else if (answer.status === 200) {
      log = body;
      sentence = body === "" ? dialog.dataset.empty : "";
    } else {
      // Of what isn’t ours there is no more than a page.
      const plain = (answer.headers.get("Content-Type") ?? "").startsWith("text/plain");
      sentence = plain ? body : dialog.dataset.lost;
    }
  } catch {
    sentence = dialog.dataset.lost;
  }
  if (mine !== round || !dialog.open) {
    return;
  }
  if (log !== null) {
    showLog(log);
  }
  if (follow.checked && Date.now() > until) {
    follow.checked = false;
    sentence = dialog.dataset.paused;
  }
  if (state.textContent !== sentence) {
    state.textContent = sentence;
  }
  if (follow.checked || sentence === dialog.dataset.loading) {
    timer = setTimeout(loadLog, pause);
  }
}

function restart() {
  until = Date.now() + MAX_FOLLOW_TIME;
  text.textContent = "";
  state.textContent = dialog.dataset.loading;
  loadLog();
}

function openLog(link) {
  address = link.href;
  part("pod").textContent = link.dataset.octopodPod;
  container.replaceChildren(
    ...link.dataset.containers.split(",").map((name) => new Option(name, name, false, name === link.dataset.container)),
  );
  part("previous").checked = false;
  follow.checked = true;
  dialog.showModal();
  restart();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-octopod-pod]");
  // Whoever wants it in another tab gets it there.
  if (link !== null && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openLog(link);
  }
});
for (const name of ["container", "lines", "previous"]) {
  part(name).addEventListener("change", restart);
}
follow.addEventListener("change", () => {
  until = Date.now() + MAX_FOLLOW_TIME;
  if (follow.checked) {
    loadLog();
  }
});
part("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => clearTimeout(timer));
