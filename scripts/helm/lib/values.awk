# Prints the part of a configuration that the chart must get, as JSON for --values. First file: the chart's values in
# the format of values/templates/lines.yaml. Second: the configuration. Third: the staging's host, which counts unless
# the configuration sets a different one. Fourth: values that always count. The last three are lines KEY=VALUE, in which
# a backslash is doubled and \n stands for a line break.
#
# Helm merges maps and replaces lists. Therefore the output contains only the changed keys of a map, with null for
# removed keys, but a whole list if anything in it has changed. Unchanged values keep their types in the chart.
#
# Environment: all_values, a file like the first with the values of subcharts, whose types count as well; tag_key, a key
# whose value is text; numbers, an output file for lines KEY=VALUE that are also passed with --set, because Helm reads a
# JSON number of seven or more digits as one with an exponent; removed, an output file for the keys that are set to
# null, in the notation of the first file. A configuration that can't be represented is refused with one sentence
# instead of the JSON, and exit code 1.

function refuse(sentence) {
    print sentence
    refused = 1
    exit 1
}

# --- keys -----------------------------------------------------------------------------------------------

# Returns the key as a path: SUBSEP before each part, and INDEX at the beginning of an index. Empty if the key is
# invalid.
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

# Returns the length of the name at the beginning of the text, including its backslashes.
function part_length(text,    at) {
    at = 1
    while (match(substr(text, at), /^([^.[\\[:cntrl:]]|\\[^[:cntrl:]])/)) {
        at += RLENGTH
    }
    return at - 1
}

# Returns the text without the backslashes that escape dots and brackets.
function name_in(text,    at, result) {
    result = ""
    while ((at = index(text, "\\")) > 0) {
        result = result substr(text, 1, at - 1) substr(text, at + 1, 1)
        text = substr(text, at + 2)
    }
    return result text
}

# Returns the path of a key of the configuration, and refuses an invalid key.
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

# Returns the outermost list that contains the path, or nothing.
function list_of(path) {
    return match(path, SUBSEP INDEX) ? substr(path, 1, RSTART - 1) : ""
}

# Returns the innermost list element that contains the path, or nothing.
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

# Returns the path with equal indexes, because the elements of a list have the same types at the same places.
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

# Doesn't use gsub, because implementations of awk treat a backslash in its replacement differently.
function replace_all(text, what, by,    at, result) {
    result = ""
    while ((at = index(text, what)) > 0) {
        result = result substr(text, 1, at - 1) by
        text = substr(text, at + length(what))
    }
    return result text
}

# Returns the line's value as JSON, in which a backslash and a line break are escaped in the same way.
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

# Returns a new value as JSON: with the type in its tag, or else the type of the chart's value, or else the type of
# Helm's --set.
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

# Returns whether the value is text: a tag, because 1234567 can be a commit, or a value that Kubernetes accepts as text
# only.
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

# --- the resulting tree ---------------------------------------------------------------------------------

# Reserves the places of all parents of a path. None of them can be a value, and a list can't be in the place of a map
# or the other way round.
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

# Returns whether the chart's value can still be at the path: no parent has become a value, or a list instead of a map.
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

# Sorts the elements of a list by their indexes. They are few, and nearly sorted.
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

# Sets what the chart and its subcharts have in a map to null, because Helm merges maps and an empty map would change
# nothing.
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
    # A configuration with none of the chart's keys wasn't made from its default values, so nothing was removed from it.
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
    # Adds the unchanged elements of lists in which something else has changed.
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
        if (!(list in kinds) && !(list in leaf) && !(list in emptied) && has_room(list)) {
            tell(list, "[]")
        }
    }
    for (path in emptied) {
        empty_map(path)
    }
    print_node("", "")
    print ""
}
