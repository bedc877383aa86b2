# What of a configuration the chart has to be told, as JSON for --values. First file: the chart's values, as values/templates/lines.yaml
# writes them; second: the configuration; third: the staging's host, which counts if the configuration doesn't say another; fourth: what
# counts in any case. The last three are lines KEY=VALUE, in which a backslash is doubled and \n stands for a line break.
#
# Helm merges maps and replaces lists. So a map is told what differs, with null for what was removed, and a list is told as a whole as soon as
# anything in it differs. What doesn't differ keeps the type that it has in the chart.
#
# Environment: all_values, a file like the first, with the values of subcharts, whose types count as well; tag_key, a key whose value is
# text; numbers, a file for lines KEY=VALUE, which are told by --set as well: Helm reads a number in JSON as one with an exponent from seven
# digits on; removed, a file for the keys that are told by null, written as in the first file. A configuration that can't be told is refused: one
# sentence in place of the JSON, and exit code 1.

function refuse(sentence) {
    print sentence
    refused = 1
    exit 1
}

# --- keys -----------------------------------------------------------------------------------------------

# The key as a path: SUBSEP before each part, and an index begins with INDEX. Nothing if it can't be read.
function path_of(key,    path, rest, name, part) {
    if (key in paths) {
        return paths[key]
    }
    path = ""
    rest = key
    while (rest != "") {
        part = part_length(rest)
        if (part == 0) {
            return paths[key] = ""
        }
        path = path SUBSEP name_in(substr(rest, 1, part))
        rest = substr(rest, part + 1)
        while (match(rest, /^\[[0-9]+\]/) && RLENGTH < 10) {
            path = path SUBSEP INDEX (substr(rest, 2, RLENGTH - 2) + 0)
            rest = substr(rest, RLENGTH + 1)
        }
        if (rest != "" && (substr(rest, 1, 1) != "." || rest == ".")) {
            return paths[key] = ""
        }
        rest = substr(rest, 2)
    }
    notation[path] = key
    return paths[key] = path
}

# The length of the name that the text begins with, with its backslashes.
function part_length(text,    at) {
    at = 1
    while (match(substr(text, at), /^([^.[\\[:cntrl:]]|\\[^[:cntrl:]])/)) {
        at += RLENGTH
    }
    return at - 1
}

# The text without the backslashes that keep dots and brackets.
function name_in(text,    at, result) {
    result = ""
    while ((at = index(text, "\\")) > 0) {
        result = result substr(text, 1, at - 1) substr(text, at + 1, 1)
        text = substr(text, at + 2)
    }
    return result text
}

# The path of a key of the configuration, which is refused if it can't be read.
function required_path_of(key,    path) {
    path = path_of(key)
    if (path == "") {
        gsub(/[[:cntrl:]]/, "?", key)
        refuse("\"" key "\" can't be read as a key: it must be like name.name or name[0].name, with a backslash before a dot in a name.")
    }
    return path
}

function parent_of(path) {
    while (path != "" && substr(path, length(path)) != SUBSEP) {
        path = substr(path, 1, length(path) - 1)
    }
    return substr(path, 1, length(path) - 1)
}

# The outermost list that it is in, or nothing.
function list_of(path) {
    return match(path, SUBSEP INDEX) ? substr(path, 1, RSTART - 1) : ""
}

# The innermost element of a list that it is in, or nothing.
function element_of(path) {
    while (path != "" && !is_element(path)) {
        path = parent_of(path)
    }
    return path
}

function is_element(path,    at) {
    at = length(parent_of(path)) + 1
    return substr(path, at, 2) == SUBSEP INDEX
}

# The path with all indexes alike: elements of a list have the same types at the same places.
function place_of(path) {
    gsub(SUBSEP INDEX "[0-9]+", SUBSEP INDEX, path)
    return path
}

# --- values ---------------------------------------------------------------------------------------------

function unescaped(text,    at, result) {
    result = ""
    while ((at = index(text, "\\")) > 0) {
        result = result substr(text, 1, at - 1) (substr(text, at + 1, 1) == "n" ? "\n" : substr(text, at + 1, 1))
        text = substr(text, at + 2)
    }
    return result text
}

# Not by gsub: what a backslash is in its replacement differs from awk to awk.
function replace_all(text, what, by,    at, result) {
    result = ""
    while ((at = index(text, what)) > 0) {
        result = result substr(text, 1, at - 1) by
        text = substr(text, at + length(what))
    }
    return result text
}

# The line's value as JSON: a backslash and a line break are written in the same way there.
function quoted(escaped,    i) {
    escaped = replace_all(escaped, "\"", "\\\"")
    if (escaped ~ /[[:cntrl:]]/) {
        for (i = 1; i < 32; i++) {
            escaped = replace_all(escaped, sprintf("%c", i), sprintf("\\u%04x", i))
        }
    }
    return "\"" escaped "\""
}

function is_whole(text) {
    return text ~ /^-?(0|[1-9][0-9]*)$/ && length(text) < 19
}

function is_number(text) {
    return text ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/
}

# A new value as JSON: of the type that it names, else of the type that the chart's value has, else as Helm's --set has it.
function typed(path, escaped,    type) {
    if (escaped ~ /^!!(str|int|float|bool|null|seq|map)( |$)/) {
        return tagged(path, escaped)
    }
    if (is_text(path)) {
        return quoted(escaped)
    }
    type = path in type_at ? type_at[path] : type_of[place_of(path)]
    if (type == "string") {
        return quoted(escaped)
    }
    if (type == "number" && is_number(escaped)) {
        return escaped
    }
    if (escaped == "true" || escaped == "false" || escaped == "null" || escaped == "[]" || escaped == "{}" || is_whole(escaped)) {
        return escaped
    }
    return quoted(escaped)
}

# A tag, as 1234567 may be a commit; and what Kubernetes takes as text only.
function is_text(path,    parent) {
    if (path in text_keys || path ~ (SUBSEP "tag$")) {
        return 1
    }
    parent = parent_of(path)
    return parent ~ /([aA]nnotations|[lL]abels|[nN]odeSelector)$/
}

function tagged(path, escaped,    tag, rest, right) {
    match(escaped, /^!![a-z]+/)
    tag = substr(escaped, 3, RLENGTH - 2)
    rest = substr(escaped, RLENGTH + 2)
    if (tag == "str") {
        return quoted(rest)
    }
    if (tag == "null" && rest == "") {
        return "null"
    }
    right = tag == "int" && is_whole(rest) || tag == "float" && is_number(rest) || tag == "bool" && (rest == "true" || rest == "false")
    right = right || tag == "null" && rest == "null" || tag == "seq" && rest == "[]" || tag == "map" && rest == "{}"
    if (!right) {
        refuse("\"" notation[path] "\" is \"" escaped "\": " expected[tag])
    }
    return rest
}

# --- the tree that is told ------------------------------------------------------------------------------

# Keeps the places of what a path is in: a value can't be there any more, nor a list in the place of a map or the other way round.
function keep_room(path,    parent, child, kind) {
    for (child = path; child != "" && !(child in has_kept); child = parent) {
        parent = parent_of(child)
        if (parent in leaf) {
            refuse("\"" notation[parent] "\" has a value, and \"" notation[path] "\" has: only one of them can be set.")
        }
        kind = is_element(child) ? "list" : "map"
        if (parent in kinds && kinds[parent] != kind) {
            refuse("\"" notation[path] "\" can't be set: what it is part of is a list and a map.")
        }
        kinds[parent] = kind
        has_kept[child] = 1
    }
}

function tell(path, json,    parent, child) {
    if (path in kinds) {
        refuse("\"" notation[path] "\" has a value, and keys below it have: only one of them can be set.")
    }
    keep_room(path)
    leaf[path] = json
    for (child = path; child != "" && !(child in is_child); child = parent) {
        parent = parent_of(child)
        is_child[child] = 1
        children[parent, ++size[parent]] = child
    }
}

function is_below_leaf(path) {
    while (path != "") {
        path = parent_of(path)
        if (path in leaf) {
            return 1
        }
    }
    return 0
}

# Whether the chart's value at the path can still be told: nothing that it is in has become a value, or a list instead of a map.
function has_room(path,    parent) {
    for (; path != ""; path = parent) {
        parent = parent_of(path)
        if (parent in leaf || parent in kinds && kinds[parent] != (is_element(path) ? "list" : "map")) {
            return 0
        }
    }
    return 1
}

function print_node(path, key,    i) {
    if (path in leaf) {
        printf "%s", leaf[path]
        if (is_whole(leaf[path]) && length(leaf[path]) > 6) {
            print key "=" leaf[path] > ENVIRON["numbers"]
        }
        if (leaf[path] == "null" && list_of(path) == "") {
            print replace_all(key, "\\", "\\\\") > ENVIRON["removed"]
        }
        return
    }
    if (kinds[path] == "list") {
        sort(path)
        printf "["
        for (i = 1; i <= size[path]; i++) {
            printf "%s", (i > 1 ? "," : "")
            print_node(children[path, i], key "[" (i - 1) "]")
        }
        printf "]"
        return
    }
    printf "{"
    for (i = 1; i <= size[path]; i++) {
        printf "%s%s:", (i > 1 ? "," : ""), quoted(replace_all(name_of(children[path, i]), "\\", "\\\\"))
        print_node(children[path, i], key (key == "" ? "" : ".") escaped_name(name_of(children[path, i])))
    }
    printf "}"
}

function name_of(path) {
    return substr(path, length(parent_of(path)) + 2)
}

function escaped_name(name,    i, c, result) {
    result = ""
    for (i = 1; i <= length(name); i++) {
        c = substr(name, i, 1)
        result = result (index(".,[]\\=", c) ? "\\" : "") c
    }
    return result
}

# The elements of a list by their numbers. They are few, and nearly sorted.
function sort(path,    i, j, child) {
    for (i = 2; i <= size[path]; i++) {
        child = children[path, i]
        for (j = i - 1; j > 0 && number_of(children[path, j]) > number_of(child); j--) {
            children[path, j + 1] = children[path, j]
        }
        children[path, j + 1] = child
    }
}

function number_of(path) {
    return substr(name_of(path), 2) + 0
}

# --------------------------------------------------------------------------------------------------------

BEGIN {
    INDEX = "\035"
    expected["int"] = "after !!int, there must be a whole number."
    expected["float"] = "after !!float, there must be a number."
    expected["bool"] = "after !!bool, there must be true or false."
    expected["null"] = "there can't be anything after !!null."
    expected["seq"] = "after !!seq, there must be []."
    expected["map"] = "after !!map, there must be {}."
    if (ENVIRON["tag_key"] != "") {
        text_keys[path_of(ENVIRON["tag_key"])] = 1
    }
    while (ENVIRON["all_values"] != "" && (getline < ENVIRON["all_values"]) > 0) {
        read_value($0)
        if (path != "") {
            all_order[++all_count] = path
            learn_type()
        }
    }
}

# Sets path, value and letter to those of a line of the chart's values.
function read_value(text,    at) {
    letter = substr(text, 1, 1)
    text = substr(text, 3)
    at = index(text, "=")
    path = path_of(unescaped(substr(text, 1, at - 1)))
    value = substr(text, at + 1)
}

function learn_type(    type, place) {
    type = letter == "s" ? "string" : letter == "e" ? "" : is_number(value) ? "number" : "boolean"
    type_at[path] = type
    place = place_of(path)
    if (place in type_of && type_of[place] != type) {
        type = ""
    }
    type_of[place] = type
}

FILENAME == ARGV[1] {
    read_value($0)
    if (path == "") {
        next
    }
    chart_order[++chart_count] = path
    chart[path] = value
    is_empty[path] = letter == "e"
    raw[path] = letter == "s" ? quoted(value) : value
    learn_type()
    next
}

{
    at = index($0, "=")
    path = required_path_of(unescaped(substr($0, 1, at - 1)))
    value = substr($0, at + 1)
}

FILENAME == ARGV[3] {
    was_removed = known && path in chart && !(path in given)
    if (was_removed || (path in given && (!(path in chart) || chart[path] != given[path]))) {
        next
    }
}

{
    if (!(path in given)) {
        order[++pairs] = path
    }
    given[path] = value
    if (FILENAME == ARGV[2] && path in chart) {
        known = 1
    }
}

function differs(path) {
    return !(path in chart) || chart[path] != given[path]
}

# Takes away what the chart and its subcharts have in a map: an empty one changes nothing, as Helm merges maps.
function empty_map(path,    i, below, found) {
    for (i = 1; i <= chart_count + all_count; i++) {
        below = i > chart_count ? all_order[i - chart_count] : chart_order[i]
        if (index(below, path SUBSEP) == 1 && list_of(below) != path) {
            below = list_of(below) == "" ? below : list_of(below)
            found = 1
            if (!(below in kinds) && !(below in leaf) && has_room(below)) {
                tell(below, "null")
            }
        }
    }
    if (!found && !(path in kinds)) {
        tell(path, "{}")
    }
}

function mark_elements(path, marks) {
    for (path = element_of(path); path != ""; path = element_of(parent_of(path))) {
        marks[path] = 1
    }
}

END {
    if (refused) {
        exit 1
    }
    for (i = 1; i <= pairs; i++) {
        path = order[i]
        list = list_of(path)
        if (list != "") {
            mark_elements(path, with_given)
        }
        if (differs(path)) {
            if (list != "") {
                different[list] = 1
            }
            json = typed(path, given[path])
            if (json == "{}" && list == "") {
                keep_room(path)
                emptied[path] = 1
            } else {
                tell(path, json)
            }
        }
    }
    # A configuration that has none of the chart's keys wasn't made from its defaults: nothing was removed from it.
    for (i = 1; i <= chart_count; i++) {
        path = chart_order[i]
        if (known && !is_empty[path] && !(path in given)) {
            list = list_of(path)
            if (list != "") {
                different[list] = 1
                mark_elements(path, with_removed)
            } else if (!(path in kinds) && has_room(path)) {
                tell(path, "null")
            }
        }
    }
    # What hasn't changed, of lists in which something else has.
    for (i = 1; i <= pairs; i++) {
        path = order[i]
        list = list_of(path)
        if (list != "" && list in different && !differs(path) && !is_below_leaf(path)) {
            tell(path, raw[path])
        }
    }
    for (i = 1; i <= chart_count; i++) {
        path = chart_order[i]
        list = list_of(path)
        element = element_of(path)
        if (is_empty[path] && list != "" && list in different && !(path in kinds) && !(path in leaf) && has_room(path) && (element in with_given || !(element in with_removed))) {
            tell(path, raw[path])
        }
    }
    for (list in different) {
        if (!(list in kinds) && !(list in leaf) && !(list in emptied) && !is_below_leaf(list)) {
            tell(list, "[]")
        }
    }
    for (path in emptied) {
        empty_map(path)
    }
    print_node("", "")
    print ""
}
