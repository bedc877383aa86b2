# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# KEDA's autoscalers: pauses them while a staging is archived, because they would scale it up again, and determines
# whether they have scaled it to zero. Sourced after cluster.sh.

# each_scaler FUNCTION: calls the function with kind and name of each of KEDA's autoscalers in the release. Kubernetes'
# own autoscalers do nothing while replicas are 0.
each_scaler() {
    [ -f "$work/owned" ] || read_manifest
    grep -e '^ScaledObject ' -e '^ScaledJob ' "$work/owned" >"$work/scalers" || :
    while read -r kind object; do
        "$1" "$kind" "$object"
    done <"$work/scalers"
}

# scaler_of KIND NAME: sets pausing (the annotation that pauses it), paused (the annotation's value while paused),
# before (its current value) and note (its value before archiving). The last two are "-" if missing, and note is "none"
# if there was no value. Fails if the autoscaler doesn't exist.
scaler_of() {
    case $1 in
        ScaledObject) pausing=autoscaling.keda.sh/paused-replicas paused=0 ;;
        ScaledJob) pausing=autoscaling.keda.sh/paused paused=true ;;
    esac
    resource_of "$1"
    ask_cluster get "$resource/$2" --ignore-not-found --output "go-template-file=$scripts/lib/kubectl/archived" >"$work/archived"
    read -r note before flag <"$work/archived" || return 1
    if [ "$1" = ScaledJob ]; then before=$flag; fi
    case $note in
        true | none | -) ;;
        *) is_number "$note" || note=none ;;
    esac
}

# If archiving is repeated, the state from before the first time stays stored.
pause() {
    scaler_of "$1" "$2" || return 0
    if [ "$note" = - ]; then
        note=none
        if is_number "$before" || [ "$before" = true ]; then note=$before; fi
    fi
    printf 'Pausing %s/%s\n' "$1" "$2"
    annotate "$1" "$2" "\"$pausing\":\"$paused\",\"$archived\":\"$note\""
}

resume() {
    scaler_of "$1" "$2" || return 0
    case $note in
        -) return 0 ;;
        none) before=null ;;
        *) before="\"$note\"" ;;
    esac
    printf 'Resuming %s/%s\n' "$1" "$2"
    annotate "$1" "$2" "\"$pausing\":$before,\"$archived\":null"
}

annotate() { # KIND NAME ANNOTATIONS
    patch "$1" "$2" "{\"metadata\":{\"annotations\":{$3}}}"
}

# is_idle: sets idle to a workload of the staging, as KIND/NAME, that is scaled to zero and that KEDA scales up again;
# fails if there is none. Without the permission to list ScaledObjects, or if the cluster has no such kind, there is
# none. Needs look.
is_idle() {
    idle=''
    "$kubectl" --namespace "$namespace" --request-timeout=20s get scaledobjects.keda.sh \
        --output "go-template-file=$scripts/lib/kubectl/idle" >"$work/idle" 2>"$work/err" || {
        reason
        case $reason in
            *'(Forbidden)'* | *'(NotFound)'* | *"doesn't have a resource type"*) return 1 ;;
            *) fail "The cluster can't be asked: $reason" ;;
        esac
    }
    while read -r what release object rest_of_line; do
        if [ "$what" = workload ] && is_own "$release" && grep -q -x -F -e "$object" "$work/idle"; then
            idle=$object
            return 0
        fi
    done <"$work/workloads"
    return 1
}
