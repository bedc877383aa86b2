# Prints what the cluster would refuse according to a dry run of kubectl, as lines KIND/NAME sure|new TEXT, with "-" for
# an unknown object.
#
#   awk -v mode=... -v makes="KIND..." -v namespace=... -f refusals.awk OBJECTS TAKEN ANSWERS
#
# OBJECTS are KIND NAME lines in the order of the manifest, TAKEN is kubectl's output, and ANSWERS are its errors. makes
# lists the kinds that the deployment creates and other objects depend on. A dry run stores nothing, so it refuses
# objects that depend on these, although the deployment wouldn't.
#
# mode apply:   problems that end a deployment with server-side apply
# mode create:  problems that end the creation of an object; "new" ends it only if the object doesn't exist
# mode change:  problems that end any change of an object

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
# Messages of several lines: from a webhook, or several problems of one object.
said_count { gsub(/^[ \t]+/, ""); said[said_count] = said[said_count] " " $0 }

END {
    # Errors about unknown kinds come first, and name their objects.
    for (i = 1; i <= said_count; i++) {
        if (said[i] ~ /no matches for kind "/) {
            unknown[i] = word_after(said[i], "no matches for kind \"") "/" word_after(said[i], "not found for name: \"")
            taken[tolower_kind(unknown[i])] = 1
        }
    }
    # The objects that weren't accepted are refused in the order of the manifest.
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
    # The cluster may print a whole object before the problem.
    if (length(text) > 700) text = head(substr(text, 1, 300)) " [...] " tail(substr(text, length(text) - 299))
    return text
}

# Removes partial characters where a text was cut.
function head(text) {
    sub(/[^ -~]+$/, "", text)
    return text
}

function tail(text) {
    sub(/^[^ -~]+/, "", text)
    return text
}
