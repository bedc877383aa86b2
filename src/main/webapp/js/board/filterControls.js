/** The filter of the table, in the controls above it and in the page’s address, which can be sent to a colleague. */

const DEFAULTS = {
  q: "",
  status: "",
  project: "",
  mine: false,
  sort: "name",
  archived: false,
};

export class FilterControls {
  /** @type {import("./stagingsModel.js").Filter} */
  value;
  #onChange;
  #search = document.getElementById("octopod-search");
  #status = document.getElementById("octopod-status-filter");
  #project = document.getElementById("octopod-project-filter");
  #mine = document.getElementById("octopod-mine");
  #archived = document.getElementById("octopod-archived");

  /** @param {() => void} onChange is called when the filter has changed */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#readAddress();
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
      this.#readAddress();
      onChange();
    });
  }

  /** Whether the filter excludes anything. */
  get isActive() {
    const { q, status, project, mine } = this.value;
    return Boolean(q.trim() || status || project || mine);
  }

  set(part) {
    this.value = { ...this.value, ...part };
    this.#writeAddress();
    this.#onChange();
  }

  clear() {
    const { sort, archived } = this.value;
    this.value = { ...DEFAULTS, sort, archived };
    this.#writeAddress();
    this.#showControls();
    this.#onChange();
    this.#search.focus();
  }

  /**
   * Updates the projects to choose from.
   *
   * @param {Iterable<{id: string, name: string}>} projects
   * @param {boolean} hasViewer false for anonymous users, for whom nothing is “mine”
   */
  showProjects(projects, hasViewer) {
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
    this.#mine.parentElement.hidden = !hasViewer;
  }

  #readAddress() {
    const parameters = new URLSearchParams(location.search);
    this.value = {
      q: parameters.get("q") ?? "",
      status: parameters.get("status") ?? "",
      project: parameters.get("project") ?? "",
      mine: parameters.has("mine"),
      sort: parameters.get("sort") ?? DEFAULTS.sort,
      archived: parameters.has("archived"),
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

  #writeAddress() {
    const parameters = new URLSearchParams(location.search);
    for (const [name, defaultValue] of Object.entries(DEFAULTS)) {
      const value = this.value[name];
      if (value === defaultValue) {
        parameters.delete(name);
      } else {
        parameters.set(name, value === true ? "" : value);
      }
    }
    const search = parameters.toString().replace(/=(?=&|$)/g, "");
    history.replaceState(history.state, "", location.pathname + (search ? "?" + search : "") + location.hash);
  }
}
