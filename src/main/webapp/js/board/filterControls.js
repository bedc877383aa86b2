/** What people look for: in the controls above the table and in the page’s address, so that it can be sent to a colleague. */

const NOTHING = {
  q: "",
  status: "",
  project: "",
  mine: false,
  sort: "name",
  archived: false,
};

export class Filters {
  /** @type {import("./stagingsModel.js").Filter} */
  value;
  #changed;
  #search = document.getElementById("octopod-search");
  #status = document.getElementById("octopod-status-filter");
  #project = document.getElementById("octopod-project-filter");
  #mine = document.getElementById("octopod-mine");
  #archived = document.getElementById("octopod-archived");

  /** @param {() => void} changed is called when somebody looks for something else */
  constructor(changed) {
    this.#changed = changed;
    this.#read();
    this.#search.addEventListener("input", () => this.set({ q: this.#search.value }));
    this.#status.addEventListener("change", () => this.set({ status: this.#status.value }));
    this.#project.addEventListener("change", () => this.set({ project: this.#project.value }));
    this.#mine.addEventListener("change", () => this.set({ mine: this.#mine.checked }));
    this.#archived.addEventListener("toggle", () => {
      if (this.#archived.open !== this.value.archived) {
        this.set({ archived: this.#archived.open });
      }
    });
    window.addEventListener("popstate", () => {
      this.#read();
      changed();
    });
  }

  /** Whether it is looked for something in particular. */
  get isActive() {
    const { q, status, project, mine } = this.value;
    return Boolean(q.trim() || status || project || mine);
  }

  set(part) {
    this.value = { ...this.value, ...part };
    this.#write();
    this.#changed();
  }

  clear() {
    const { sort, archived } = this.value;
    this.value = { ...NOTHING, sort, archived };
    this.#write();
    this.#showControls();
    this.#changed();
    this.#search.focus();
  }

  /**
   * Offers the projects that there are.
   *
   * @param {Iterable<{id: string, name: string}>} projects
   * @param {boolean} known whether a viewer is known, without whom nothing is “mine”
   */
  offer(projects, known) {
    const all = [...projects];
    const options = all.map((project) => new Option(project.name, project.id));
    const offered = [...this.#project.options].slice(1);
    const same =
      offered.length === options.length &&
      offered.every((option, i) => option.value === options[i].value && option.text === options[i].text);
    if (!same) {
      this.#project.replaceChildren(this.#project.options[0], ...options);
    }
    this.#project.value = this.value.project;
    this.#project.parentElement.hidden = all.length < 2;
    this.#mine.parentElement.hidden = !known;
  }

  #read() {
    const asked = new URLSearchParams(location.search);
    this.value = {
      q: asked.get("q") ?? "",
      status: asked.get("status") ?? "",
      project: asked.get("project") ?? "",
      mine: asked.has("mine"),
      sort: asked.get("sort") ?? NOTHING.sort,
      archived: asked.has("archived"),
    };
    this.#showControls();
  }

  #showControls() {
    const { q, status, project, mine, archived } = this.value;
    if (this.#search.value !== q) {
      this.#search.value = q;
    }
    this.#status.value = status;
    this.#project.value = project;
    this.#mine.checked = mine;
    this.#archived.open = archived;
  }

  #write() {
    const asked = new URLSearchParams(location.search);
    for (const [name, nothing] of Object.entries(NOTHING)) {
      const value = this.value[name];
      if (value === nothing) {
        asked.delete(name);
      } else {
        asked.set(name, value === true ? "" : value);
      }
    }
    const search = asked.toString().replace(/=(?=&|$)/g, "");
    history.replaceState(history.state, "", location.pathname + (search ? "?" + search : "") + location.hash);
  }
}
