# shellcheck shell=sh
# shellcheck disable=SC2154 # what other files set is used here

# Finds what the cluster would refuse of a deployment with dry runs, in which the cluster does everything except storing
# objects. Sourced after chart.sh and cluster.sh.
#
# Only problems that certainly end the deployment are refusals. If a request fails or isn't answered in time, there is
# none.

# Maximum number of refusals that are printed.
told_refusals=3

# find_refusals COMMAND...: writes a sentence for each refusal to $work/refusals. The command is the helm template
# command for the chart.
find_refusals() {
    : >"$work/refusals"
    deadline=$(($(date +%s) + dry_run_seconds))
    render_as_deployed "$@" || return 0
    grep -q '^kind:' "$work/objects" || return 0
    mark_as_released
    if is_applied_by_server; then
        ask apply apply --server-side --force-conflicts --field-manager=helm
        while read -r object sure text; do
            refuse "$object" "$text"
        done <"$work/refused"
        return
    fi
    # Helm 3, and Helm 4 for releases of Helm 3, create missing objects.
    ask create create
    while read -r object sure text; do
        if [ "$sure" = sure ] || is_missing "$object"; then refuse "$object" "$text"; fi
    done <"$work/refused"
    # It patches existing objects based on its stored manifest, and kubectl has no dry run for that. A field that can't
    # be changed is a refusal in any case.
    if grep -q -e '(AlreadyExists)' "$work/answers"; then
        ask change apply --server-side --force-conflicts --field-manager=helm
        while read -r object sure text; do
            refuse "$object" "$text"
        done <"$work/refused"
    fi
}

refuse() { # OBJECT TEXT
    if [ "$1" = - ]; then set -- this "$2"; fi
    printf 'The cluster would refuse %s: %s\n' "$1" "$2" >>"$work/refusals"
}

# tell_refusals: prints the first refusals, and the number of the others.
tell_refusals() {
    sort -u "$work/refusals" >"$work/sorted-refusals"
    head -n "$told_refusals" "$work/sorted-refusals"
    count=$(wc -l <"$work/sorted-refusals")
    if [ "$count" -gt "$told_refusals" ]; then
        printf 'It would refuse %s more.\n' "$((count - told_refusals))"
    fi
}

# Writes the objects of the deployment to $work/objects. Hooks are left out, because they are recreated each time and
# may depend on the deployment. Fails if Helm itself lacks a permission, or refuses to take over another release's
# objects.
render_as_deployed() {
    if with_values bounded "$helm" upgrade --install "$name" "$chart" --namespace "$namespace" --dry-run=server \
        >"$work/dry-run" 2>"$work/err"; then
        # A chart can read objects of the cluster (lookup), which works here but not with helm template.
        sed -n -e '/^NOTES:$/q' -e '1,/^MANIFEST:$/d' -e p "$work/dry-run" >"$work/objects"
        return
    fi
    reason
    case $reason in
        *'cannot be imported into the current release'*)
            printf 'Helm would refuse this: %s\n' "$reason" >>"$work/refusals"
            return 1
            ;;
        # Helm sends the same request during the deployment.
        *' is forbidden: User '*' cannot '*)
            refuse - "$reason"
            return 1
            ;;
    esac
    # An interrupted deployment, or a kind that the chart itself installs first.
    with_values "$@" --no-hooks >"$work/objects" 2>/dev/null
}

# Writes the objects with the labels and annotations that Helm adds to $work/marked, because rules of the cluster may
# check them.
mark_as_released() {
    if ! "$kubectl" label --local --overwrite --filename "$work/objects" --output json \
        app.kubernetes.io/managed-by=Helm >"$work/labeled.json" 2>/dev/null ||
        ! "$kubectl" annotate --local --overwrite --filename "$work/labeled.json" --output json \
            "meta.helm.sh/release-name=$name" "meta.helm.sh/release-namespace=$namespace" >"$work/marked" 2>/dev/null; then
        cp "$work/objects" "$work/marked"
    fi
}

# is_applied_by_server: succeeds if Helm uses server-side apply. Helm 4 does, unless the last deployment of the release
# used the other way.
is_applied_by_server() {
    case $("$helm" version --template '{{.Version}}') in v3.*) return 1 ;; esac
    if bounded "$helm" get metadata "$name" --namespace "$namespace" --output yaml >"$work/metadata" 2>"$work/err"; then
        grep -q -x -e 'applyMethod: ssa' "$work/metadata"
    else
        grep -q -e 'release: not found' "$work/err"
    fi
}

# ask apply|create|change VERB OPTION...: checks with kubectl whether the cluster would accept the objects. Writes lines
# KIND/NAME sure|new TEXT to $work/refused, see refusals.awk.
ask() {
    mode=$1
    shift
    : >"$work/refused"
    # Helm doesn't make the cluster report unknown fields either.
    ! bounded "$kubectl" --namespace "$namespace" --request-timeout=5s "$@" --dry-run=server --validate=ignore \
        --filename "$work/marked" >"$work/taken" 2>"$work/answers" || return 0
    (objects_of "$work/objects") >"$work/asked" 2>/dev/null || : >"$work/asked"
    makes=''
    for kind in CustomResourceDefinition Namespace ResourceQuota; do
        if grep -q -e "^ *kind: *[\"']*${kind}[\"']* *\$" "$work/objects"; then makes="$makes $kind"; fi
    done
    if grep -q -e 'no matches for kind' "$work/answers" && [ -n "$("$helm" show crds "$chart" 2>&1)" ]; then
        makes="$makes CustomResourceDefinition"
    fi
    LC_ALL=C awk -v "mode=$mode" -v "makes=$makes" -v "namespace=$namespace" -f "$scripts/lib/refusals.awk" \
        "$work/asked" "$work/taken" "$work/answers" >"$work/refused" || : >"$work/refused"
}

# is_missing KIND/NAME: succeeds if the cluster reports that the object doesn't exist.
is_missing() {
    [ "$1" != - ] && bounded "$kubectl" --namespace "$namespace" --request-timeout=5s get "${1%%/*}" "${1#*/}" \
        --ignore-not-found --output name >"$work/found" 2>/dev/null && [ ! -s "$work/found" ]
}

# bounded COMMAND...: runs the command, and ends it at the deadline.
bounded() {
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    "$@" &
    bounded_pid=$!
    end_in_time "$bounded_pid" >/dev/null 2>&1 &
    timer=$!
    ended=0
    wait "$bounded_pid" || ended=$?
    kill "$timer" 2>/dev/null || :
    wait "$timer" 2>/dev/null || :
    return "$ended"
}

end_in_time() {
    while sleep 1; do
        # A signal can be lost, so this also ends when the process has ended.
        kill -0 "$1" || return 0
        [ "$(date +%s)" -lt "$deadline" ] || break
    done
    kill "$1"
}
