# What a dry run of kubectl says that the cluster wouldn't take, as lines KIND/NAME sure|new TEXT; "-" where it isn't known which object it is.
#
#   awk -v mode=... -v makes="KIND..." -v namespace=... -f refusals.awk OBJECTS TAKEN ANSWERS
#
# OBJECTS are KIND NAME lines in the order of the manifest, TAKEN is what kubectl has printed, ANSWERS its errors. makes says which kinds of what
# others need the deployment makes itself. A dry run stores nothing, so that what needs such an object is refused though it wouldn't be.
#
# mode apply:   what ends a deployment that the cluster merges
# mode create:  what ends one that creates the object; "new" ends it only where there is no such object
# mode change:  what ends one that changes the object, however it does so

FILENAME == ARGV[1] {
    if (NF == 2) asked[++asked_count] = $1 "/" $2
    next
}
FILENAME == ARGV[2] {
    split($1, parts, "/")
    sub(/\..*/, "", parts[1])
    taken[parts[1] "/" parts[2]] = 1
    next
}
{ sub(/\r$/, "") }
/^Warning:/ || /^[ \t]*$/ { next }
/^Error from server/ || /^The .* is invalid: / || /^error: / || /^Unable to / {
    said[++said_count] = $0
    next
}
# Reasons of several lines: of a webhook, or several of one object.
said_count { gsub(/^[ \t]+/, ""); said[said_count] = said[said_count] " " $0 }

END {
    # Kinds that the cluster doesn't know come first, and say which object it is.
    for (i = 1; i <= said_count; i++) {
        if (said[i] ~ /no matches for kind "/) {
            unknown[i] = word_after(said[i], "no matches for kind \"") "/" word_after(said[i], "not found for name: \"")
            taken[tolower_kind(unknown[i])] = 1
        }
    }
    # What wasn't taken is refused in the order of the manifest.
    for (i = 1; i <= asked_count; i++) if (!(tolower_kind(asked[i]) in taken)) left[++left_count] = asked[i]
    for (i = 1; i <= said_count; i++) if (!(i in unknown) && is_of_object(said[i])) answer[++answer_count] = i
    if (left_count == answer_count) for (i = 1; i <= answer_count; i++) unknown[answer[i]] = left[i]
    for (i = 1; i <= said_count; i++) {
        if (is_refusal(said[i])) print (i in unknown ? unknown[i] : "-"), (is_sure(said[i]) ? "sure" : "new"), plain(said[i])
    }
}

function is_of_object(text) {
    return text !~ /^error: the namespace from the provided object/
}

function tolower_kind(object,    slash) {
    slash = index(object, "/")
    return tolower(substr(object, 1, slash - 1)) substr(object, slash)
}

function word_after(text, start,    from, rest) {
    from = index(text, start)
    if (!from) return ""
    rest = substr(text, from + length(start))
    return substr(rest, 1, index(rest, "\"") - 1)
}

function is_made(kind) {
    return index(makes " ", " " kind " ") > 0
}

function is_refusal(text) {
    if (text ~ /does not support dry run/ || text ~ /[Ii]nternal error occurred/ || text ~ /failed calling webhook/) return 0
    if (text ~ /no matches for kind/) return !is_made("CustomResourceDefinition") && mode != "change"
    if (mode == "change") return text ~ /immutable/ || text ~ /may not change once set/ || text ~ /updates to statefulset spec for fields/
    if (text ~ /\(AlreadyExists\)/) return 0
    if (index(text, "namespaces \"" namespace "\" not found")) return !is_made("Namespace")
    if (text ~ / denied (the )?request/) return 1
    if (text ~ /(not|was) found/) return 0
    if (text ~ /exceeded quota/) return !is_made("ResourceQuota")
    return text ~ /^Error from server \((Forbidden|Invalid|BadRequest)\)/ || text ~ /^The .* is invalid: / ||
        text ~ /failed to create typed patch object/
}

function is_sure(text) {
    return mode != "create" || text ~ /cannot be handled as a/ || text ~ /no matches for kind/ || index(text, "namespaces \"" namespace "\" not found")
}

function plain(text) {
    sub(/^Error from server( \([A-Za-z]+\))?: /, "", text)
    sub(/^error: /, "", text)
    sub(/^error when creating "[^"]*": /, "", text)
    sub(/^.*: no matches for kind/, "no matches for kind", text)
    sub(/ ensure CRDs are installed first$/, "", text)
    sub(/^The (request is invalid: )?/, "", text)
    sub(/is invalid: : /, "is invalid: ", text)
    # The cluster may print a whole object, and then what is wrong.
    if (length(text) > 700) text = head(substr(text, 1, 300)) " [...] " tail(substr(text, length(text) - 299))
    return text
}

# No part of a character is left where a text was cut.
function head(text) {
    sub(/[^ -~]+$/, "", text)
    return text
}

function tail(text) {
    sub(/^[^ -~]+/, "", text)
    return text
}
