# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# What the cluster has of a staging. Sourced after settings.sh; needs use_work.

# The annotation that keeps what a workload had before it was archived; the templates name it, too.
archived=octopod.jenkins.io/archived
scalable=deployments.apps,statefulsets.apps,daemonsets.apps,cronjobs.batch

ask_cluster() {
    "$kubectl" --namespace "$namespace" --request-timeout=20s "$@" 2>"$work/err" || {
        reason
        fail "The cluster can't be asked: $reason"
    }
}

# list KINDS TEMPLATE: prints what the template of that name makes of the staging's objects of these kinds.
list() {
    ask_cluster get "$1" --selector "$selector" --output "go-template-file=$scripts/lib/kubectl/$2"
}

# patch KIND NAME JSON: a merge.
patch() {
    "$kubectl" --namespace "$namespace" patch "$1" "$2" --type merge --patch "$3" >/dev/null
}

# --- how it is ------------------------------------------------------------------------------------------

# look: sets all, ready and stopped to numbers of workloads, trouble to a sentence about the first that isn't ready, and
# images to the images of ready pods, a line each.
look() {
    list "$scalable,pods" workloads >"$work/workloads"
    all=0 ready=0 stopped=0 some=0 trouble='' waiting='' images=$line_break
    while read -r what first second third fourth fifth sixth; do
        case $what in
            workload) count_workload "$first" "$second" "$third" "$fourth" "$fifth" "$sixth" ;;
            waiting) waiting=${waiting:-"; pod $first: $second"} ;;
            image) if [ "$first" = True ]; then images=$images$second$line_break; fi ;;
        esac
    done <"$work/workloads"
}

count_workload() { # KIND/NAME DESIRED READY UPDATED GENERATION OBSERVED
    all=$((all + 1))
    case $1 in CronJob/*) ;; *) some=$((some + $3)) ;; esac
    if [ "$2" -eq 0 ]; then
        stopped=$((stopped + 1)) ready=$((ready + 1))
    elif [ "$6" -lt "$5" ] || [ "$4" -lt "$2" ]; then
        trouble=${trouble:-"$1: the new version is being rolled out, $3 of $2 ready"}
    elif [ "$3" -lt "$2" ]; then
        trouble=${trouble:-"$1: $3 of $2 ready"}
    else
        ready=$((ready + 1))
    fi
}

# Sets tag to the one that was asked for, and repository to that of the image which the chart gives it to; each is empty
# where it isn't known.
wanted_tag() {
    application_value "${tag_key%tag}repository"
    repository=$value
    application_value "$tag_key"
    deployment_value image.tag "$value"
    tag=$value
}

# Sets other and succeeds where the ready pods have another image than the one with that tag. Where the repository isn't
# known, or no pod has an image from there, it is enough that any image has the tag.
serves_other_tag() {
    own='' found=false other=''
    while read -r image; do
        [ -n "$image" ] || continue
        plain=${image%%@*}
        case ${plain##*/} in *:*) ;; *) continue ;; esac
        if [ "${plain##*:}" = "$tag" ]; then
            found=true
        else
            other=${other:-$image}
        fi
        case /${plain%:*} in
            */"${repository:-/}")
                if [ "${plain##*:}" != "$tag" ]; then
                    other=$image
                    return 0
                fi
                own=$image
                ;;
        esac
    done <<IMAGES
$images
IMAGES
    [ -z "$own" ] && ! "$found" && [ -n "$other" ]
}

# --- stopping and waking --------------------------------------------------------------------------------

# each_workload FUNCTION: calls it with kind, name, what it had before it was archived ("-" if it isn't), what it has.
each_workload() {
    list "$scalable" stoppable >"$work/stoppable"
    while read -r kind object before now; do
        [ -z "$kind" ] || "$1" "$kind" "$object" "$before" "$now"
    done <"$work/stoppable"
}

# What was noted when it was archived the first time stays noted when that is repeated.
stop() {
    if [ "$4" -eq 0 ] || [ "$1/$3" = DaemonSet/1 ]; then
        return 0
    fi
    printf 'Stopping %s/%s\n' "$1" "$2"
    stop_spec "$1"
    patch "$1" "$2" "{\"metadata\":{\"annotations\":{\"$archived\":\"$4\"}},\"spec\":$spec}"
}

stop_spec() {
    case $1 in
        CronJob) spec='{"suspend":true}' ;;
        DaemonSet) spec="{\"template\":{\"spec\":{\"nodeSelector\":{\"$archived\":\"true\"}}}}" ;; # no node has that label
        *) spec='{"replicas":0}' ;;
    esac
}

# Helm has given a workload its replicas already where the chart says how many; only what it hasn't is given back here.
wake() {
    [ "$3" != - ] || return 0
    case $1 in
        CronJob) spec='{"suspend":false}' ;;
        DaemonSet) spec="{\"template\":{\"spec\":{\"nodeSelector\":{\"$archived\":null}}}}" ;;
        *)
            spec='{}'
            if [ "$4" -eq 0 ]; then spec="{\"replicas\":$3}"; fi
            ;;
    esac
    printf 'Waking %s/%s\n' "$1" "$2"
    patch "$1" "$2" "{\"metadata\":{\"annotations\":{\"$archived\":null}},\"spec\":$spec}"
}

# --- the release ----------------------------------------------------------------------------------------

# A deployment that was killed leaves Helm's note that it is going on, and Helm refuses every other one until that is
# gone. Nothing else is going on here: Octopod does one thing at a time with a staging.
forget_killed() {
    case ${HELM_DRIVER:-secret} in
        secret | secrets) kept=secrets ;;
        configmap | configmaps) kept=configmaps ;;
        *) return 0 ;;
    esac
    ask_cluster delete "$kept" --ignore-not-found \
        --selector "owner=helm,name=$name,status in (pending-install,pending-upgrade,pending-rollback)"
}

deploy() {
    need namespace name
    use_settings
    use_chart
    use_values
    printf 'Deploying the chart %s%s as %s in the namespace %s\n' \
        "$chart_name" "${chart_version:+ $chart_version}" "$name" "$namespace"
    forget_killed
    set -- "$helm" upgrade --install "$name" "$chart" --namespace "$namespace" --timeout "$helm_timeout"
    if [ "$helm_waits" = yes ]; then
        set -- "$@" --wait
    fi
    # From Helm 4 on the cluster remembers who has set what, and archive sets replicas.
    case $("$helm" version --template '{{.Version}}') in
        v3.*) ;;
        *) set -- "$@" --force-conflicts ;;
    esac
    with_values "$@"
    each_workload wake
}
