/** Shows the log of a pod in a dialog, and follows it for as long as somebody may be looking. */

const INTERVAL = 1500;
const FIRST = 250;

/** In milliseconds; whoever wants more than that says so. */
const LONGEST = 10 * 60 * 1000;

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

function url() {
  const asked = new URL(address);
  asked.searchParams.set("container", container.value);
  asked.searchParams.set("lines", part("lines").value);
  asked.searchParams.set("previous", part("previous").checked);
  return asked;
}

function show(log) {
  const atEnd = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
  if (text.textContent !== log) {
    text.textContent = log;
    if (atEnd) {
      text.scrollTop = text.scrollHeight;
    }
  }
}

/** Asks once, and again later; what comes after something else was chosen is dropped. */
async function ask() {
  clearTimeout(timer);
  const mine = ++round;
  let pause = INTERVAL;
  let log = null;
  let sentence = "";
  try {
    const answer = await fetch(url());
    const body = await answer.text();
    if (answer.status === 202) {
      sentence = dialog.dataset.loading;
      pause = FIRST;
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
    show(log);
  }
  if (follow.checked && Date.now() > until) {
    follow.checked = false;
    sentence = dialog.dataset.paused;
  }
  if (state.textContent !== sentence) {
    state.textContent = sentence;
  }
  if (follow.checked || sentence === dialog.dataset.loading) {
    timer = setTimeout(ask, pause);
  }
}

function begin() {
  until = Date.now() + LONGEST;
  text.textContent = "";
  state.textContent = dialog.dataset.loading;
  ask();
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
  begin();
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
  part(name).addEventListener("change", begin);
}
follow.addEventListener("change", () => {
  until = Date.now() + LONGEST;
  if (follow.checked) {
    ask();
  }
});
part("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => clearTimeout(timer));
