import js from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
import globals from "globals";

const SCRIPTS = "src/main/webapp/js";
const TESTS = "src/test/js";

/** Properties of `window` whose names say nothing of it: `name` is a forgotten variable, not the window's name. */
const CONFUSING = [
  "alert",
  "close",
  "closed",
  "confirm",
  "event",
  "find",
  "focus",
  "length",
  "name",
  "open",
  "origin",
  "parent",
  "print",
  "prompt",
  "scroll",
  "status",
  "stop",
  "top",
];

export default [
  { ignores: ["**/target/", "work/"] },
  js.configs.recommended,
  {
    files: ["**/*.js"],
    plugins: { "import-x": importX },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: {
      curly: "error",
      eqeqeq: "error",
      "import-x/export": "error",
      "import-x/first": "error",
      "import-x/named": "error",
      "import-x/newline-after-import": "error",
      "import-x/no-cycle": "error",
      "import-x/no-duplicates": "error",
      "import-x/no-mutable-exports": "error",
      "import-x/no-self-import": "error",
      "no-restricted-globals": ["error", ...CONFUSING],
      "no-shadow": ["error", { builtinGlobals: true, allow: ["event", "name", "status"] }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: [SCRIPTS + "/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      // The browser loads each by its address: there is no bundler.
      "import-x/extensions": ["error", "always"],
      "import-x/no-unresolved": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: layers() }],
    },
  },
  {
    files: [TESTS + "/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    // Tests make such globals as `window` themselves.
    rules: { "no-shadow": ["error", { builtinGlobals: false }] },
  },
];

/** A module imports what stands below it: pages, then board/ and dialog/, then the modules that both of these share. */
function layers() {
  const pages = ["stagingsPage.js", "stagingPage.js", "runPage.js", "podLog.js", "dialog/openButtons.js"];
  const shared = `!(${pages.filter((page) => !page.includes("/")).join("|")})`;
  const zone = (target, from) => ({ target: `${SCRIPTS}/${target}`, from: from.map((path) => `${SCRIPTS}/${path}`) });
  return [zone("**", pages), zone(shared, ["board", "dialog"]), zone("board", ["dialog"]), zone("dialog", ["board"])];
}
