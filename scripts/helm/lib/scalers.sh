# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# KEDA's autoscalers: pausing them while a staging is archived, as they would scale it up again; and whether they have scaled it to zero.
# Sourced after cluster.sh.

# each_scaler FUNCTION: calls it with kind and name of each autoscaler of KEDA's that the release has. An autoscaler of Kubernetes' own rests
# while replicas are 0.
each_scaler() {
    [ -f "$work/owned" ] || read_manifest
    grep -e '^ScaledObject ' -e '^ScaledJob ' "$work/owned" >"$work/scalers" || :
    while read -r kind object; do
        "$1" "$kind" "$object"
    done <"$work/scalers"
}

# scaler_of KIND NAME: sets pausing (the annotation that pauses it), paused (its value then), before (its value now) and note (its
# value before it was archived); the last two are "-" where there is none, and note is "none" where it had none. Fails where there is none such.
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

# What was noted when it was archived the first time stays noted when that is repeated.
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

# is_idle: sets idle to a workload of the staging that is at zero and that KEDA scales up again, as KIND/NAME, and fails if there is none. An
# account that may not list ScaledObjects, and a cluster that has none, have none. Needs look.
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
