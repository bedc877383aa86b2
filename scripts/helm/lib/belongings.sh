# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# Finds what belongs to a staging in addition to its release: objects that hooks, StatefulSets, CronJobs and
# cert-manager have created for it. Sourced after cluster.sh.

# Kinds that an account for deployments may list, see docs/helm.md. Secrets are listed without Helm's own, which are
# large and belong to all stagings.
kinds_of_release=deployments.apps,statefulsets.apps,daemonsets.apps,cronjobs.batch,jobs.batch,ingresses.networking.k8s.io
kinds_of_release=$kinds_of_release,pods,services,serviceaccounts,configmaps,persistentvolumeclaims

# own_jobs FUNCTION [active]: calls the function with the name of each Job of this staging, or of each unfinished one,
# and with "keep" if Helm should keep it. These are the Jobs with the staging's labels, those of its CronJobs or
# ScaledJobs, and those of its hooks.
own_jobs() {
    wanted=${2-}
    list jobs.batch names >"$work/labeled"
    awk '{ print $2 }' "$work/labeled" >"$work/labeled-jobs"
    list_all jobs.batch names >"$work/jobs"
    while read -r kind object release keep owner instance active hook rest_of_line; do
        [ "$kind" = Job ] || continue
        is_name "$object" || not_understood "$kind $object"
        { [ "${wanted:-"$active"}" = "$active" ] && is_own "$release"; } || continue
        if grep -q -x -F -e "$object" "$work/labeled-jobs" || is_own_job "$object" "$owner" "$instance" "$hook" "$release"; then
            "$1" "$object" "$keep"
        fi
    done <"$work/jobs"
}

is_own_job() { # NAME OWNER INSTANCE HOOK RELEASE
    case $2 in
        CronJob%2F* | ScaledJob%2F*) owns "${2%%%2F*}" "${2#*%2F}" ;;
        -)
            [ "$4" = hook ] && is_own "$3" || return 1
            if [ "$5" = "$name" ]; then return 0; fi
            [ -f "$work/own-hooks" ] || read_hooks
            grep -q -x -F -e "Job $1" "$work/own-hooks"
            ;;
        *) return 1 ;;
    esac
}

# note RESOURCE KIND NAME KEEP: adds the object to those to delete, or prints that it stays.
note() {
    if [ "$4" = keep ]; then
        note_left "$2" "$3" "it has the annotation helm.sh/resource-policy"
    else
        printf '%s/%s\n' "$1" "$3" >>"$work/doomed"
    fi
}

note_job() { # NAME KEEP
    note jobs.batch Job "$1" "$2"
}

# note_left KIND NAME WHY: prints once that the object stays.
note_left() {
    if ! grep -q -s -x -F -e "$1/$2" "$work/left"; then
        printf '%s/%s\n' "$1" "$2" >>"$work/left"
        printf '%s/%s stays: %s.\n' "$1" "$2" "$3"
    fi
}

# note_labeled KINDS: notes the objects with the staging's labels, except those of other releases and those that Helm
# should keep.
note_labeled() {
    list "$1" names >"$work/names"
    while read -r kind object release keep rest_of_line; do
        [ -n "$kind" ] || continue
        { resource_of "$kind" && is_name "$object"; } || not_understood "$kind $object $release"
        if is_own "$release"; then note "$resource" "$kind" "$object" "$keep"; fi
    done <"$work/names"
}

# each_claim FUNCTION: calls the function with the name, and "keep" if Helm should keep it, of each claim of this
# release's StatefulSets, regardless of its labels.
each_claim() {
    list_all statefulsets.apps claims >"$work/templates"
    list_all persistentvolumeclaims names >"$work/claims"
    while read -r release object template; do
        { [ "$release" = "$name" ] && owns StatefulSet "$object"; } || continue
        while read -r kind claim owner_release keep owner instance rest_of_line; do
            number=${claim#"$template-$object-"}
            { [ "$number" != "$claim" ] && is_number "$number" && is_own "$owner_release" && is_own "$instance"; } || continue
            is_name "$claim" || not_understood "$kind $claim"
            "$1" "$claim" "$keep"
        done <"$work/claims"
    done <"$work/templates"
}

note_claim() { # NAME KEEP
    note persistentvolumeclaims PersistentVolumeClaim "$1" "$2"
}

# each_hook FUNCTION FILE: calls the function with kind, name and "keep" (if Helm should keep it) of each object that
# the hooks in the file have created and Helm leaves.
each_hook() {
    while read -r kind object; do
        case $kind in
            Job | Pod | ConfigMap | Secret | Service | ServiceAccount | Role | RoleBinding | PersistentVolumeClaim) ;;
            *) continue ;; # what depends on objects of other kinds is unknown
        esac
        list_all "$kind" names --field-selector "metadata.name=$object" >"$work/hook"
        while read -r found object release keep owner instance active hook rest_of_line; do
            if [ "$hook" = hook ] && is_own "$release" && is_own "$instance"; then "$1" "$kind" "$object" "$keep"; fi
        done <"$work/hook"
    done <"$2"
}

note_hook() { # KIND NAME KEEP
    # Jobs are handled separately.
    if [ "$1" != Job ]; then note "$1" "$1" "$2" "$3"; fi
}

# is_others KIND NAME: succeeds if there is an object with this name that neither has the staging's labels nor was
# created by a hook of this release without labels.
is_others() {
    list_all "$1" names --field-selector "metadata.name=$2" >"$work/there"
    read -r found object release keep owner instance rest_of_line <"$work/there" || :
    [ -n "$found" ] || return 1
    list_all "$1" names --field-selector "metadata.name=$2" --selector "$selector" >"$work/labeled"
    read -r found rest_of_line <"$work/labeled" || :
    [ -z "$found" ] || return 1
    # When the release no longer contains a hook, Helm's ownership annotations are added to what the hook has created.
    if [ "$release" = "$name" ]; then return 1; fi
    # The release may have named a hook before the object existed.
    if is_own "$release" && is_own "$instance"; then
        [ -f "$work/own-hooks" ] || read_hooks
        ! grep -q -x -F -e "$1 $2" "$work/own-hooks"
    fi
}

# --- what only the release contains ------------------------------------------------------------------------

# Objects that hooks, StatefulSets and cert-manager have created are found by the release. They are marked before the
# release loses them: if a script is killed between two of its commands, the next one finds them by the mark. The marks
# are Helm's own ownership annotations.

# mark_release: marks what only the newest revision contains, before that is deleted. This script still knows what its
# hooks have created.
mark_release() {
    read_manifest
    read_hooks
    : >"$work/marked"
    each_hook mark_hook "$work/own-hooks"
    each_claim mark_claim
    mark "$work/marked"
    mv "$work/own-hooks" "$work/forgotten-hooks"
    rm "$work/owned"
}

# mark_dropped: marks objects of the newest revision that the following deployment doesn't contain. Helm doesn't read
# earlier revisions.
mark_dropped() {
    [ -f "$work/rendered-objects" ] || return 0
    read_manifest
    [ -f "$work/own-hooks" ] || read_hooks
    : >"$work/marked"
    without "$work/hooks" "$work/own-hooks" >"$work/dropped-hooks"
    each_hook mark_hook "$work/dropped-hooks"
    without "$work/rendered-objects" "$work/owned" | grep '^StatefulSet ' >"$work/dropped-sets" || :
    if [ -s "$work/dropped-sets" ]; then
        mv "$work/dropped-sets" "$work/owned"
        each_claim mark_claim
    fi
    mark "$work/marked"
    rm "$work/owned"
}

# without FILE OTHER: prints the lines of the other file that the first one doesn't contain.
without() {
    awk 'FILENAME == ARGV[1] { known[$0] = 1; next } !($0 in known)' "$1" "$2"
}

mark_hook() { # KIND NAME KEEP
    if [ "$3" != keep ]; then printf '%s/%s\n' "$1" "$2" >>"$work/marked"; fi
}

mark_claim() { # NAME KEEP
    if [ "$2" != keep ]; then printf 'persistentvolumeclaims/%s\n' "$1" >>"$work/marked"; fi
}

# mark FILE: marks the objects RESOURCE/NAME in the file. Deleted objects need no mark.
mark() {
    [ -s "$1" ] || return 0
    sort -u "$1" >"$work/to-mark"
    set --
    while read -r object; do
        set -- "$@" "$object"
    done <"$work/to-mark"
    "$kubectl" --namespace "$namespace" --request-timeout=20s annotate --overwrite "$@" \
        "meta.helm.sh/release-name=$name" "meta.helm.sh/release-namespace=$namespace" >/dev/null 2>"$work/all-err" && return
    grep -v -e '(NotFound)' "$work/all-err" >"$work/err" || return 0
    reason
    complain "Should this be interrupted, some of what $name has isn't found any more: $reason"
}

# note_certificates: notes the secrets that cert-manager has created for this release's Ingresses only.
note_certificates() {
    list_all ingresses.networking.k8s.io certificates >"$work/certificates"
    while read -r what release secret issued hosts; do
        [ "$release" = "$name" ] || continue
        is_name "$secret" || not_understood "secret $secret"
        read_secret "$secret" || continue
        if [ "$issued" = issued ] && [ "$release" = - ] && [ "$certificate" = "$secret" ] &&
            are_hosts "$names" "$hosts" && ! is_used_elsewhere "$secret"; then
            note secrets Secret "$secret" "$keep"
        elif [ "$release" != "$name" ]; then
            note_left Secret "$secret" "an Ingress names it, but it wasn't made for that alone"
        fi
    done <"$work/certificates"
}

# read_secret NAME: sets release, certificate, keep and names; fails if the secret doesn't exist.
read_secret() {
    ask_cluster get "secrets/$1" --ignore-not-found --output "go-template-file=$scripts/lib/kubectl/secret" >"$work/secret"
    read -r release certificate keep names <"$work/secret"
}

# are_hosts NAMES HOSTS: succeeds if there are names and each of them is one of the hosts.
are_hosts() {
    replace_all "$1" %2C ' '
    [ -n "$replaced" ] || return 1
    for host in $replaced; do
        case ",$2" in
            *",$host,"*) ;;
            *) return 1 ;;
        esac
    done
}

is_used_elsewhere() {
    grep "^tls [^ ]* $1 " "$work/certificates" | grep -q -v "^tls $name "
}

# note_forgotten: notes what this release has created and no longer contains, for example after a first deployment was
# killed.
note_forgotten() {
    list_all "$kinds_of_release" names >"$work/names"
    list_all secrets names --field-selector 'type!=helm.sh/release.v1' >>"$work/names"
    while read -r kind object release keep rest_of_line; do
        [ "$release" = "$name" ] || continue
        is_name "$object" || not_understood "$kind $object"
        # An earlier cleanup may have marked the secret without deleting anything.
        if [ "$kind" = Secret ] && is_used_elsewhere "$object" && read_secret "$object" && [ "$certificate" = "$object" ]; then
            note_left Secret "$object" "an Ingress of another release uses it"
            continue
        fi
        note "$kind" "$kind" "$object" "$keep"
    done <"$work/names"
}

# is_gone: succeeds if Helm reports that the release doesn't exist, or is uninstalled.
is_gone() {
    # Doesn't use helm status, because Helm 4 then reads all objects of the release, and fails if one of their kinds no
    # longer exists.
    if "$helm" history "$name" --namespace "$namespace" --max 1 --output yaml >"$work/history" 2>"$work/err"; then
        grep -q -x -e '  status: uninstalled' "$work/history"
    else
        grep -q -e 'release: not found' "$work/err"
    fi
}

# delete_noted OPTION...: deletes the noted objects.
delete_noted() {
    [ -s "$work/doomed" ] || return 0
    sort -u "$work/doomed" >"$work/all-doomed"
    while read -r doomed; do
        set -- "$@" "$doomed"
    done <"$work/all-doomed"
    "$kubectl" --namespace "$namespace" delete --ignore-not-found "$@"
    : >"$work/doomed"
}
