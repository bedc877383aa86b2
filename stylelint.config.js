export default {
  extends: "stylelint-config-standard",
  reportNeedlessDisables: true,
  rules: {
    // BEM, as Jenkins names its classes; a modifier can be the name of an enum constant.
    "selector-class-pattern":
      "^[a-z0-9]+(-[a-z0-9]+)*(__[a-z0-9]+(-[a-z0-9]+)*)*(--([a-z0-9]+(-[a-z0-9]+)*|[A-Z_]+))?$",
    // Rules are grouped by the part of the page that they style.
    "no-descending-specificity": null,
  },
};
