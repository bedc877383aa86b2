# What of a configuration the chart has to be told. First file: the chart's values; second: the configuration; third: the
# staging's host, which counts where the configuration doesn't say another. All are lines KEY=VALUE with escapes. Prints
# "set KEY=VALUE" and "null KEY".
#
# Helm replaces a list as a whole, so where an element differs all that the configuration says of that list is told.

function list_of(key) { # the list that it is in, or nothing
    return match(key, /\[/) ? substr(key, 1, RSTART - 1) : ""
}

{
    at = index($0, "=")
    key = at ? substr($0, 1, at - 1) : $0
}

FILENAME == ARGV[1] {
    if (at) {
        keys[++count] = key
    }
    chart[key] = $0
    next
}

FILENAME == ARGV[3] {
    removed = known && key in chart && !(key in given)
    if (removed || (key in given && chart[key] != given[key])) {
        next
    }
}

{
    if (!(key in given)) {
        order[++pairs] = key
    }
    given[key] = $0
    if (FILENAME == ARGV[2] && key in chart) {
        known = 1
    }
    if (chart[key] != $0) {
        different[list_of(key)] = 1
    }
}

END {
    # A configuration that has none of the chart's keys wasn't made from its defaults: nothing was removed from it.
    for (i = 1; known && i <= count; i++) {
        if (!(keys[i] in given)) {
            if (list_of(keys[i]) != "") {
                different[list_of(keys[i])] = 1
            } else {
                print "null " keys[i]
            }
        }
    }
    for (i = 1; i <= pairs; i++) {
        key = order[i]
        if (chart[key] != given[key] || (list_of(key) != "" && list_of(key) in different)) {
            print "set " given[key]
        }
    }
}
